package main

import "goshawk/corpus/kernel"

// A world without borders: one byte for a cell, row after row.
type world struct {
	width, height int
	cells, around []uint8
}

func newWorld(width, height int) *world {
	n := width * height
	return &world{width, height, make([]uint8, n), make([]uint8, n)}
}

// live goes on by one generation and returns how many are alive then. The
// living tell their neighbours, so that empty regions cost little.
func (w *world) live() (population int) {
	for i := range w.around {
		w.around[i] = 0
	}
	for y := 0; y < w.height; y++ {
		above, below := y-1, y+1
		if y == 0 {
			above = w.height - 1
		}
		if below == w.height {
			below = 0
		}
		for x := 0; x < w.width; x++ {
			if w.cells[y*w.width+x] == 0 {
				continue
			}
			left, right := (x+w.width-1)%w.width, (x+1)%w.width
			for _, row := range [...]int{above, y, below} {
				w.around[row*w.width+left]++
				w.around[row*w.width+x]++
				w.around[row*w.width+right]++
			}
		}
	}
	// A cell that is alive has told itself, too.
	for i, n := range w.around {
		switch n {
		case 3:
			w.cells[i] = 1
		case 4:
		default:
			w.cells[i] = 0
		}
		population += int(w.cells[i])
	}
	return population
}

// rule runs an elementary automaton.
func rule(number uint8, width, steps int) (ones int) {
	row, next := make([]uint8, width), make([]uint8, width)
	row[width/2] = 1
	for s := 0; s < steps; s++ {
		for i := 1; i < width-1; i++ {
			pattern := row[i-1]<<2 | row[i]<<1 | row[i+1]
			next[i] = number >> pattern & 1
			ones += int(next[i])
		}
		row, next = next, row
	}
	return ones
}

// ant is Langton's, on an endless plane.
func ant(steps int) int {
	black := map[[2]int16]bool{}
	var at [2]int16
	dx, dy := int16(0), int16(-1)
	for i := 0; i < steps; i++ {
		if black[at] {
			dx, dy = dy, -dx
			delete(black, at)
		} else {
			dx, dy = -dy, dx
			black[at] = true
		}
		at[0] += dx
		at[1] += dy
	}
	return len(black)
}

func lifeKernel() uint64 {
	r := kernel.NewRand(55)
	w := newWorld(96, 64)
	for i := range w.cells {
		if r.Intn(3) == 0 {
			w.cells[i] = 1
		}
	}
	var d kernel.Digest
	for i := 0; i < 30; i++ {
		d.Int(w.live())
	}
	for _, number := range []uint8{30, 90, 110} {
		d.Int(rule(number, 200, 150))
	}
	d.Int(ant(6000))
	return d.Value()
}
