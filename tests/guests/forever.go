// Forever does without end what its argument names, and says so before.
package main

import (
	"fmt"
	"io"
	"os"
	"syscall/js"
	"time"
)

func main() {
	fmt.Println(os.Args[1])
	switch os.Args[1] {
	case "compute":
		for n := 0; ; n++ {
			sink += n
		}
	case "yield":
		for {
			time.Sleep(time.Microsecond)
		}
	case "sleep":
		time.Sleep(1000 * time.Hour)
	case "callback":
		js.Global().Call("setTimeout", js.FuncOf(func(js.Value, []js.Value) any {
			for {
				sink++
			}
		}), 0)
		select {}
	case "read":
		io.ReadAll(os.Stdin)
	case "write":
		for {
			os.Stderr.WriteString("more and more\n")
		}
	case "script":
		js.Global().Call("eval", "for (;;) {}")
	}
}

var sink int
