package main

import (
	"math/bits"

	"goshawk/corpus/kernel"
)

// element is a number modulo 2^255 - 19 in five limbs of 51 bits.
type element [5]uint64

const limbMask = 1<<51 - 1

// product is a sum of products of limbs.
type product struct{ lo, hi uint64 }

func (p product) plus(a, b uint64) product {
	hi, lo := bits.Mul64(a, b)
	lo, carry := bits.Add64(lo, p.lo, 0)
	hi, _ = bits.Add64(hi, p.hi, carry)
	return product{lo, hi}
}

func (p product) above51() uint64 { return p.hi<<(64-51) | p.lo>>51 }

func (e *element) carry() {
	c0, c1, c2, c3, c4 := e[0]>>51, e[1]>>51, e[2]>>51, e[3]>>51, e[4]>>51
	e[0] = e[0]&limbMask + c4*19
	e[1] = e[1]&limbMask + c0
	e[2] = e[2]&limbMask + c1
	e[3] = e[3]&limbMask + c2
	e[4] = e[4]&limbMask + c3
}

func (e *element) mul(a, b *element) {
	var sums [5]product
	for i := range sums {
		for k := range a {
			if rest := i - k; rest >= 0 {
				sums[i] = sums[i].plus(a[k], b[rest])
			} else {
				sums[i] = sums[i].plus(a[k]*19, b[rest+5])
			}
		}
	}
	e[0] = sums[0].lo&limbMask + sums[4].above51()*19
	for i := 1; i < 5; i++ {
		e[i] = sums[i].lo&limbMask + sums[i-1].above51()
	}
	e.carry()
}

func (e *element) add(a, b *element) {
	for i := range e {
		e[i] = a[i] + b[i]
	}
	e.carry()
}

// swap exchanges a and b if the bit is set, in the same time if not.
func swap(a, b *element, bit uint64) {
	mask := -bit
	for i := range a {
		t := mask & (a[i] ^ b[i])
		a[i] ^= t
		b[i] ^= t
	}
}

func fieldKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(13)
	var a, b, c element
	for i := range a {
		a[i], b[i] = r.Uint64()&limbMask, r.Uint64()&limbMask
	}
	for round := 0; round < 1200; round++ {
		c.mul(&a, &b)
		a.add(&a, &c)
		b.mul(&c, &c)
		swap(&a, &b, c[0]&1)
	}
	for i := range a {
		digest.Add(a[i])
		digest.Add(b[i])
	}
	return digest.Value()
}
