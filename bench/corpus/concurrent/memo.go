package main

import (
	"strconv"
	"sync"

	"goshawk/corpus/kernel"
)

// future is a value that somebody is working on.
type future[T any] struct {
	ready chan struct{}
	value T
}

func async[T any](f func() T) *future[T] {
	fut := &future[T]{ready: make(chan struct{})}
	go func() {
		defer close(fut.ready)
		fut.value = f()
	}()
	return fut
}

func (f *future[T]) get() T {
	<-f.ready
	return f.value
}

// memo computes each key once, however many ask for it.
type memo[K comparable, V any] struct {
	mu      sync.Mutex
	compute func(K) V
	entries map[K]*entry[V]
	misses  int
}

type entry[V any] struct {
	once  sync.Once
	value V
}

func (m *memo[K, V]) get(key K) V {
	m.mu.Lock()
	e, ok := m.entries[key]
	if !ok {
		e = new(entry[V])
		m.entries[key] = e
		m.misses++
	}
	m.mu.Unlock()
	e.once.Do(func() { e.value = m.compute(key) })
	return e.value
}

var buffers = sync.Pool{New: func() any { return new([64]byte) }}

// mirrored is the number whose digits are those of n backwards.
func mirrored(n int) int {
	buf := buffers.Get().(*[64]byte)
	defer buffers.Put(buf)
	digits := strconv.AppendInt(buf[:0], int64(n), 10)
	back := 0
	for i := len(digits) - 1; i >= 0; i-- {
		back = back*10 + int(digits[i]-'0')
	}
	return back
}

// depth adds mirrored numbers until the sum reads the same both ways.
func depth(n int) int {
	for steps := 0; steps < 20; steps++ {
		back := mirrored(n)
		if back == n {
			return steps
		}
		n += back
	}
	return -1
}

// sumTree adds up a slice with a goroutine for each half.
func sumTree(values []int) int {
	if len(values) <= 64 {
		sum := 0
		for _, v := range values {
			sum += v ^ v>>3
		}
		return sum
	}
	left := async(func() int { return sumTree(values[:len(values)/2]) })
	right := sumTree(values[len(values)/2:])
	return left.get() + right
}

func memoKernel() uint64 {
	m := &memo[int, int]{compute: depth, entries: map[int]*entry[int]{}}
	futures := make([]*future[int], 12)
	for g := range futures {
		r := kernel.NewRand(uint64(g % 4))
		futures[g] = async(func() (sum int) {
			for i := 0; i < 1200; i++ {
				sum += m.get(r.Intn(2500))
			}
			return sum
		})
	}
	var d kernel.Digest
	for _, f := range futures {
		d.Int(f.get())
	}
	d.Int(m.misses)
	values := make([]int, 40000)
	for i := range values {
		values[i] = i * 7
	}
	d.Int(sumTree(values))
	return d.Value()
}
