// Matmul multiplies square matrices of floats kept as slices of slices:
// bounds checks and strided loads.
package main

import "goshawk/suite/harness"

func main() {
	harness.Run("matmul", 300, 140, func(size int) func() uint64 {
		random := harness.NewRandom()
		a, b := matrix(size, random), matrix(size, random)
		return func() uint64 {
			product := multiply(a, b)
			result := harness.NewChecksum()
			for _, row := range product {
				sum := 0.0
				for _, value := range row {
					sum += value
				}
				result.Float(sum)
			}
			return result.Value()
		}
	})
}

func matrix(n int, random *harness.Random) [][]float64 {
	rows := make([][]float64, n)
	for i := range rows {
		rows[i] = make([]float64, n)
		for j := range rows[i] {
			rows[i][j] = random.Unit()
		}
	}
	return rows
}

func multiply(a, b [][]float64) [][]float64 {
	product := make([][]float64, len(a))
	for i := range product {
		product[i] = make([]float64, len(b[0]))
		for j := range product[i] {
			sum := 0.0
			for k := range b {
				sum += a[i][k] * b[k][j]
			}
			product[i][j] = sum
		}
	}
	return product
}
