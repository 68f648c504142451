package main

import (
	"math/bits"

	"goshawk/corpus/kernel"
)

// fixed is a signed number with 32 binary places.
type fixed int64

const one fixed = 1 << 32

func (a fixed) times(b fixed) fixed {
	negative := (a < 0) != (b < 0)
	if a < 0 {
		a = -a
	}
	if b < 0 {
		b = -b
	}
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	product := fixed(hi<<32 | lo>>32)
	if negative {
		return -product
	}
	return product
}

func (a fixed) over(b fixed) fixed {
	negative := (a < 0) != (b < 0)
	if a < 0 {
		a = -a
	}
	if b < 0 {
		b = -b
	}
	quotient, _ := bits.Div64(uint64(a)>>32, uint64(a)<<32, uint64(b))
	if negative {
		return -fixed(quotient)
	}
	return fixed(quotient)
}

func squareRoot(a fixed) fixed {
	if a <= 0 {
		return 0
	}
	x := one << ((bits.Len64(uint64(a)) - 32) / 2 & 15)
	for i := 0; i < 8; i++ {
		x = (x + a.over(x)) / 2
	}
	return x
}

// exponential sums the series of e^x.
func exponential(x fixed) fixed {
	sum, term := one, one
	for n := fixed(1); term > 1 || term < -1; n++ {
		term = term.times(x) / n
		sum += term
	}
	return sum
}

func fixedPointKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(16)
	for i := 0; i < 600; i++ {
		x := fixed(r.Uint64()>>30) + 1
		digest.Add(uint64(squareRoot(x)))
		digest.Add(uint64(exponential(x>>3 - one/2)))
		digest.Add(uint64(x.times(-x).over(x + one)))
	}
	return digest.Value()
}
