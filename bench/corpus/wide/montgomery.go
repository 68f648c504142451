package main

import (
	"math/bits"

	"goshawk/corpus/kernel"
)

// modulus is odd; values are kept times 2^64 modulo it.
type modulus struct{ n, inverse, square uint64 }

func newModulus(n uint64) modulus {
	inverse := n // of n modulo 8
	for i := 0; i < 5; i++ {
		inverse *= 2 - n*inverse
	}
	_, r := bits.Div64(1, 0, n)
	hi, lo := bits.Mul64(r, r)
	_, square := bits.Div64(hi%n, lo, n)
	return modulus{n: n, inverse: -inverse, square: square}
}

// times returns a * b / 2^64 modulo n.
func (m *modulus) times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	q := lo * m.inverse
	qhi, qlo := bits.Mul64(q, m.n)
	_, carry := bits.Add64(lo, qlo, 0)
	sum, over := bits.Add64(hi, qhi, carry)
	if over != 0 || sum >= m.n {
		sum -= m.n
	}
	return sum
}

func (m *modulus) power(base, exponent uint64) uint64 {
	result := m.times(1, m.square)
	base = m.times(base, m.square)
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 != 0 {
			result = m.times(result, base)
		}
		base = m.times(base, base)
	}
	return m.times(result, 1)
}

// probablyPrime is Fermat's test to some bases.
func probablyPrime(n uint64) bool {
	m := newModulus(n)
	for _, base := range [...]uint64{2, 3, 5, 7, 11} {
		if m.power(base, n-1) != 1 {
			return false
		}
	}
	return true
}

func montgomeryKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(14)
	for i := 0; i < 250; i++ {
		n := r.Uint64() | 1<<63 | 1
		digest.Int(i)
		if probablyPrime(n) {
			digest.Add(n)
		}
		m := newModulus(n)
		digest.Add(m.power(n-2, n>>7))
	}
	return digest.Value()
}
