// Gc allocates far more than it keeps, and checks what it keeps.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

type tree struct{ left, right *tree }

func grow(depth int) *tree {
	if depth == 0 {
		return &tree{}
	}
	return &tree{grow(depth - 1), grow(depth - 1)}
}

func (t *tree) count() int {
	if t.left == nil {
		return 1
	}
	return 1 + t.left.count() + t.right.count()
}

//go:noinline
func drop(count int, finalized *int32) {
	for i := 0; i < count; i++ {
		data := make([]byte, 1000)
		runtime.SetFinalizer(&data[0], func(*byte) {
			atomic.AddInt32(finalized, 1)
		})
	}
}

func main() {
	kept := grow(12)
	sum := 0
	for i := 0; i < 20; i++ {
		sum += grow(12).count()
	}
	fmt.Println("trees:", sum, kept.count())

	table := map[string][]int{}
	for i := 0; i < 50000; i++ {
		key := fmt.Sprint("key", i%1000)
		table[key] = append(table[key], i)
	}
	total := 0
	for _, numbers := range table {
		for _, n := range numbers {
			total += n
		}
	}
	fmt.Println("map:", len(table), total)

	var finalized int32
	drop(100, &finalized)
	// A stale word on a stack may keep one of them alive.
	for i := 0; i < 100 && atomic.LoadInt32(&finalized) < 90; i++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	fmt.Println("finalized:", atomic.LoadInt32(&finalized) >= 90)

	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	fmt.Println("collected:", stats.NumGC > 0, stats.Frees > 0)
	runtime.KeepAlive(kept)
}
