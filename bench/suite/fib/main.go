// Fib computes Fibonacci numbers by recursion: calls and returns, nothing
// else.
package main

import "goshawk/suite/harness"

func main() {
	harness.Run("fib", 34, 29, func(size int) func() uint64 {
		return func() uint64 { return uint64(fib(size)) }
	})
}

//go:noinline
func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}
