// Goroutines runs 10,000 goroutines: all on one channel, then in one chain.
package main

import (
	"fmt"
	"sync"
)

const count = 10000

func fanIn() int {
	numbers := make(chan int)
	var group sync.WaitGroup
	for i := 1; i <= count; i++ {
		group.Add(1)
		go func(n int) {
			defer group.Done()
			numbers <- n
		}(i)
	}
	go func() {
		group.Wait()
		close(numbers)
	}()
	sum := 0
	for n := range numbers {
		sum += n
	}
	return sum
}

func chain() int {
	first := make(chan int)
	last := first
	for i := 0; i < count; i++ {
		next := make(chan int)
		go func(from, to chan int) { to <- 1 + <-from }(last, next)
		last = next
	}
	first <- 0
	return <-last
}

func main() {
	fmt.Println("sum:", fanIn())
	fmt.Println("chain:", chain())
	var mutex sync.Mutex
	var group sync.WaitGroup
	total := 0
	for i := 0; i < 100; i++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for j := 0; j < 100; j++ {
				mutex.Lock()
				total++
				mutex.Unlock()
			}
		}()
	}
	group.Wait()
	fmt.Println("mutex:", total)
}
