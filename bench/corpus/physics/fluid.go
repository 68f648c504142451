package main

import "goshawk/corpus/kernel"

type cell struct{ density, u, v float64 }

type tank struct {
	width, height int
	cells, next   []cell
}

func (t *tank) at(x, y int) *cell { return &t.cells[y*t.width+x] }

func mixCells(a, b *cell, f float64) cell {
	g := 1 - f
	return cell{
		a.density*g + b.density*f, a.u*g + b.u*f, a.v*g + b.v*f,
	}
}

// sample is the fluid between four cells.
func (t *tank) sample(x, y float64) cell {
	limit := func(v float64, n int) (int, float64) {
		if v < 0 {
			v = 0
		}
		if most := float64(n) - 1.001; v > most {
			v = most
		}
		i := int(v)
		return i, v - float64(i)
	}
	i, fx := limit(x, t.width)
	k, fy := limit(y, t.height)
	top := mixCells(t.at(i, k), t.at(i+1, k), fx)
	bottom := mixCells(t.at(i, k+1), t.at(i+1, k+1), fx)
	return mixCells(&top, &bottom, fy)
}

func (t *tank) advect(dt float64) {
	for y := 0; y < t.height; y++ {
		for x := 0; x < t.width; x++ {
			c := t.at(x, y)
			t.next[y*t.width+x] =
				t.sample(float64(x)-c.u*dt, float64(y)-c.v*dt)
		}
	}
	t.cells, t.next = t.next, t.cells
}

// diffuse averages each cell with its neighbours.
func (t *tank) diffuse(rate float64) {
	scale := 1 / (1 + 4*rate)
	for y := 1; y < t.height-1; y++ {
		for x := 1; x < t.width-1; x++ {
			c := t.at(x, y)
			sum := t.at(x-1, y).density + t.at(x+1, y).density +
				t.at(x, y-1).density + t.at(x, y+1).density
			c.density = (c.density + rate*sum) * scale
			c.u += 0.01 * (t.at(x-1, y).density - t.at(x+1, y).density)
			c.v += 0.01 * (t.at(x, y-1).density - t.at(x, y+1).density)
		}
	}
}

func fluidKernel() uint64 {
	var digest kernel.Digest
	t := tank{width: 40, height: 30}
	t.cells = make([]cell, t.width*t.height)
	t.next = make([]cell, t.width*t.height)
	for step := 0; step < 8; step++ {
		source := t.at(10, 10)
		source.density, source.u, source.v = 100, 4, 3
		t.diffuse(0.2)
		t.advect(0.5)
	}
	total := 0.0
	for i := range t.cells {
		total += t.cells[i].density
	}
	digest.Float(total)
	return digest.Value()
}
