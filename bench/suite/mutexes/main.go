// Mutexes shares counters among goroutines under locks, conditions and
// atomics, with a select that polls.
package main

import (
	"runtime"
	"sync"
	"sync/atomic"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("mutexes", 60000, 6000, func(size int) func() uint64 {
		return func() uint64 {
			result := harness.NewChecksum()
			result.Int(counters(size))
			result.Int(handOver(size))
			return result.Value()
		}
	})
}

func counters(size int) int {
	var guard sync.Mutex
	var readers sync.RWMutex
	var atomics int64
	var all sync.WaitGroup
	plain, reads := 0, 0
	tick := make(chan struct{}, 1)
	for g := 0; g < 16; g++ {
		all.Add(1)
		go func(g int) {
			defer all.Done()
			for i := 0; i < size/4; i++ {
				guard.Lock()
				plain += g
				guard.Unlock()
				readers.RLock()
				if plain < 0 {
					panic("a counter went below zero")
				}
				readers.RUnlock()
				atomic.AddInt64(&atomics, 1)
				select {
				case tick <- struct{}{}:
				case <-tick:
				default:
				}
				if i%64 == 0 {
					readers.Lock()
					reads++
					readers.Unlock()
					runtime.Gosched()
				}
			}
		}(g)
	}
	all.Wait()
	return plain + reads + int(atomics)
}

// handOver passes a turn around among four goroutines with a condition.
func handOver(size int) int {
	var guard sync.Mutex
	turned := sync.NewCond(&guard)
	turn, sum := 0, 0
	var all sync.WaitGroup
	for g := 0; g < 4; g++ {
		all.Add(1)
		go func(g int) {
			defer all.Done()
			for i := 0; i < size/8; i++ {
				guard.Lock()
				for turn%4 != g {
					turned.Wait()
				}
				sum += turn * g
				turn++
				guard.Unlock()
				turned.Broadcast()
			}
		}(g)
	}
	all.Wait()
	return sum
}
