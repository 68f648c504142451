package main

import (
	"sort"

	"goshawk/corpus/kernel"
)

type triangle struct{ a, b, c vector }

// hit is how far along the ray the triangle is; below 0 if it is not.
func (t *triangle) hit(origin, direction vector) float64 {
	const tiny = 1e-9
	ab, ac := t.b.minus(t.a), t.c.minus(t.a)
	p := direction.cross(ac)
	determinant := ab.dot(p)
	if determinant > -tiny && determinant < tiny {
		return -1
	}
	inverse := 1 / determinant
	s := origin.minus(t.a)
	u := s.dot(p) * inverse
	if u < 0 || u > 1 {
		return -1
	}
	q := s.cross(ab)
	v := direction.dot(q) * inverse
	if v < 0 || u+v > 1 {
		return -1
	}
	return ac.dot(q) * inverse
}

type corner struct{ x, y float64 }

func turn(a, b, c corner) float64 {
	return (b.x-a.x)*(c.y-a.y) - (b.y-a.y)*(c.x-a.x)
}

// hull is the upper half of the convex hull.
func hull(points []corner) []corner {
	sort.Slice(points, func(i, k int) bool { return points[i].x < points[k].x })
	var chain []corner
	for _, p := range points {
		for len(chain) > 1 && turn(chain[len(chain)-2], chain[len(chain)-1], p) >= 0 {
			chain = chain[:len(chain)-1]
		}
		chain = append(chain, p)
	}
	return chain
}

func area(polygon []corner) float64 {
	sum := 0.0
	for i, a := range polygon {
		b := polygon[(i+1)%len(polygon)]
		sum += a.x*b.y - b.x*a.y
	}
	return sum / 2
}

func contains(polygon []corner, p corner) bool {
	inside := false
	for i, k := 0, len(polygon)-1; i < len(polygon); k, i = i, i+1 {
		a, b := polygon[i], polygon[k]
		if (a.y > p.y) != (b.y > p.y) &&
			p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
			inside = !inside
		}
	}
	return inside
}

func geometryKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(23)
	triangles := make([]triangle, 60)
	random := func() vector {
		return vector{r.Float64(), r.Float64(), r.Float64()}
	}
	for i := range triangles {
		triangles[i] = triangle{random(), random(), random()}
	}
	for ray := 0; ray < 100; ray++ {
		direction := random()
		nearest := 1e9
		for i := range triangles {
			d := triangles[i].hit(vector{-1, -1, -1}, direction)
			if d > 0 && d < nearest {
				nearest = d
			}
		}
		digest.Float(nearest)
	}
	points := make([]corner, 1500)
	for i := range points {
		points[i] = corner{r.Float64(), r.Float64()}
	}
	polygon := hull(points)
	digest.Float(area(polygon))
	for _, p := range points {
		if contains(polygon, p) {
			digest.Float(p.x)
		}
	}
	return digest.Value()
}
