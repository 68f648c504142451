package main

import (
	"math/bits"

	"goshawk/corpus/kernel"
)

// addTo adds y to the longer x and returns the carry.
func addTo(x, y []uint64) (carry uint64) {
	for i := range x {
		var word uint64
		if i < len(y) {
			word = y[i]
		} else if carry == 0 {
			break
		}
		x[i], carry = bits.Add64(x[i], word, carry)
	}
	return carry
}

// scale multiplies by a word, adds another and returns what is over.
func scale(x []uint64, by, plus uint64) uint64 {
	for i, word := range x {
		hi, lo := bits.Mul64(word, by)
		var carry uint64
		x[i], carry = bits.Add64(lo, plus, 0)
		plus = hi + carry
	}
	return plus
}

// divideBy divides by a word and returns the rest.
func divideBy(x []uint64, by uint64) (rest uint64) {
	for i := len(x) - 1; i >= 0; i-- {
		x[i], rest = bits.Div64(rest, x[i], by)
	}
	return rest
}

func shiftLeft(x []uint64, n uint) {
	for i := len(x) - 1; i > 0; i-- {
		x[i] = x[i]<<n | x[i-1]>>(64-n)
	}
	x[0] <<= n
}

func limbsKernel() uint64 {
	var digest kernel.Digest
	// 1 + 1/2! + 1/3! + ... with 64 words of places
	sum, term := make([]uint64, 65), make([]uint64, 65)
	term[64] = 1
	for n := uint64(1); n < 400; n++ {
		addTo(sum, term)
		divideBy(term, n)
	}
	for i := 0; i < 200; i++ {
		digest.Add(scale(sum[:64], 1e18, uint64(i)))
		shiftLeft(sum[:32], uint(i)%63+1)
	}
	return digest.Value()
}
