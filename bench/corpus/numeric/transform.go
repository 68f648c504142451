package main

import (
	"math"

	"goshawk/corpus/kernel"
)

type mat4 [4][4]float32

type vec4 [4]float32

func identity() (m mat4) {
	for i := range m {
		m[i][i] = 1
	}
	return m
}

func (m mat4) then(n *mat4) (out mat4) {
	for i := 0; i < 4; i++ {
		for j := 0; j < 4; j++ {
			out[i][j] = m[i][0]*n[0][j] + m[i][1]*n[1][j] +
				m[i][2]*n[2][j] + m[i][3]*n[3][j]
		}
	}
	return out
}

func (m *mat4) apply(v vec4) (out vec4) {
	for i := range out {
		for j, x := range v {
			out[i] += m[i][j] * x
		}
	}
	return out
}

func rotateY(angle float64) mat4 {
	m := identity()
	s, c := math.Sincos(angle)
	m[0][0], m[0][2] = float32(c), float32(s)
	m[2][0], m[2][2] = float32(-s), float32(c)
	return m
}

func translate(x, y, z float32) mat4 {
	m := identity()
	m[0][3], m[1][3], m[2][3] = x, y, z
	return m
}

type triangle struct {
	corners [3]vec4
	shade   uint8
}

type screen struct {
	width, height int
	depth         []float32
	color         []uint8
}

func edge(ax, ay, bx, by, px, py float32) float32 {
	return (bx-ax)*(py-ay) - (by-ay)*(px-ax)
}

// draw fills a triangle that faces us, as far as nothing is nearer.
func (s *screen) draw(t *triangle, view *mat4) {
	var x, y, z [3]float32
	for i, corner := range t.corners {
		v := view.apply(corner)
		if v[2] < 0.1 {
			return
		}
		x[i] = (v[0]/v[2] + 1) * float32(s.width) / 2
		y[i] = (v[1]/v[2] + 1) * float32(s.height) / 2
		z[i] = v[2]
	}
	area := edge(x[0], y[0], x[1], y[1], x[2], y[2])
	if area <= 0 {
		return
	}
	for py := 0; py < s.height; py++ {
		for px := 0; px < s.width; px++ {
			fx, fy := float32(px), float32(py)
			a := edge(x[1], y[1], x[2], y[2], fx, fy)
			b := edge(x[2], y[2], x[0], y[0], fx, fy)
			c := edge(x[0], y[0], x[1], y[1], fx, fy)
			if a < 0 || b < 0 || c < 0 {
				continue
			}
			depth := (a*z[0] + b*z[1] + c*z[2]) / area
			if at := py*s.width + px; depth < s.depth[at] {
				s.depth[at], s.color[at] = depth, t.shade
			}
		}
	}
}

func transformKernel() uint64 {
	r := kernel.NewRand(6)
	s := &screen{width: 48, height: 32}
	s.color = make([]uint8, s.width*s.height)
	for range s.color {
		s.depth = append(s.depth, 1e9)
	}
	triangles := make([]triangle, 40)
	for i := range triangles {
		for k := range triangles[i].corners {
			triangles[i].corners[k] = vec4{
				float32(r.Float64()*4 - 2), float32(r.Float64()*4 - 2),
				float32(r.Float64()*4 - 2), 1,
			}
		}
		triangles[i].shade = uint8(i + 1)
	}
	move := translate(0, 0, 4)
	for frame := 0; frame < 10; frame++ {
		turn := rotateY(float64(frame) * 0.7)
		view := move.then(&turn)
		for i := range triangles {
			s.draw(&triangles[i], &view)
		}
	}
	var d kernel.Digest
	d.Bytes(s.color)
	return d.Value()
}
