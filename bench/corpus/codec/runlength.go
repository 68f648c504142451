package main

import (
	"sort"

	"goshawk/corpus/kernel"
)

func runEncode(src []byte) (dst []byte) {
	for i := 0; i < len(src); {
		n := 1
		for i+n < len(src) && n < 255 && src[i+n] == src[i] {
			n++
		}
		dst = append(dst, byte(n), src[i])
		i += n
	}
	return dst
}

func runDecode(src []byte) (dst []byte) {
	for ; len(src) >= 2; src = src[2:] {
		for n := src[0]; n > 0; n-- {
			dst = append(dst, src[1])
		}
	}
	return dst
}

// toFront replaces bytes by how long ago they were seen.
func toFront(data []byte) []byte {
	var order [256]byte
	for i := range order {
		order[i] = byte(i)
	}
	out := make([]byte, len(data))
	for i, b := range data {
		at := 0
		for order[at] != b {
			at++
		}
		out[i] = byte(at)
		copy(order[1:at+1], order[:at])
		order[0] = b
	}
	return out
}

// rotations is Burrows and Wheeler's transform.
type rotations struct {
	data  []byte
	start []int
}

func (r *rotations) Len() int      { return len(r.start) }
func (r *rotations) Swap(i, j int) { r.start[i], r.start[j] = r.start[j], r.start[i] }
func (r *rotations) Less(i, j int) bool {
	a, b := r.start[i], r.start[j]
	for n := 0; n < len(r.data); n++ {
		x, y := r.data[a], r.data[b]
		if x != y {
			return x < y
		}
		if a++; a == len(r.data) {
			a = 0
		}
		if b++; b == len(r.data) {
			b = 0
		}
	}
	return false
}

func burrowsWheeler(data []byte) (last []byte, primary int) {
	r := &rotations{data, make([]int, len(data))}
	for i := range r.start {
		r.start[i] = i
	}
	sort.Sort(r)
	last = make([]byte, len(data))
	for i, start := range r.start {
		if start == 0 {
			primary = i
			start = len(data)
		}
		last[i] = data[start-1]
	}
	return last, primary
}

func restore(last []byte, primary int) []byte {
	var counts [256]int
	for _, b := range last {
		counts[b]++
	}
	sum := 0
	for i, n := range counts {
		counts[i] = sum
		sum += n
	}
	next := make([]int, len(last))
	for i, b := range last {
		next[counts[b]] = i
		counts[b]++
	}
	out := make([]byte, len(last))
	for i, at := 0, next[primary]; i < len(out); i, at = i+1, next[at] {
		out[i] = last[at]
	}
	return out
}

func runLengthKernel() uint64 {
	r := kernel.NewRand(74)
	data := []byte(r.Prose(600))
	last, primary := burrowsWheeler(data)
	if string(restore(last, primary)) != string(data) {
		panic("the text cannot be restored")
	}
	var d kernel.Digest
	d.Bytes(runEncode(toFront(last)))
	picture := make([]byte, 0, 80000)
	for len(picture) < 80000 {
		shade := byte(r.Intn(4))
		for n := r.Intn(300); n > 0; n-- {
			picture = append(picture, shade)
		}
	}
	packed := runEncode(picture)
	if string(runDecode(packed)) != string(picture) {
		panic("runs do not round trip")
	}
	d.Bytes(packed)
	return d.Value()
}
