package main

import (
	"math"
	"math/bits"
	"math/cmplx"

	"goshawk/corpus/kernel"
)

// fft transforms a in place; its length is a power of two.
func fft(a []complex128, inverse bool) {
	n := len(a)
	shift := 64 - uint(bits.TrailingZeros(uint(n)))
	for i := range a {
		j := int(bits.Reverse64(uint64(i)) >> shift)
		if i < j {
			a[i], a[j] = a[j], a[i]
		}
	}
	for size := 2; size <= n; size *= 2 {
		angle := -2 * math.Pi / float64(size)
		if inverse {
			angle = -angle
		}
		step := cmplx.Rect(1, angle)
		for start := 0; start < n; start += size {
			w := complex(1, 0)
			for k := start; k < start+size/2; k++ {
				even, odd := a[k], w*a[k+size/2]
				a[k] = even + odd
				a[k+size/2] = even - odd
				w *= step
			}
		}
	}
	if inverse {
		for i := range a {
			a[i] /= complex(float64(n), 0)
		}
	}
}

func fftKernel() uint64 {
	var d kernel.Digest
	signal := make([]complex128, 16384)
	for i := range signal {
		t := float64(i) / float64(len(signal))
		signal[i] = complex(math.Sin(40*t)+0.3*math.Cos(900*t*t), 0)
	}
	fft(signal, false)
	for i, v := range signal {
		// A low pass.
		if i > 300 && i < len(signal)-300 {
			signal[i] = 0
		} else if i%16 == 0 {
			d.Int(int(cmplx.Abs(v) * 100))
		}
	}
	fft(signal, true)
	for i := 0; i < len(signal); i += 64 {
		d.Int(int(real(signal[i]) * 1e6))
	}
	return d.Value()
}

// hartley is a fast transform of real numbers, with two slices for the parts
// and a table of sines.
func hartley(re, im, sines []float64) {
	n := len(re)
	j := 0
	for i := 1; i < n; i++ {
		bit := n >> 1
		for ; j&bit != 0; bit >>= 1 {
			j ^= bit
		}
		j |= bit
		if i < j {
			re[i], re[j] = re[j], re[i]
			im[i], im[j] = im[j], im[i]
		}
	}
	quarter := n / 4
	for half, stride := 1, n/2; half < n; half, stride = half*2, stride/2 {
		for i := 0; i < n; i += 2 * half {
			for k, at := 0, 0; k < half; k, at = k+1, at+stride {
				c, s := sines[at+quarter], -sines[at]
				p, q := i+k, i+k+half
				tr := re[q]*c - im[q]*s
				ti := re[q]*s + im[q]*c
				re[q], im[q] = re[p]-tr, im[p]-ti
				re[p] += tr
				im[p] += ti
			}
		}
	}
}

func realFFTKernel() uint64 {
	const n = 2048
	var d kernel.Digest
	r := kernel.NewRand(2)
	sines := make([]float64, n)
	for i := range sines {
		sines[i] = math.Sin(2 * math.Pi * float64(i) / n)
	}
	re, im := make([]float64, n), make([]float64, n)
	for block := 0; block < 16; block++ {
		for i := range re {
			window := 0.5 - 0.5*sines[(i+n/4)%n]
			re[i], im[i] = window*(r.Float64()-0.5), 0
		}
		hartley(re, im, sines)
		peak, where := 0.0, 0
		for i := 1; i < n/2; i++ {
			if power := re[i]*re[i] + im[i]*im[i]; power > peak {
				peak, where = power, i
			}
		}
		d.Int(where)
		d.Float(peak)
	}
	return d.Value()
}
