// Recursion calls itself one million deep; with the argument "overflow" it
// recurs until the Go runtime reports the overflow of its stack.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
)

//go:noinline
func sum(n int) int {
	if n == 0 {
		return 0
	}
	return n + sum(n-1)
}

//go:noinline
func even(n int) bool { return n == 0 || odd(n-1) }

//go:noinline
func odd(n int) bool { return n != 0 && even(n-1) }

func main() {
	if len(os.Args) > 1 && os.Args[1] == "overflow" {
		debug.SetMaxStack(1 << 20)
		fmt.Println(sum(-1))
	}
	debug.SetMaxStack(1 << 30)
	fmt.Println("sum:", sum(1000000))
	fmt.Println("even:", even(1000000))
	result := make(chan int)
	go func() { result <- sum(500000) }()
	fmt.Println("in a goroutine:", <-result)
}
