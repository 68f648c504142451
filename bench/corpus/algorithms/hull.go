package main

import (
	"math"
	"sort"

	"goshawk/corpus/kernel"
)

type pt struct{ x, y float64 }

func cross(o, a, b pt) float64 {
	return (a.x-o.x)*(b.y-o.y) - (a.y-o.y)*(b.x-o.x)
}

func hull(points []pt) []pt {
	sort.Slice(points, func(i, j int) bool {
		return points[i].x < points[j].x ||
			points[i].x == points[j].x && points[i].y < points[j].y
	})
	half := func(at func(i int) pt) (out []pt) {
		for i := range points {
			p := at(i)
			for len(out) > 1 && cross(out[len(out)-2], out[len(out)-1], p) <= 0 {
				out = out[:len(out)-1]
			}
			out = append(out, p)
		}
		return out[:len(out)-1]
	}
	lower := half(func(i int) pt { return points[i] })
	upper := half(func(i int) pt { return points[len(points)-1-i] })
	return append(lower, upper...)
}

func area(polygon []pt) float64 {
	sum := 0.0
	for i, p := range polygon {
		q := polygon[(i+1)%len(polygon)]
		sum += p.x*q.y - q.x*p.y
	}
	return math.Abs(sum) / 2
}

func inside(polygon []pt, p pt) bool {
	in := false
	j := len(polygon) - 1
	for i := range polygon {
		a, b := polygon[i], polygon[j]
		if (a.y > p.y) != (b.y > p.y) &&
			p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
			in = !in
		}
		j = i
	}
	return in
}

// closest returns the least distance of two points that are sorted by x.
func closest(points []pt) float64 {
	if len(points) <= 3 {
		best := math.Inf(1)
		for i := range points {
			for j := i + 1; j < len(points); j++ {
				dx, dy := points[i].x-points[j].x, points[i].y-points[j].y
				best = math.Min(best, math.Sqrt(dx*dx+dy*dy))
			}
		}
		return best
	}
	middle := len(points) / 2
	best := math.Min(closest(points[:middle]), closest(points[middle:]))
	var strip []pt
	for _, p := range points {
		if math.Abs(p.x-points[middle].x) < best {
			strip = append(strip, p)
		}
	}
	sort.Slice(strip, func(i, j int) bool { return strip[i].y < strip[j].y })
	for i := range strip {
		for j := i + 1; j < len(strip) && strip[j].y-strip[i].y < best; j++ {
			dx, dy := strip[i].x-strip[j].x, strip[i].y-strip[j].y
			best = math.Min(best, math.Sqrt(dx*dx+dy*dy))
		}
	}
	return best
}

// tour finds a short round trip by turning parts of it around.
func tour(points []pt) ([]int, float64) {
	n := len(points)
	dist := make([][]float64, n)
	order := make([]int, n)
	for i := range dist {
		order[i] = i
		dist[i] = make([]float64, n)
		for j := range dist[i] {
			dist[i][j] = math.Hypot(points[i].x-points[j].x,
				points[i].y-points[j].y)
		}
	}
	for better := true; better; {
		better = false
		for i := 0; i < n-1; i++ {
			for j := i + 2; j < n; j++ {
				a, b := order[i], order[i+1]
				c, e := order[j], order[(j+1)%n]
				if dist[a][c]+dist[b][e]+1e-9 < dist[a][b]+dist[c][e] {
					for p, q := i+1, j; p < q; p, q = p+1, q-1 {
						order[p], order[q] = order[q], order[p]
					}
					better = true
				}
			}
		}
	}
	length := 0.0
	for i := range order {
		length += dist[order[i]][order[(i+1)%n]]
	}
	return order, length
}

func hullKernel() uint64 {
	r := kernel.NewRand(62)
	points := make([]pt, 3000)
	for i := range points {
		points[i] = pt{r.Float64(), r.Float64() * r.Float64()}
	}
	var d kernel.Digest
	polygon := hull(points)
	d.Int(len(polygon))
	d.Float(area(polygon))
	d.Float(closest(points))
	in := 0
	for i := 0; i < 3000; i++ {
		if inside(polygon, pt{r.Float64() * 1.2, r.Float64()}) {
			in++
		}
	}
	d.Int(in)
	_, length := tour(points[:90])
	d.Int(int(length * 1e4))
	return d.Value()
}
