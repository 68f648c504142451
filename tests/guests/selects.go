// Selects waits with time limits, defaults and contexts.
package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const unit = 10 * time.Millisecond

func main() {
	never := make(chan int)
	select {
	case <-never:
		fmt.Println("impossible")
	case <-time.After(unit):
		fmt.Println("timed out")
	}

	select {
	case never <- 1:
		fmt.Println("impossible")
	default:
		fmt.Println("nobody receives")
	}

	soon := make(chan string)
	go func() {
		time.Sleep(unit)
		soon <- "soon"
	}()
	select {
	case word := <-soon:
		fmt.Println("received", word)
	case <-time.After(time.Minute):
		fmt.Println("impossible")
	}

	ctx, cancel := context.WithTimeout(context.Background(), unit)
	defer cancel()
	<-ctx.Done()
	fmt.Println(ctx.Err(), errors.Is(ctx.Err(), context.DeadlineExceeded))

	ctx, cancel = context.WithTimeout(context.Background(), time.Minute)
	time.AfterFunc(unit, cancel)
	<-ctx.Done()
	fmt.Println(ctx.Err())

	var disabled chan int
	closed := make(chan int)
	close(closed)
	select {
	case <-disabled:
		fmt.Println("impossible")
	case value, ok := <-closed:
		fmt.Println("closed:", value, ok)
	}

	counts := map[string]int{}
	left, right := make(chan bool), make(chan bool)
	go func() {
		for i := 0; i < 100; i++ {
			left <- true
		}
		close(left)
	}()
	go func() {
		for i := 0; i < 50; i++ {
			right <- true
		}
		close(right)
	}()
	for left != nil || right != nil {
		select {
		case _, ok := <-left:
			if !ok {
				left = nil
				continue
			}
			counts["left"]++
		case _, ok := <-right:
			if !ok {
				right = nil
				continue
			}
			counts["right"]++
		}
	}
	fmt.Println(counts)
}
