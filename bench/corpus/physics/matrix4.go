package main

import "goshawk/corpus/kernel"

type matrix4 [16]float64

func (m *matrix4) multiply(a, b *matrix4) {
	for row := 0; row < 4; row++ {
		for column := 0; column < 4; column++ {
			m[row*4+column] = a[row*4]*b[column] + a[row*4+1]*b[4+column] +
				a[row*4+2]*b[8+column] + a[row*4+3]*b[12+column]
		}
	}
}

// apply projects a point.
func (m *matrix4) apply(p vector) vector {
	x := m[0]*p.x + m[1]*p.y + m[2]*p.z + m[3]
	y := m[4]*p.x + m[5]*p.y + m[6]*p.z + m[7]
	z := m[8]*p.x + m[9]*p.y + m[10]*p.z + m[11]
	w := m[12]*p.x + m[13]*p.y + m[14]*p.z + m[15]
	return vector{x / w, y / w, z / w}
}

func (m *matrix4) determinant3() float64 {
	return m[0]*(m[5]*m[10]-m[6]*m[9]) -
		m[1]*(m[4]*m[10]-m[6]*m[8]) +
		m[2]*(m[4]*m[9]-m[5]*m[8])
}

func matrix4Kernel() uint64 {
	var digest kernel.Digest
	m := matrix4{0.9, 0.1, 0, 0, -0.1, 0.9, 0.2, 0, 0, -0.2, 0.9, 1, 0, 0, 0.01, 1}
	var total matrix4
	for i := 0; i < 16; i += 5 {
		total[i] = 1
	}
	points := make([]vector, 64)
	for i := range points {
		points[i] = vector{float64(i), float64(i * i % 17), float64(i % 5)}
	}
	for round := 0; round < 60; round++ {
		next := total
		total.multiply(&m, &next)
		for i := range points {
			points[i] = total.apply(points[i])
		}
		digest.Float(total.determinant3())
	}
	for _, p := range points {
		digest.Float(p.dot(p))
	}
	return digest.Value()
}
