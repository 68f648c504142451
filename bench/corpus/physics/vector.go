package main

import "math"

type vector struct{ x, y, z float64 }

func (a vector) plus(b vector) vector {
	return vector{a.x + b.x, a.y + b.y, a.z + b.z}
}

func (a vector) minus(b vector) vector {
	return vector{a.x - b.x, a.y - b.y, a.z - b.z}
}

func (a vector) times(f float64) vector {
	return vector{a.x * f, a.y * f, a.z * f}
}

func (a vector) dot(b vector) float64 {
	return a.x*b.x + a.y*b.y + a.z*b.z
}

func (a vector) cross(b vector) vector {
	return vector{a.y*b.z - a.z*b.y, a.z*b.x - a.x*b.z, a.x*b.y - a.y*b.x}
}

func (a vector) length() float64 { return math.Sqrt(a.dot(a)) }

func (a vector) unit() vector { return a.times(1 / a.length()) }

// add changes its receiver.
func (a *vector) add(b vector, f float64) {
	a.x += b.x * f
	a.y += b.y * f
	a.z += b.z * f
}
