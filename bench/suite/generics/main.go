// Generics runs generic containers and functions over several types: a heap,
// a linked list, map and fold.
package main

import "goshawk/suite/harness"

type ordered interface {
	~int | ~uint32 | ~float64 | ~string
}

type heap[T ordered] struct{ items []T }

func (h *heap[T]) push(item T) {
	h.items = append(h.items, item)
	for i := len(h.items) - 1; i > 0; {
		parent := (i - 1) / 2
		if !(h.items[i] < h.items[parent]) {
			return
		}
		h.items[i], h.items[parent] = h.items[parent], h.items[i]
		i = parent
	}
}

func (h *heap[T]) pop() T {
	top := h.items[0]
	last := len(h.items) - 1
	h.items[0] = h.items[last]
	h.items = h.items[:last]
	for i := 0; ; {
		least := i
		for child := 2*i + 1; child <= 2*i+2 && child < last; child++ {
			if h.items[child] < h.items[least] {
				least = child
			}
		}
		if least == i {
			return top
		}
		h.items[i], h.items[least] = h.items[least], h.items[i]
		i = least
	}
}

type list[K ordered, V any] struct {
	key   K
	value V
	next  *list[K, V]
}

func transform[T, U any](items []T, change func(T) U) []U {
	out := make([]U, 0, len(items))
	for _, item := range items {
		out = append(out, change(item))
	}
	return out
}

func fold[T, A any](items []T, start A, step func(A, T) A) A {
	for _, item := range items {
		start = step(start, item)
	}
	return start
}

func drain[T ordered](items []T) []T {
	var h heap[T]
	for _, item := range items {
		h.push(item)
	}
	out := make([]T, 0, len(items))
	for range items {
		out = append(out, h.pop())
	}
	return out
}

func main() {
	harness.Run("generics", 120000, 12000, func(size int) func() uint64 {
		random := harness.NewRandom()
		numbers := make([]int, size)
		words := make([]string, size/4)
		for i := range numbers {
			numbers[i] = random.Below(1 << 30)
		}
		for i := range words {
			words[i] = random.Word()
		}
		return func() uint64 { return compute(numbers, words) }
	})
}

func compute(numbers []int, words []string) uint64 {
	result := harness.NewChecksum()
	sorted := drain(numbers)
	floats := drain(transform(numbers, func(n int) float64 {
		return -float64(n)
	}))
	result.Float(floats[len(floats)/3])
	result.Int(fold(sorted, 0, func(sum, n int) int { return sum*31 + n }))
	result.Int(fold(drain(words), 0, func(sum int, word string) int {
		return sum*31 + len(word)
	}))
	var chain *list[uint32, string]
	for i, word := range words {
		chain = &list[uint32, string]{uint32(i), word, chain}
	}
	for link := chain; link != nil; link = link.next {
		result.Int(int(link.key) + len(link.value))
	}
	return result.Value()
}
