// Pingpong sends a number to and fro between two goroutines over channels
// without buffers: nothing but goroutine switches.
package main

import "goshawk/suite/harness"

func main() {
	harness.Run("pingpong", 70000, 7000, func(size int) func() uint64 {
		return func() uint64 {
			ping, pong := make(chan int), make(chan int)
			go func() {
				for n := range ping {
					pong <- n + 1
				}
				close(pong)
			}()
			n := 0
			for i := 0; i < size; i++ {
				ping <- n
				n = <-pong
			}
			close(ping)
			return uint64(n)
		}
	})
}
