// Physics is the part of the training corpus that calculates with structs of
// floats: vectors, matrices, colours, complex numbers.
package main

import "goshawk/corpus/kernel"

func main() {
	kernel.RunAll([]kernel.Kernel{
		{Name: "cloth", Run: clothKernel},
		{Name: "flock", Run: flockKernel},
		{Name: "quaternion", Run: quaternionKernel},
		{Name: "matrix4", Run: matrix4Kernel},
		{Name: "roots", Run: rootsKernel},
		{Name: "geometry", Run: geometryKernel},
		{Name: "kalman", Run: kalmanKernel},
		{Name: "colour", Run: colourKernel},
		{Name: "filter", Run: filterKernel},
		{Name: "fluid", Run: fluidKernel},
	})
}
