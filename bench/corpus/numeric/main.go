// Numeric is the part of the training corpus that calculates with floats.
package main

import "goshawk/corpus/kernel"

func main() {
	kernel.RunAll([]kernel.Kernel{
		{Name: "lu", Run: luKernel},
		{Name: "fft", Run: fftKernel},
		{Name: "realfft", Run: realFFTKernel},
		{Name: "newton", Run: newtonKernel},
		{Name: "raytrace", Run: raytraceKernel},
		{Name: "kmeans", Run: kmeansKernel},
		{Name: "montecarlo", Run: monteCarloKernel},
		{Name: "perlin", Run: perlinKernel},
		{Name: "rungekutta", Run: rungeKuttaKernel},
		{Name: "heat", Run: heatKernel},
		{Name: "blur", Run: blurKernel},
		{Name: "sparse", Run: sparseKernel},
		{Name: "transform", Run: transformKernel},
	})
}
