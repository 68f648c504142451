// Ticks counts aloud until there is a line of input, which one goroutine waits
// for while the others go on.
package main

import (
	"bufio"
	"fmt"
	"os"
	"time"
)

func main() {
	lines := make(chan string)
	go func() {
		input := bufio.NewScanner(os.Stdin)
		for input.Scan() {
			lines <- input.Text()
		}
		close(lines)
	}()
	work := make(chan int)
	go func() {
		for i := 1; ; i++ {
			work <- i
		}
	}()
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				fmt.Println("end")
				return
			}
			fmt.Println("read", line)
		case <-time.After(time.Millisecond):
			fmt.Println("tick", <-work)
		}
	}
}
