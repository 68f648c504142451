package main

import (
	"math"
	"math/bits"

	"goshawk/corpus/kernel"
)

type source interface {
	next() uint32
}

type pcg struct{ state, increment uint64 }

func (p *pcg) next() uint32 {
	old := p.state
	p.state = old*6364136223846793005 + (p.increment | 1)
	mixed := uint32(((old >> 18) ^ old) >> 27)
	return bits.RotateLeft32(mixed, -int(old>>59))
}

type xoshiro struct{ s [4]uint32 }

func (x *xoshiro) next() uint32 {
	result := bits.RotateLeft32(x.s[1]*5, 7) * 9
	t := x.s[1] << 9
	x.s[2] ^= x.s[0]
	x.s[3] ^= x.s[1]
	x.s[1] ^= x.s[2]
	x.s[0] ^= x.s[3]
	x.s[2] ^= t
	x.s[3] = bits.RotateLeft32(x.s[3], 11)
	return result
}

func uniform(s source) float64 { return float64(s.next()) / (1 << 32) }

// normal returns a pair of normally distributed numbers.
func normal(s source) (float64, float64) {
	for {
		u, v := 2*uniform(s)-1, 2*uniform(s)-1
		q := u*u + v*v
		if q > 0 && q < 1 {
			f := math.Sqrt(-2 * math.Log(q) / q)
			return u * f, v * f
		}
	}
}

// optionPrice follows a share's price along random paths.
func optionPrice(s source, paths, steps int) float64 {
	const rate, volatility, strike = 0.03, 0.2, 100.0
	dt := 1 / float64(steps)
	drift := (rate - volatility*volatility/2) * dt
	sum := 0.0
	for i := 0; i < paths; i++ {
		logPrice := math.Log(100)
		for k := 0; k < steps; k += 2 {
			a, b := normal(s)
			logPrice += 2*drift + volatility*math.Sqrt(dt)*(a+b)
		}
		sum += math.Max(0, math.Exp(logPrice)-strike)
	}
	return math.Exp(-rate) * sum / float64(paths)
}

func monteCarloKernel() uint64 {
	var d kernel.Digest
	sources := []source{
		&pcg{state: 42, increment: 54},
		&xoshiro{[4]uint32{1, 2, 3, 4}},
	}
	for _, s := range sources {
		inside := 0
		for i := 0; i < 60000; i++ {
			x, y := uniform(s), uniform(s)
			if x*x+y*y < 1 {
				inside++
			}
		}
		d.Int(inside)
		d.Int(int(optionPrice(s, 600, 10) * 1000))
	}
	return d.Value()
}
