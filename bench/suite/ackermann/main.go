// Ackermann recurses deeply: the goroutine's stack grows to megabytes and is
// copied on the way.
package main

import "goshawk/suite/harness"

func main() {
	harness.Run("ackermann", 9, 7, func(size int) func() uint64 {
		return func() uint64 {
			result := make(chan int)
			// A new goroutine starts with a small stack in every repeat.
			go func() { result <- ackermann(3, size) }()
			return uint64(<-result)
		}
	})
}

func ackermann(m, n int) int {
	if m == 0 {
		return n + 1
	}
	if n == 0 {
		return ackermann(m-1, 1)
	}
	return ackermann(m-1, ackermann(m, n-1))
}
