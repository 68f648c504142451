// Sleep uses every kind of timer and prints the order in which they fire.
package main

import (
	"fmt"
	"time"
)

const unit = 20 * time.Millisecond

func sleepers() {
	order := make(chan int)
	for _, n := range []int{3, 1, 2} {
		go func(n int) {
			time.Sleep(time.Duration(n) * unit)
			order <- n
		}(n)
	}
	fmt.Println("sleepers:", <-order, <-order, <-order)
}

func main() {
	start := time.Now()
	time.Sleep(unit)
	fmt.Println("slept long enough:", time.Since(start) >= unit)

	sleepers()

	ticker := time.NewTicker(unit / 4)
	for i := 1; i <= 3; i++ {
		<-ticker.C
		fmt.Println("tick", i)
	}
	ticker.Stop()

	fired := make(chan string, 3)
	stopped := time.AfterFunc(unit, func() { fired <- "stopped" })
	time.AfterFunc(3*unit, func() { fired <- "late" })
	reset := time.AfterFunc(time.Hour, func() { fired <- "reset" })
	fmt.Println("stopped in time:", stopped.Stop())
	fmt.Println("reset in time:", reset.Reset(unit))
	fmt.Println("fired:", <-fired, <-fired)

	time.Sleep(0)
	time.Sleep(-unit)
	<-time.After(time.Nanosecond)
	fmt.Println("done")
}
