package main

import (
	"math/bits"

	"goshawk/corpus/kernel"
)

// uint128 is hi * 2^64 + lo.
type uint128 struct{ hi, lo uint64 }

func (a uint128) add(b uint128) uint128 {
	lo, carry := bits.Add64(a.lo, b.lo, 0)
	hi, _ := bits.Add64(a.hi, b.hi, carry)
	return uint128{hi, lo}
}

func (a uint128) sub(b uint128) uint128 {
	lo, borrow := bits.Sub64(a.lo, b.lo, 0)
	hi, _ := bits.Sub64(a.hi, b.hi, borrow)
	return uint128{hi, lo}
}

func (a uint128) mul(b uint128) uint128 {
	hi, lo := bits.Mul64(a.lo, b.lo)
	return uint128{hi + a.hi*b.lo + a.lo*b.hi, lo}
}

func (a uint128) less(b uint128) bool {
	_, borrow := bits.Sub64(a.lo, b.lo, 0)
	_, borrow = bits.Sub64(a.hi, b.hi, borrow)
	return borrow != 0
}

func (a uint128) shiftLeft(n uint) uint128 {
	if n >= 64 {
		return uint128{a.lo << (n - 64), 0}
	}
	return uint128{a.hi<<n | a.lo>>(64-n), a.lo << n}
}

func (a uint128) shiftRight(n uint) uint128 {
	if n >= 64 {
		return uint128{0, a.hi >> (n - 64)}
	}
	return uint128{a.hi >> n, a.lo>>n | a.hi<<(64-n)}
}

func (a uint128) divide(by uint64) (quotient uint128, rest uint64) {
	quotient.hi, rest = a.hi/by, a.hi%by
	quotient.lo, rest = bits.Div64(rest, a.lo, by)
	return quotient, rest
}

func (a uint128) decimal() string {
	var digits [40]byte
	at := len(digits)
	for {
		var rest uint64
		a, rest = a.divide(10)
		at--
		digits[at] = byte('0' + rest)
		if a == (uint128{}) {
			return string(digits[at:])
		}
	}
}

func uint128Kernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(11)
	sum, product := uint128{}, uint128{lo: 1}
	least := uint128{^uint64(0), ^uint64(0)}
	for i := 0; i < 20000; i++ {
		v := uint128{r.Uint64(), r.Uint64()}
		sum = sum.add(v)
		product = product.mul(v.sub(sum))
		product.lo |= 1
		if v.less(least) {
			least = v
		}
		if i%7 == 0 {
			sum = sum.shiftLeft(uint(i) & 127).add(v.shiftRight(uint(i) % 100))
		}
		if i%100 == 0 {
			digest.Text(sum.decimal())
		}
	}
	digest.Text(product.decimal())
	digest.Text(least.decimal())
	return digest.Value()
}
