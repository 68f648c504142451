// Channels sieves primes through a chain of goroutines and fans work out to
// workers over buffered channels.
package main

import (
	"sync"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("channels", 800, 150, func(size int) func() uint64 {
		return func() uint64 {
			result := harness.NewChecksum()
			result.Int(sieve(size))
			result.Int(fan(size * 200))
			return result.Value()
		}
	})
}

// sieve returns the last of count primes.
func sieve(count int) int {
	stop := make(chan struct{})
	defer close(stop)
	numbers := make(chan int)
	go func() {
		for n := 2; ; n++ {
			select {
			case numbers <- n:
			case <-stop:
				return
			}
		}
	}()
	prime := 0
	for i := 0; i < count; i++ {
		prime = <-numbers
		numbers = filter(numbers, prime, stop)
	}
	return prime
}

func filter(in chan int, prime int, stop chan struct{}) chan int {
	out := make(chan int)
	go func() {
		for {
			select {
			case n := <-in:
				if n%prime == 0 {
					continue
				}
				select {
				case out <- n:
				case <-stop:
					return
				}
			case <-stop:
				return
			}
		}
	}()
	return out
}

func fan(count int) int {
	work, done := make(chan int, 64), make(chan int, 64)
	var workers sync.WaitGroup
	for i := 0; i < 8; i++ {
		workers.Add(1)
		go func() {
			defer workers.Done()
			for n := range work {
				done <- n * n % 1009
			}
		}()
	}
	go func() {
		for n := 0; n < count; n++ {
			work <- n
		}
		close(work)
		workers.Wait()
		close(done)
	}()
	sum := 0
	for n := range done {
		sum += n
	}
	return sum
}
