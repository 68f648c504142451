package main

import (
	"math"

	"goshawk/corpus/kernel"
)

type point struct {
	x, y    float64
	cluster int
}

type centroid struct {
	x, y  float64
	count int
}

// assign moves points to their nearest centroid and counts those that moved.
func assign(points []point, centroids []centroid) (moved int) {
	for i := range points {
		p := &points[i]
		best, nearest := math.MaxFloat64, 0
		for k, c := range centroids {
			dx, dy := p.x-c.x, p.y-c.y
			if dist := dx*dx + dy*dy; dist < best {
				best, nearest = dist, k
			}
		}
		if nearest != p.cluster {
			p.cluster = nearest
			moved++
		}
	}
	return moved
}

func recenter(points []point, centroids []centroid) {
	for k := range centroids {
		centroids[k] = centroid{}
	}
	for _, p := range points {
		c := &centroids[p.cluster]
		c.x += p.x
		c.y += p.y
		c.count++
	}
	for k := range centroids {
		if c := &centroids[k]; c.count > 0 {
			c.x /= float64(c.count)
			c.y /= float64(c.count)
		}
	}
}

func kmeansKernel() uint64 {
	r := kernel.NewRand(3)
	points := make([]point, 5000)
	for i := range points {
		angle := float64(r.Intn(7))
		points[i] = point{
			x: math.Cos(angle) + 0.3*r.Float64(),
			y: math.Sin(angle) + 0.3*r.Float64(),
		}
	}
	centroids := make([]centroid, 7)
	for k := range centroids {
		p := points[k*31]
		centroids[k] = centroid{p.x, p.y, 0}
	}
	var d kernel.Digest
	for round := 0; round < 12; round++ {
		moved := assign(points, centroids)
		recenter(points, centroids)
		d.Int(moved)
		if moved == 0 {
			break
		}
	}
	for _, c := range centroids {
		d.Float(c.x)
		d.Float(c.y)
		d.Int(c.count)
	}
	return d.Value()
}
