package main

import (
	"math"

	"goshawk/corpus/kernel"
)

type noise struct {
	perm [512]uint8
}

func newNoise(seed uint64) *noise {
	n := new(noise)
	r := kernel.NewRand(seed)
	for i := 0; i < 256; i++ {
		n.perm[i] = uint8(i)
	}
	for i := 255; i > 0; i-- {
		j := r.Intn(i + 1)
		n.perm[i], n.perm[j] = n.perm[j], n.perm[i]
	}
	copy(n.perm[256:], n.perm[:256])
	return n
}

func fade(t float64) float64       { return t * t * t * (t*(t*6-15) + 10) }
func lerp(t, a, b float64) float64 { return a + t*(b-a) }

func grad(hash uint8, x, y float64) float64 {
	switch hash & 7 {
	case 0:
		return x + y
	case 1:
		return x - y
	case 2:
		return -x + y
	case 3:
		return -x - y
	case 4:
		return x
	case 5:
		return -x
	case 6:
		return y
	}
	return -y
}

func (n *noise) at(x, y float64) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	xi, yi := int(fx)&255, int(fy)&255
	x -= fx
	y -= fy
	u, v := fade(x), fade(y)
	a := int(n.perm[xi]) + yi
	b := int(n.perm[xi+1]) + yi
	return lerp(v,
		lerp(u, grad(n.perm[a], x, y), grad(n.perm[b], x-1, y)),
		lerp(u, grad(n.perm[a+1], x, y-1), grad(n.perm[b+1], x-1, y-1)))
}

// octaves adds finer and finer noise.
func (n *noise) octaves(x, y float64, count int) float64 {
	sum, amplitude, total := 0.0, 1.0, 0.0
	for i := 0; i < count; i++ {
		sum += amplitude * n.at(x, y)
		total += amplitude
		amplitude *= 0.5
		x *= 2
		y *= 2
	}
	return sum / total
}

func perlinKernel() uint64 {
	const size = 160
	n := newNoise(4)
	var levels [16]int
	for y := 0; y < size; y++ {
		for x := 0; x < size; x++ {
			v := n.octaves(float64(x)/17.3, float64(y)/17.3, 4)
			level := int((v + 1) * 8)
			if level < 0 {
				level = 0
			} else if level > 15 {
				level = 15
			}
			levels[level]++
		}
	}
	var d kernel.Digest
	for _, count := range levels {
		d.Int(count)
	}
	return d.Value()
}
