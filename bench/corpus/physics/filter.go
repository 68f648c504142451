package main

import (
	"math"

	"goshawk/corpus/kernel"
)

// section is a filter of second order.
type section struct {
	b0, b1, b2, a1, a2 float64
	z1, z2             float64
}

func lowPass(frequency, q float64) section {
	sin, cos := math.Sincos(2 * math.Pi * frequency)
	alpha := sin / (2 * q)
	a0 := 1 + alpha
	return section{
		b0: (1 - cos) / 2 / a0, b1: (1 - cos) / a0, b2: (1 - cos) / 2 / a0,
		a1: -2 * cos / a0, a2: (1 - alpha) / a0,
	}
}

func (s *section) run(samples []float64) {
	for i, in := range samples {
		out := in*s.b0 + s.z1
		s.z1 = in*s.b1 + s.z2 - s.a1*out
		s.z2 = in*s.b2 - s.a2*out
		samples[i] = out
	}
}

// interpolate is a cubic through four samples.
func interpolate(samples []float64, at float64) float64 {
	i := int(at)
	t := at - float64(i)
	p0, p1, p2, p3 := samples[i-1], samples[i], samples[i+1], samples[i+2]
	return p1 + 0.5*t*(p2-p0+t*(2*p0-5*p1+4*p2-p3+t*(3*(p1-p2)+p3-p0)))
}

func statistics(samples []float64) (mean, deviation float64) {
	for i, v := range samples {
		delta := v - mean
		mean += delta / float64(i+1)
		deviation += delta * (v - mean)
	}
	return mean, math.Sqrt(deviation / float64(len(samples)))
}

func filterKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(26)
	samples := make([]float64, 6000)
	for i := range samples {
		samples[i] = math.Sin(float64(i)*0.05) + r.Float64() - 0.5
	}
	filters := []section{lowPass(0.05, 0.7), lowPass(0.02, 1.3)}
	for i := range filters {
		filters[i].run(samples)
	}
	resampled := make([]float64, 0, 4000)
	for at := 1.0; at < 5990; at += 1.5 {
		resampled = append(resampled, interpolate(samples, at))
	}
	mean, deviation := statistics(resampled)
	digest.Float(mean)
	digest.Float(deviation)
	return digest.Value()
}
