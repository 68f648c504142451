package main

import "goshawk/corpus/kernel"

const plate = 90

// spread calculates the next temperatures of all inner cells and returns the
// greatest change.
func spread(from, to [][]float64, rate float64) float64 {
	greatest := 0.0
	for y := 1; y < len(from)-1; y++ {
		for x := 1; x < len(from[y])-1; x++ {
			around := from[y-1][x] + from[y+1][x] + from[y][x-1] + from[y][x+1]
			change := rate * (around - 4*from[y][x])
			to[y][x] = from[y][x] + change
			if change < 0 {
				change = -change
			}
			if change > greatest {
				greatest = change
			}
		}
	}
	return greatest
}

// waves does the same for a wave in arrays of a fixed size.
func waves(steps int) float32 {
	var before, now, after [48][48]float32
	now[24][20] = 1
	for s := 0; s < steps; s++ {
		for y := 1; y < 47; y++ {
			for x := 1; x < 47; x++ {
				laplace := now[y][x-1] + now[y][x+1] + now[y-1][x] +
					now[y+1][x] - 4*now[y][x]
				after[y][x] = 2*now[y][x] - before[y][x] + 0.2*laplace
			}
		}
		before, now = now, after
	}
	var energy float32
	for _, row := range now {
		for _, v := range row {
			energy += v * v
		}
	}
	return energy
}

func heatKernel() uint64 {
	grid := func() [][]float64 {
		rows := make([][]float64, plate)
		for i := range rows {
			rows[i] = make([]float64, plate)
			rows[i][0] = 100
			rows[i][plate-1] = float64(i)
		}
		return rows
	}
	from, to := grid(), grid()
	var d kernel.Digest
	for i := 0; i < 30; i++ {
		if change := spread(from, to, 0.2); i%10 == 0 {
			d.Float(change)
		}
		from, to = to, from
	}
	d.Float(from[plate/2][plate/3])
	d.Int(int(waves(40) * 1e3))
	return d.Value()
}
