package main

import "goshawk/corpus/kernel"

// tracker estimates position and speed from noisy positions.
type tracker struct {
	state      [2]float64
	covariance [2][2]float64
}

func (t *tracker) predict(dt, noise float64) {
	t.state[0] += t.state[1] * dt
	p := &t.covariance
	p00 := p[0][0] + dt*(p[1][0]+p[0][1]) + dt*dt*p[1][1] + noise
	p01 := p[0][1] + dt*p[1][1]
	p10 := p[1][0] + dt*p[1][1]
	*p = [2][2]float64{{p00, p01}, {p10, p[1][1] + noise}}
}

func (t *tracker) update(position, noise float64) {
	p := &t.covariance
	innovation := position - t.state[0]
	scale := p[0][0] + noise
	k0, k1 := p[0][0]/scale, p[1][0]/scale
	t.state[0] += k0 * innovation
	t.state[1] += k1 * innovation
	*p = [2][2]float64{
		{(1 - k0) * p[0][0], (1 - k0) * p[0][1]},
		{p[1][0] - k1*p[0][0], p[1][1] - k1*p[0][1]},
	}
}

func kalmanKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(24)
	trackers := make([]tracker, 20)
	for i := range trackers {
		trackers[i].covariance = [2][2]float64{{10, 0}, {0, 10}}
	}
	for step := 0; step < 300; step++ {
		for i := range trackers {
			t := &trackers[i]
			t.predict(0.1, 0.01)
			t.update(float64(step)*0.1*float64(i)+r.Float64()-0.5, 0.3)
		}
	}
	for i := range trackers {
		digest.Float(trackers[i].state[0])
		digest.Float(trackers[i].state[1])
	}
	return digest.Value()
}
