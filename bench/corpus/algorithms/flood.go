package main

import (
	"strings"

	"goshawk/corpus/kernel"
)

type place struct{ x, y int }

type canvas [][]byte

func (c canvas) String() string {
	rows := make([]string, len(c))
	for i, row := range c {
		rows[i] = string(row)
	}
	return strings.Join(rows, "\n")
}

// fill paints all that is connected with (x, y), using a queue.
func (c canvas) fill(x, y int, paint byte) (size int) {
	old := c[y][x]
	if old == paint {
		return 0
	}
	c[y][x] = paint
	queue := []place{{x, y}}
	for len(queue) > 0 {
		p := queue[0]
		queue = queue[1:]
		size++
		for dy := -1; dy <= 1; dy++ {
			for dx := -1; dx <= 1; dx++ {
				nx, ny := p.x+dx, p.y+dy
				if dx*dy != 0 || ny < 0 || ny >= len(c) ||
					nx < 0 || nx >= len(c[ny]) || c[ny][nx] != old {
					continue
				}
				c[ny][nx] = paint
				queue = append(queue, place{nx, ny})
			}
		}
	}
	return size
}

// burn does the same by recursion.
func (c canvas) burn(x, y int) int {
	if y < 0 || y >= len(c) || x < 0 || x >= len(c[y]) || c[y][x] != '#' {
		return 0
	}
	c[y][x] = ' '
	return 1 + c.burn(x+1, y) + c.burn(x-1, y) + c.burn(x, y+1) + c.burn(x, y-1)
}

// maze is carved with a stack, from a solid block.
func maze(width, height int, r *kernel.Rand) canvas {
	c := make(canvas, height)
	for y := range c {
		c[y] = []byte(strings.Repeat("#", width))
	}
	c[1][1] = ' '
	stack := []place{{1, 1}}
	for len(stack) > 0 {
		p := stack[len(stack)-1]
		var choices []place
		for _, q := range []place{{p.x + 2, p.y}, {p.x - 2, p.y},
			{p.x, p.y + 2}, {p.x, p.y - 2}} {
			if q.x > 0 && q.y > 0 && q.x < width-1 && q.y < height-1 &&
				c[q.y][q.x] == '#' {
				choices = append(choices, q)
			}
		}
		if len(choices) == 0 {
			stack = stack[:len(stack)-1]
			continue
		}
		q := choices[r.Intn(len(choices))]
		c[(p.y+q.y)/2][(p.x+q.x)/2] = ' '
		c[q.y][q.x] = ' '
		stack = append(stack, q)
	}
	return c
}

func floodKernel() uint64 {
	r := kernel.NewRand(54)
	var d kernel.Digest
	c := maze(151, 101, r)
	d.Text(c.String())
	d.Int(c.fill(1, 1, '.'))
	c.fill(2, 0, 'x')
	spots := make(canvas, 120)
	for y := range spots {
		spots[y] = make([]byte, 150)
		for x := range spots[y] {
			spots[y][x] = "#. "[r.Intn(5)/2]
		}
	}
	for y, row := range spots {
		for x := range row {
			if row[x] == '#' {
				d.Int(spots.burn(x, y))
			} else if row[x] == '.' && x%8 == 0 {
				d.Int(spots.fill(x, y, '-'))
			}
		}
	}
	return d.Value()
}
