package main

import (
	"math/cmplx"

	"goshawk/corpus/kernel"
)

// basin says which root of z*z*z = 1 Newton's method finds from z, and how
// soon.
func basin(z complex128, roots []complex128) (root, steps int) {
	for steps = 0; steps < 40; steps++ {
		square := z * z
		if square == 0 {
			return -1, steps
		}
		z -= (square*z - 1) / (3 * square)
		for i, r := range roots {
			diff := z - r
			if real(diff)*real(diff)+imag(diff)*imag(diff) < 1e-6 {
				return i, steps
			}
		}
	}
	return -1, steps
}

func newtonKernel() uint64 {
	const size = 140
	roots := []complex128{1, cmplx.Rect(1, 2.0943951), cmplx.Rect(1, -2.0943951)}
	var counts [3][40]int
	for y := 0; y < size; y++ {
		for x := 0; x < size; x++ {
			z := complex(float64(x)/size*3-1.49, float64(y)/size*3-1.47)
			if root, steps := basin(z, roots); root >= 0 {
				counts[root][steps]++
			}
		}
	}
	var d kernel.Digest
	for _, row := range counts {
		sum := 0
		for steps, n := range row {
			sum += steps * n / 32
		}
		d.Int(sum)
	}
	return d.Value()
}
