// Exit ends with the exit code given as its argument, from inside a goroutine
// and below a deferred call, which must not run.
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: exit CODE")
		os.Exit(64)
	}
	code, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(65)
	}
	defer fmt.Println("a deferred call ran")
	done := make(chan bool)
	go func() {
		fmt.Println("exiting with", code)
		os.Exit(code)
		done <- true
	}()
	<-done
}
