// Mandelbrot counts iterations per pixel: a tight loop of float
// multiplications and one comparison.
package main

import "goshawk/suite/harness"

const limit = 200

func main() {
	harness.Run("mandelbrot", 600, 190, func(size int) func() uint64 {
		return func() uint64 {
			result := harness.NewChecksum()
			for row := 0; row < size; row++ {
				sum := 0
				for column := 0; column < size; column++ {
					sum += escape(
						3*float64(column)/float64(size)-2,
						2*float64(row)/float64(size)-1)
				}
				result.Int(sum)
			}
			return result.Value()
		}
	})
}

// escape returns after how many steps the point leaves the circle of radius
// 2. The conversions keep products and sums apart on machines that would
// fuse them: a pixel at the border must not depend on that.
func escape(re, im float64) int {
	var x, y float64
	for i := 0; i < limit; i++ {
		xx, yy := float64(x*x), float64(y*y)
		if xx+yy > 4 {
			return i
		}
		xy := float64(x * y)
		x, y = xx-yy+re, xy+xy+im
	}
	return limit
}
