package main

import "goshawk/corpus/kernel"

type knot struct {
	at, before, force vector
	inverseMass       float64
}

type spring struct {
	a, b       int
	rest, pull float64
}

type cloth struct {
	knots   []knot
	springs []spring
}

func newCloth(side int) *cloth {
	c := &cloth{}
	for i := 0; i < side*side; i++ {
		row, column := i/side, i%side
		at := vector{float64(column), 0, float64(row)}
		c.knots = append(c.knots, knot{at: at, before: at, inverseMass: 1})
		if column > 0 {
			c.springs = append(c.springs, spring{i, i - 1, 1, 0.4})
		}
		if row > 0 {
			c.springs = append(c.springs, spring{i, i - side, 1, 0.4})
		}
	}
	c.knots[0].inverseMass = 0
	c.knots[side-1].inverseMass = 0
	return c
}

// relax moves the ends of each spring towards its length at rest.
func (c *cloth) relax() {
	for i := range c.springs {
		s := &c.springs[i]
		a, b := &c.knots[s.a], &c.knots[s.b]
		between := b.at.minus(a.at)
		length := between.length()
		share := s.pull * (length - s.rest) / length
		a.at.add(between, share*a.inverseMass)
		b.at.add(between, -share*b.inverseMass)
	}
}

func (c *cloth) step(wind vector, dt float64) {
	for i := range c.knots {
		k := &c.knots[i]
		k.force = wind
		k.force.y -= 9.81
		next := k.at.times(1.99).minus(k.before.times(0.99))
		next.add(k.force, dt*dt*k.inverseMass)
		k.before, k.at = k.at, next
	}
	for i := 0; i < 3; i++ {
		c.relax()
	}
}

func clothKernel() uint64 {
	var digest kernel.Digest
	c := newCloth(16)
	for i := 0; i < 25; i++ {
		c.step(vector{0.1 * float64(i%7), 0, 0.3}, 0.016)
	}
	for i := range c.knots {
		digest.Float(c.knots[i].at.length())
	}
	return digest.Value()
}
