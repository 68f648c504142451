package main

import "goshawk/corpus/kernel"

// csr is a sparse matrix in compressed rows.
type csr struct {
	start  []int32
	column []int32
	value  []float64
}

func (m *csr) multiply(x, y []float64) {
	for i := range y {
		sum := 0.0
		for k := m.start[i]; k < m.start[i+1]; k++ {
			sum += m.value[k] * x[m.column[k]]
		}
		y[i] = sum
	}
}

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// axpy adds f times x to y.
func axpy(f float64, x, y []float64) {
	for i := range x {
		y[i] += f * x[i]
	}
}

// poisson is the matrix of a grid's differences with its neighbours.
func poisson(side int) *csr {
	m := &csr{start: []int32{0}}
	put := func(column int, value float64) {
		m.column = append(m.column, int32(column))
		m.value = append(m.value, value)
	}
	for y := 0; y < side; y++ {
		for x := 0; x < side; x++ {
			at := y*side + x
			if y > 0 {
				put(at-side, -1)
			}
			if x > 0 {
				put(at-1, -1)
			}
			put(at, 4)
			if x < side-1 {
				put(at+1, -1)
			}
			if y < side-1 {
				put(at+side, -1)
			}
			m.start = append(m.start, int32(len(m.column)))
		}
	}
	return m
}

// conjugateGradient solves m*x = b and returns the number of steps, too.
func conjugateGradient(m *csr, b []float64, limit int) ([]float64, int) {
	x := make([]float64, len(b))
	residue := append([]float64(nil), b...)
	p := append([]float64(nil), b...)
	mp := make([]float64, len(b))
	square := dot(residue, residue)
	for step := 0; step < limit; step++ {
		m.multiply(p, mp)
		alpha := square / dot(p, mp)
		axpy(alpha, p, x)
		axpy(-alpha, mp, residue)
		next := dot(residue, residue)
		if next < 1e-9 {
			return x, step
		}
		beta := next / square
		for i := range p {
			p[i] = residue[i] + beta*p[i]
		}
		square = next
	}
	return x, limit
}

func sparseKernel() uint64 {
	const side = 40
	m := poisson(side)
	b := make([]float64, side*side)
	b[side*side/2+side/3] = 1
	b[side+5] = -0.5
	x, steps := conjugateGradient(m, b, 35)
	var d kernel.Digest
	d.Int(steps)
	for i := 0; i < len(x); i += 41 {
		d.Int(int(x[i] * 1e5))
	}
	return d.Value()
}
