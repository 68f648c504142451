package main

import (
	"math"

	"goshawk/corpus/kernel"
)

type gray struct {
	width, height int
	pix           []uint8
}

func (g *gray) at(x, y int) uint8 {
	if x < 0 {
		x = 0
	} else if x >= g.width {
		x = g.width - 1
	}
	if y < 0 {
		y = 0
	} else if y >= g.height {
		y = g.height - 1
	}
	return g.pix[y*g.width+x]
}

// box averages squares of three by three.
func (g *gray) box() *gray {
	out := &gray{g.width, g.height, make([]uint8, len(g.pix))}
	for y := 0; y < g.height; y++ {
		for x := 0; x < g.width; x++ {
			sum := 0
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					sum += int(g.at(x+dx, y+dy))
				}
			}
			out.pix[y*g.width+x] = uint8(sum / 9)
		}
	}
	return out
}

// dither reduces to black and white, and hands errors on to the neighbours.
func (g *gray) dither() (white int) {
	row, next := make([]int, g.width+2), make([]int, g.width+2)
	for y := 0; y < g.height; y++ {
		for x, v := range g.pix[y*g.width : (y+1)*g.width] {
			value := int(v) + row[x+1]/16
			wrong := value
			if value > 127 {
				wrong -= 255
				white++
			}
			row[x+2] += wrong * 7
			next[x] += wrong * 3
			next[x+1] += wrong * 5
			next[x+2] += wrong
		}
		row, next = next, row
		for i := range next {
			next[i] = 0
		}
	}
	return white
}

func gaussian(radius int, sigma float64) []float32 {
	weights := make([]float32, 2*radius+1)
	var sum float32
	for i := range weights {
		x := float64(i - radius)
		weights[i] = float32(math.Exp(-x * x / (2 * sigma * sigma)))
		sum += weights[i]
	}
	for i := range weights {
		weights[i] /= sum
	}
	return weights
}

// convolve blurs rows and writes them as columns, so that two calls do both.
func convolve(src, dst []float32, width, height int, weights []float32) {
	radius := len(weights) / 2
	for y := 0; y < height; y++ {
		row := src[y*width : (y+1)*width]
		for x := range row {
			var sum float32
			for i, w := range weights {
				at := x + i - radius
				if at >= 0 && at < len(row) {
					sum += w * row[at]
				}
			}
			dst[x*height+y] = sum
		}
	}
}

func blurKernel() uint64 {
	const width, height = 140, 100
	r := kernel.NewRand(5)
	g := &gray{width, height, make([]uint8, width*height)}
	soft := make([]float32, len(g.pix))
	for i := range g.pix {
		g.pix[i] = uint8(r.Uint64() >> 56)
		soft[i] = float32(g.pix[i]) / 255
	}
	var d kernel.Digest
	g = g.box().box()
	d.Bytes(g.pix[:width])
	d.Int(g.dither())
	other := make([]float32, len(soft))
	weights := gaussian(4, 1.8)
	convolve(soft, other, width, height, weights)
	convolve(other, soft, height, width, weights)
	for i := 0; i < len(soft); i += 97 {
		d.Int(int(soft[i] * 1e4))
	}
	return d.Value()
}
