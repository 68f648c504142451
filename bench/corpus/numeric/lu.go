package main

import (
	"errors"
	"math"

	"goshawk/corpus/kernel"
)

var errSingular = errors.New("matrix is singular")

// Matrix is a square matrix, stored row after row.
type Matrix struct {
	n    int
	data []float64
}

// NewMatrix returns a matrix of zeros.
func NewMatrix(n int) *Matrix {
	return &Matrix{n: n, data: make([]float64, n*n)}
}

// At returns an element.
func (m *Matrix) At(i, j int) float64 { return m.data[i*m.n+j] }

// Set changes an element.
func (m *Matrix) Set(i, j int, v float64) { m.data[i*m.n+j] = v }

// Decompose replaces m by its LU decomposition with partial pivoting and
// returns the order of the rows.
func (m *Matrix) Decompose() ([]int, error) {
	order := make([]int, m.n)
	for i := range order {
		order[i] = i
	}
	for k := 0; k < m.n; k++ {
		pivot, best := k, math.Abs(m.At(k, k))
		for i := k + 1; i < m.n; i++ {
			if v := math.Abs(m.At(i, k)); v > best {
				pivot, best = i, v
			}
		}
		if best < 1e-12 {
			return nil, errSingular
		}
		if pivot != k {
			order[k], order[pivot] = order[pivot], order[k]
			for j := 0; j < m.n; j++ {
				a, b := m.At(k, j), m.At(pivot, j)
				m.Set(k, j, b)
				m.Set(pivot, j, a)
			}
		}
		top := m.data[k*m.n : (k+1)*m.n]
		for i := k + 1; i < m.n; i++ {
			row := m.data[i*m.n : (i+1)*m.n]
			factor := row[k] / top[k]
			row[k] = factor
			for j := k + 1; j < m.n; j++ {
				row[j] -= factor * top[j]
			}
		}
	}
	return order, nil
}

// Solve finds x of m*x = b, where m has been decomposed.
func (m *Matrix) Solve(order []int, b []float64) []float64 {
	x := make([]float64, m.n)
	for i := range x {
		sum := b[order[i]]
		for j := 0; j < i; j++ {
			sum -= m.At(i, j) * x[j]
		}
		x[i] = sum
	}
	for i := m.n - 1; i >= 0; i-- {
		sum := x[i]
		for j := i + 1; j < m.n; j++ {
			sum -= m.At(i, j) * x[j]
		}
		x[i] = sum / m.At(i, i)
	}
	return x
}

func luKernel() uint64 {
	var d kernel.Digest
	r := kernel.NewRand(1)
	m := NewMatrix(130)
	for i := range m.data {
		m.data[i] = r.Float64() - 0.5
	}
	order, err := m.Decompose()
	if err != nil {
		panic(err)
	}
	b := make([]float64, m.n)
	for try := 0; try < 8; try++ {
		for i := range b {
			b[i] = float64(i%(try+2)) + 1
		}
		for _, v := range m.Solve(order, b) {
			d.Float(v)
		}
	}
	return d.Value()
}
