package main

import (
	"sort"

	"goshawk/corpus/kernel"
)

// Stack is a last-in first-out store.
type Stack[T any] struct{ items []T }

// Push adds an item.
func (s *Stack[T]) Push(item T) { s.items = append(s.items, item) }

// Pop removes the newest item; false if there is none.
func (s *Stack[T]) Pop() (item T, ok bool) {
	if len(s.items) == 0 {
		return item, false
	}
	item = s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return item, true
}

// Deque is a ring that grows.
type Deque[T any] struct {
	ring        []T
	first, size int
}

func (q *Deque[T]) reserve() {
	if q.size < len(q.ring) {
		return
	}
	bigger := make([]T, 2*len(q.ring)+4)
	for i := 0; i < q.size; i++ {
		bigger[i] = q.ring[(q.first+i)%len(q.ring)]
	}
	q.ring, q.first = bigger, 0
}

// PushBack adds an item at the end.
func (q *Deque[T]) PushBack(item T) {
	q.reserve()
	q.ring[(q.first+q.size)%len(q.ring)] = item
	q.size++
}

// PushFront adds an item at the front.
func (q *Deque[T]) PushFront(item T) {
	q.reserve()
	q.first = (q.first + len(q.ring) - 1) % len(q.ring)
	q.ring[q.first] = item
	q.size++
}

// PopFront removes the first item, of which there has to be one.
func (q *Deque[T]) PopFront() T {
	item := q.ring[q.first]
	q.first = (q.first + 1) % len(q.ring)
	q.size--
	return item
}

// Set is a set of comparable values.
type Set[T comparable] map[T]struct{}

// Add puts a value in and says whether it was new.
func (s Set[T]) Add(v T) bool {
	if _, ok := s[v]; ok {
		return false
	}
	s[v] = struct{}{}
	return true
}

// Intersect returns what is in both.
func (s Set[T]) Intersect(other Set[T]) Set[T] {
	out := Set[T]{}
	for v := range s {
		if _, ok := other[v]; ok {
			out[v] = struct{}{}
		}
	}
	return out
}

// Filter keeps what a condition holds for.
func Filter[T any](in []T, keep func(T) bool) (out []T) {
	for _, v := range in {
		if keep(v) {
			out = append(out, v)
		}
	}
	return out
}

// GroupBy sorts values into groups, each in the original order.
func GroupBy[K comparable, V any](in []V, key func(V) K) map[K][]V {
	groups := make(map[K][]V)
	for _, v := range in {
		k := key(v)
		groups[k] = append(groups[k], v)
	}
	return groups
}

// Optional is a value that may be absent.
type Optional[T any] struct {
	value T
	valid bool
}

// OrElse returns the value or another one.
func (o Optional[T]) OrElse(other T) T {
	if o.valid {
		return o.value
	}
	return other
}

// First finds the first value that a condition holds for.
func First[T any](in []T, is func(T) bool) Optional[T] {
	for _, v := range in {
		if is(v) {
			return Optional[T]{v, true}
		}
	}
	return Optional[T]{}
}

type cell struct{ row, column int16 }

func containersKernel() uint64 {
	r := kernel.NewRand(37)
	var d kernel.Digest
	var numbers Stack[float64]
	var names Stack[string]
	var queue Deque[cell]
	seen := Set[cell]{}
	for i := 0; i < 14000; i++ {
		c := cell{int16(r.Intn(90)), int16(r.Intn(90))}
		if seen.Add(c) {
			queue.PushBack(c)
		} else {
			queue.PushFront(c)
		}
		if i%3 == 2 {
			c = queue.PopFront()
			numbers.Push(float64(c.row) / 4)
		}
		if i%10 == 0 {
			names.Push(r.Word())
		}
	}
	d.Int(queue.size)
	sum := 0.0
	for v, ok := numbers.Pop(); ok; v, ok = numbers.Pop() {
		sum += v
	}
	d.Float(sum)
	long := Filter(names.items, func(s string) bool { return len(s) > 6 })
	groups := GroupBy(long, func(s string) byte { return s[0] })
	letters := make([]int, 0, len(groups))
	for c := range groups {
		letters = append(letters, int(c))
	}
	sort.Ints(letters)
	for _, c := range letters {
		d.Int(c * len(groups[byte(c)]))
	}
	d.Text(First(long, func(s string) bool { return s > "v" }).OrElse("none"))
	missing := First(letters, func(c int) bool { return c > 'z' })
	d.Int(missing.OrElse(-1))
	other := Set[cell]{}
	for i := int16(0); i < 90; i++ {
		other.Add(cell{i, i})
	}
	d.Int(len(seen.Intersect(other)))
	return d.Value()
}
