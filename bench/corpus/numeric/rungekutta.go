package main

import (
	"math"

	"goshawk/corpus/kernel"
)

// derivative writes the change of state y at time t to dy.
type derivative func(t float64, y, dy []float64)

type integrator struct {
	f                      derivative
	k1, k2, k3, k4, middle []float64
}

func newIntegrator(n int, f derivative) *integrator {
	buf := make([]float64, 5*n)
	return &integrator{f, buf[:n], buf[n : 2*n], buf[2*n : 3*n],
		buf[3*n : 4*n], buf[4*n:]}
}

func (in *integrator) step(t, h float64, y []float64) {
	in.f(t, y, in.k1)
	for i := range y {
		in.middle[i] = y[i] + h/2*in.k1[i]
	}
	in.f(t+h/2, in.middle, in.k2)
	for i := range y {
		in.middle[i] = y[i] + h/2*in.k2[i]
	}
	in.f(t+h/2, in.middle, in.k3)
	for i := range y {
		in.middle[i] = y[i] + h*in.k3[i]
	}
	in.f(t+h, in.middle, in.k4)
	for i := range y {
		y[i] += h / 6 * (in.k1[i] + 2*in.k2[i] + 2*in.k3[i] + in.k4[i])
	}
}

func simpson(f func(float64) float64, a, b float64, n int) float64 {
	h := (b - a) / float64(n)
	sum := f(a) + f(b)
	for i := 1; i < n; i++ {
		if i%2 == 1 {
			sum += 4 * f(a+float64(i)*h)
		} else {
			sum += 2 * f(a+float64(i)*h)
		}
	}
	return sum * h / 3
}

func rungeKuttaKernel() uint64 {
	var d kernel.Digest
	hares := newIntegrator(2, func(t float64, y, dy []float64) {
		dy[0] = 1.1*y[0] - 0.4*y[0]*y[1]
		dy[1] = 0.1*y[0]*y[1] - 0.4*y[1]
	})
	state := []float64{10, 10}
	for i := 0; i < 12000; i++ {
		hares.step(float64(i)*0.01, 0.01, state)
	}
	d.Int(int(state[0] * 1e4))
	d.Int(int(state[1] * 1e4))

	pendulum := newIntegrator(2, func(t float64, y, dy []float64) {
		dy[0] = y[1]
		dy[1] = -9.81*math.Sin(y[0]) - 0.1*y[1]
	})
	state = []float64{1, 0}
	for i := 0; i < 9000; i++ {
		pendulum.step(float64(i)*0.005, 0.005, state)
	}
	d.Int(int(state[0] * 1e4))
	scale := 0.5
	d.Int(int(1e6 * simpson(func(x float64) float64 {
		return scale * x * x / (1 + math.Sqrt(x))
	}, 0, 3, 60000)))
	return d.Value()
}
