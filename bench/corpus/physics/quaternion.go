package main

import (
	"math"

	"goshawk/corpus/kernel"
)

type quaternion struct {
	w float64
	v vector
}

func rotation(axis vector, angle float64) quaternion {
	sin, cos := math.Sincos(angle / 2)
	return quaternion{cos, axis.unit().times(sin)}
}

func (q quaternion) times(p quaternion) quaternion {
	v := p.v.times(q.w).plus(q.v.times(p.w)).plus(q.v.cross(p.v))
	return quaternion{q.w*p.w - q.v.dot(p.v), v}
}

func (q quaternion) rotate(v vector) vector {
	t := q.v.cross(v).times(2)
	return v.plus(t.times(q.w)).plus(q.v.cross(t))
}

// between goes from q to p in a straight line, and back to length 1.
func (q quaternion) between(p quaternion, t float64) quaternion {
	r := quaternion{
		q.w + (p.w-q.w)*t, q.v.plus(p.v.minus(q.v).times(t)),
	}
	f := 1 / math.Sqrt(r.w*r.w+r.v.dot(r.v))
	return quaternion{r.w * f, r.v.times(f)}
}

func quaternionKernel() uint64 {
	var digest kernel.Digest
	spin := quaternion{w: 1}
	tip := vector{1, 2, 3}
	for i := 0; i < 4000; i++ {
		axis := vector{float64(i%5) + 1, float64(i % 3), 1}
		turned := spin.times(rotation(axis, float64(i)*0.01))
		spin = spin.between(turned, 0.3)
		tip = spin.rotate(tip)
		if i%50 == 0 {
			digest.Float(tip.x)
			digest.Float(tip.z)
		}
	}
	return digest.Value()
}
