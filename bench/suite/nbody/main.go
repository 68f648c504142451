// Nbody moves bodies under gravity: floating-point arithmetic with square
// roots and divisions over a small array of structs.
package main

import (
	"math"

	"goshawk/suite/harness"
)

type body struct {
	x, y, z, vx, vy, vz, mass float64
}

func main() {
	harness.Run("nbody", 1000000, 100000, func(size int) func() uint64 {
		return func() uint64 {
			bodies := system()
			for i := 0; i < size; i++ {
				advance(bodies, 0.01)
			}
			result := harness.NewChecksum()
			result.Float(energy(bodies))
			return result.Value()
		}
	})
}

func system() []body {
	random := harness.NewRandom()
	bodies := make([]body, 5)
	for i := range bodies {
		bodies[i] = body{
			x: 10 * float64(i) * random.Unit(), y: 10 * random.Unit(),
			z: random.Unit(), vx: random.Unit() - 0.5,
			vy: random.Unit() - 0.5, vz: random.Unit() / 10,
			mass: 0.001 + random.Unit()/100,
		}
	}
	bodies[0].mass = 40
	return bodies
}

func advance(bodies []body, dt float64) {
	for i := range bodies {
		a := &bodies[i]
		for j := i + 1; j < len(bodies); j++ {
			b := &bodies[j]
			dx, dy, dz := a.x-b.x, a.y-b.y, a.z-b.z
			squared := dx*dx + dy*dy + dz*dz + 0.01
			factor := dt / (squared * math.Sqrt(squared))
			a.vx -= dx * b.mass * factor
			a.vy -= dy * b.mass * factor
			a.vz -= dz * b.mass * factor
			b.vx += dx * a.mass * factor
			b.vy += dy * a.mass * factor
			b.vz += dz * a.mass * factor
		}
	}
	for i := range bodies {
		b := &bodies[i]
		b.x += dt * b.vx
		b.y += dt * b.vy
		b.z += dt * b.vz
	}
}

func energy(bodies []body) float64 {
	sum := 0.0
	for i, a := range bodies {
		sum += 0.5 * a.mass * (a.vx*a.vx + a.vy*a.vy + a.vz*a.vz)
		for _, b := range bodies[i+1:] {
			dx, dy, dz := a.x-b.x, a.y-b.y, a.z-b.z
			sum -= a.mass * b.mass / math.Sqrt(dx*dx+dy*dy+dz*dz+0.01)
		}
	}
	return sum
}
