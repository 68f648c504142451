package main

import (
	"sync"

	"goshawk/corpus/kernel"
)

func generate[T any](done <-chan struct{}, values ...T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		for _, v := range values {
			select {
			case out <- v:
			case <-done:
				return
			}
		}
	}()
	return out
}

func stage[T, U any](in <-chan T, buffer int, f func(T) U) <-chan U {
	out := make(chan U, buffer)
	go func() {
		defer close(out)
		for v := range in {
			out <- f(v)
		}
	}()
	return out
}

// mergeSorted joins two rising streams.
func mergeSorted(a, b <-chan int) <-chan int {
	out := make(chan int, 4)
	go func() {
		defer close(out)
		x, okX := <-a
		y, okY := <-b
		for okX || okY {
			if okX && (!okY || x <= y) {
				out <- x
				x, okX = <-a
			} else {
				out <- y
				y, okY = <-b
			}
		}
	}()
	return out
}

// fanIn receives from both in any order.
func fanIn(a, b <-chan int) (sum, count int) {
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			sum += v
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			sum += 3 * v
		}
		count++
	}
	return sum, count
}

// relax passes rows of numbers round a ring of goroutines.
func relax(cells, rounds int) []int {
	links := make([]chan int, cells)
	for i := range links {
		links[i] = make(chan int, 1)
	}
	values := make([]int, cells)
	var wg sync.WaitGroup
	for i := range values {
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			value := i * i % 17
			for n := 0; n < rounds; n++ {
				links[(i+1)%cells] <- value
				value = (value + <-links[i] + 1) / 2
			}
			values[i] = value
		}(i)
	}
	wg.Wait()
	return values
}

func pipelineKernel() uint64 {
	var d kernel.Digest
	done := make(chan struct{})
	r := kernel.NewRand(92)
	words := make([]string, 800)
	for i := range words {
		words[i] = r.Word()
	}
	lengths := stage(generate(done, words...), 8, func(s string) int {
		return len(s)
	})
	total := 0
	for v := range stage(lengths, 0, func(n int) float64 { return float64(n) / 2 }) {
		total += int(2 * v)
	}
	d.Int(total)
	odd := stage(generate(done, make([]int, 400)...), 2, func(int) int { return 1 })
	sum, count := fanIn(odd, generate(done, 5, 6, 7, 8))
	d.Int(sum*1000 + count)
	rising := func(step int) <-chan int {
		values := make([]int, 300)
		for i := range values {
			values[i] = i * step
		}
		return generate(done, values...)
	}
	for v := range mergeSorted(mergeSorted(rising(2), rising(3)), rising(7)) {
		d.Int(v)
	}
	for _, v := range relax(12, 80) {
		d.Int(v)
	}
	close(done)
	return d.Value()
}
