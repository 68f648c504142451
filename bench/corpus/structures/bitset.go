package main

import (
	"fmt"
	"math/bits"

	"goshawk/corpus/kernel"
)

type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) set(i int)      { b[i>>6] |= 1 << uint(i&63) }
func (b bitset) clear(i int)    { b[i>>6] &^= 1 << uint(i&63) }
func (b bitset) has(i int) bool { return b[i>>6]>>uint(i&63)&1 != 0 }

func (b bitset) count() (n int) {
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

func (b bitset) union(other bitset) {
	for i, word := range other {
		b[i] |= word
	}
}

// next returns the first member from i on, or -1.
func (b bitset) next(i int) int {
	for word := i >> 6; word < len(b); word++ {
		w := b[word]
		if word == i>>6 {
			w &= ^uint64(0) << uint(i&63)
		}
		if w != 0 {
			return word<<6 + bits.TrailingZeros64(w)
		}
	}
	return -1
}

func (b bitset) String() string {
	text := "{"
	for i := b.next(0); i >= 0; i = b.next(i + 1) {
		if len(text) > 1 {
			text += " "
		}
		text += fmt.Sprint(i)
	}
	return text + "}"
}

// bloom is a filter that never forgets, but sometimes invents.
type bloom struct {
	bits bitset
	size uint32
}

func (f *bloom) positions(s string) (at [3]uint32) {
	a, b := uint32(2166136261), uint32(5381)
	for i := 0; i < len(s); i++ {
		a = (a ^ uint32(s[i])) * 16777619
		b = b*33 + uint32(s[i])
	}
	for i := range at {
		at[i] = (a + uint32(i)*b) % f.size
	}
	return at
}

func (f *bloom) add(s string) {
	for _, at := range f.positions(s) {
		f.bits.set(int(at))
	}
}

func (f *bloom) has(s string) bool {
	for _, at := range f.positions(s) {
		if !f.bits.has(int(at)) {
			return false
		}
	}
	return true
}

// closure is Warshall's, a row at a time.
func closure(reach []bitset) {
	for k := range reach {
		for i := range reach {
			if reach[i].has(k) {
				reach[i].union(reach[k])
			}
		}
	}
}

func bitsetKernel() uint64 {
	r := kernel.NewRand(39)
	var d kernel.Digest
	reach := make([]bitset, 450)
	for i := range reach {
		reach[i] = newBitset(len(reach))
		reach[i].set(r.Intn(len(reach)))
		if i%3 == 0 {
			reach[i].set(r.Intn(len(reach)))
		}
	}
	closure(reach)
	for _, row := range reach {
		d.Int(row.count())
	}
	row := reach[7]
	for i := 0; i < len(reach); i += 3 {
		row.clear(i)
	}
	d.Text(row.String())
	f := &bloom{newBitset(4096), 4096}
	invented := 0
	for i := 0; i < 5000; i++ {
		word := r.Word()
		if i < 600 {
			f.add(word)
		} else if f.has(word) {
			invented++
		}
	}
	d.Int(invented)
	return d.Value()
}
