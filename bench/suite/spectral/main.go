// Spectral computes the spectral norm of an infinite matrix: float divisions
// behind small calls.
package main

import (
	"math"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("spectral", 750, 240, func(size int) func() uint64 {
		return func() uint64 {
			result := harness.NewChecksum()
			result.Float(norm(size))
			return result.Value()
		}
	})
}

func element(i, j int) float64 {
	return 1 / float64((i+j)*(i+j+1)/2+i+1)
}

func times(v, out []float64) {
	for i := range out {
		sum := 0.0
		for j := range v {
			sum += element(i, j) * v[j]
		}
		out[i] = sum
	}
}

func timesTransposed(v, out []float64) {
	for i := range out {
		sum := 0.0
		for j := range v {
			sum += element(j, i) * v[j]
		}
		out[i] = sum
	}
}

func norm(n int) float64 {
	u := make([]float64, n)
	v := make([]float64, n)
	w := make([]float64, n)
	for i := range u {
		u[i] = 1
	}
	for i := 0; i < 10; i++ {
		times(u, w)
		timesTransposed(w, v)
		times(v, w)
		timesTransposed(w, u)
	}
	var uv, vv float64
	for i := range u {
		uv += u[i] * v[i]
		vv += v[i] * v[i]
	}
	return math.Sqrt(uv / vv)
}
