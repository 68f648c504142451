package main

import (
	"math/cmplx"

	"goshawk/corpus/kernel"
)

func evaluate(polynomial []complex128, at complex128) complex128 {
	var value complex128
	for i := len(polynomial) - 1; i >= 0; i-- {
		value = value*at + polynomial[i]
	}
	return value
}

// refine improves all roots at once, as Durand and Kerner do.
func refine(polynomial, roots []complex128) {
	for i, root := range roots {
		divisor := complex(1, 0)
		for k, other := range roots {
			if k != i {
				divisor *= root - other
			}
		}
		roots[i] = root - evaluate(polynomial, root)/divisor
	}
}

func rootsKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(22)
	for round := 0; round < 25; round++ {
		polynomial := make([]complex128, 9)
		for i := range polynomial[:8] {
			polynomial[i] = complex(float64(r.Intn(9)-4), 0)
		}
		polynomial[8] = 1
		roots := make([]complex128, 8)
		for i := range roots {
			roots[i] = cmplx.Pow(0.4+0.9i, complex(float64(i), 0))
		}
		for i := 0; i < 12; i++ {
			refine(polynomial, roots)
		}
		for _, root := range roots {
			digest.Int(int(cmplx.Abs(root) * 100))
		}
	}
	return digest.Value()
}
