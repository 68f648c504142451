package main

import (
	"math"

	"goshawk/corpus/kernel"
)

type vec struct{ x, y, z float64 }

func (a vec) add(b vec) vec           { return vec{a.x + b.x, a.y + b.y, a.z + b.z} }
func (a vec) sub(b vec) vec           { return vec{a.x - b.x, a.y - b.y, a.z - b.z} }
func (a vec) scale(f float64) vec     { return vec{a.x * f, a.y * f, a.z * f} }
func (a vec) dot(b vec) float64       { return a.x*b.x + a.y*b.y + a.z*b.z }
func (a vec) length() float64         { return math.Sqrt(a.dot(a)) }
func (a vec) unit() vec               { return a.scale(1 / a.length()) }
func (a vec) reflect(normal vec) vec  { return a.sub(normal.scale(2 * a.dot(normal))) }
func (r ray) at(distance float64) vec { return r.origin.add(r.dir.scale(distance)) }

type ray struct{ origin, dir vec }

type material struct {
	color   vec
	mirror  float64
	checker bool
}

type hit struct {
	distance      float64
	point, normal vec
	material      *material
}

type object interface {
	intersect(r ray, nearest float64) (hit, bool)
}

type sphere struct {
	center   vec
	radius   float64
	material material
}

type floor struct {
	height   float64
	material material
}

func (s *sphere) intersect(r ray, nearest float64) (hit, bool) {
	oc := r.origin.sub(s.center)
	b := oc.dot(r.dir)
	disc := b*b - oc.dot(oc) + s.radius*s.radius
	if disc < 0 {
		return hit{}, false
	}
	t := -b - math.Sqrt(disc)
	if t < 1e-4 || t > nearest {
		return hit{}, false
	}
	p := r.at(t)
	return hit{t, p, p.sub(s.center).unit(), &s.material}, true
}

func (f *floor) intersect(r ray, nearest float64) (hit, bool) {
	if math.Abs(r.dir.y) < 1e-9 {
		return hit{}, false
	}
	t := (f.height - r.origin.y) / r.dir.y
	if t < 1e-4 || t > nearest {
		return hit{}, false
	}
	return hit{t, r.at(t), vec{0, 1, 0}, &f.material}, true
}

type scene struct {
	objects []object
	light   vec
}

func (s *scene) nearest(r ray) (best hit, found bool) {
	best.distance = math.Inf(1)
	for _, o := range s.objects {
		if h, ok := o.intersect(r, best.distance); ok {
			best, found = h, true
		}
	}
	return best, found
}

func (s *scene) trace(r ray, depth int) vec {
	h, ok := s.nearest(r)
	if !ok {
		return vec{0.4, 0.6, 0.9}.scale(0.5 + 0.5*r.dir.y)
	}
	color := h.material.color
	if h.material.checker {
		if (int(math.Floor(h.point.x))+int(math.Floor(h.point.z)))&1 == 0 {
			color = color.scale(0.3)
		}
	}
	toLight := s.light.sub(h.point).unit()
	bright := 0.1
	if _, shadow := s.nearest(ray{h.point, toLight}); !shadow {
		bright += math.Max(0, h.normal.dot(toLight))
	}
	color = color.scale(bright)
	if h.material.mirror > 0 && depth > 0 {
		seen := s.trace(ray{h.point, r.dir.reflect(h.normal)}, depth-1)
		m := h.material.mirror
		color = color.scale(1 - m).add(seen.scale(m))
	}
	return color
}

func raytraceKernel() uint64 {
	const width, height = 108, 74
	s := &scene{light: vec{5, 8, -6}}
	s.objects = append(s.objects, &floor{-1, material{vec{1, 1, 1}, 0.2, true}})
	for i := 0; i < 5; i++ {
		at := vec{float64(i-2) * 1.4, 0.2 * float64(i%3), 4 + float64(i%2)}
		s.objects = append(s.objects, &sphere{at, 0.8,
			material{vec{0.2 * float64(i), 0.5, 0.9}, 0.3, false}})
	}
	var sum vec
	for y := 0; y < height; y++ {
		for x := 0; x < width; x++ {
			dir := vec{float64(x-width/2) / width, float64(height/2-y) / height, 1}
			sum = sum.add(s.trace(ray{vec{0, 0.5, -2}, dir.unit()}, 3))
		}
	}
	var d kernel.Digest
	d.Int(int(sum.x))
	d.Int(int(sum.y))
	d.Int(int(sum.z))
	return d.Value()
}
