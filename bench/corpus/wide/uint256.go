package main

import (
	"math/bits"

	"goshawk/corpus/kernel"
)

// uint256 has its least significant word first.
type uint256 [4]uint64

func (z *uint256) add(x, y *uint256) (carry uint64) {
	z[0], carry = bits.Add64(x[0], y[0], 0)
	z[1], carry = bits.Add64(x[1], y[1], carry)
	z[2], carry = bits.Add64(x[2], y[2], carry)
	z[3], carry = bits.Add64(x[3], y[3], carry)
	return carry
}

func (z *uint256) sub(x, y *uint256) (borrow uint64) {
	for i := range z {
		z[i], borrow = bits.Sub64(x[i], y[i], borrow)
	}
	return borrow
}

// multiplyStep returns z + x*y + carry as two words.
func multiplyStep(z, x, y, carry uint64) (hi, lo uint64) {
	hi, lo = bits.Mul64(x, y)
	lo, carry = bits.Add64(lo, carry, 0)
	hi, _ = bits.Add64(hi, 0, carry)
	lo, carry = bits.Add64(lo, z, 0)
	hi, _ = bits.Add64(hi, 0, carry)
	return hi, lo
}

func multiply(x, y *uint256) (product [8]uint64) {
	for i := range x {
		var carry uint64
		for k := range y {
			carry, product[i+k] = multiplyStep(product[i+k], x[i], y[k], carry)
		}
		product[i+4] = carry
	}
	return product
}

func uint256Kernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(12)
	var x, y, sum uint256
	for i := range x {
		x[i], y[i] = r.Uint64(), r.Uint64()
	}
	for round := 0; round < 4000; round++ {
		product := multiply(&x, &y)
		copy(x[:], product[2:6])
		carry := sum.add(&sum, &x)
		borrow := y.sub(&y, &sum)
		y[0] ^= carry<<9 | borrow<<3 | 1
		digest.Add(product[0] ^ product[7])
	}
	for i := range sum {
		digest.Add(sum[i])
	}
	return digest.Value()
}
