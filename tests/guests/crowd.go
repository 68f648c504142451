// Crowd has 2,000 goroutines write, read and remove files at once, below the
// directory given as its argument.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
)

func main() {
	const count = 2000
	var group sync.WaitGroup
	var total int64
	for i := 0; i < count; i++ {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			path := filepath.Join(os.Args[1], fmt.Sprint("crowd-", i))
			text := bytes.Repeat([]byte{byte(i)}, 1000+i)
			if err := os.WriteFile(path, text, 0o644); err != nil {
				fmt.Println(err)
				return
			}
			back, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(back, text) {
				fmt.Println("read", len(back), err)
			}
			if err := os.Remove(path); err != nil {
				fmt.Println(err)
			}
			atomic.AddInt64(&total, int64(len(back)))
		}(i)
	}
	group.Wait()
	entries, err := os.ReadDir(os.Args[1])
	fmt.Println(total, "bytes,", len(entries), "left,", err)
}
