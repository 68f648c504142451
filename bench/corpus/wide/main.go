// Wide is the part of the training corpus that calculates with integers of more
// than 64 bits.
package main

import "goshawk/corpus/kernel"

func main() {
	kernel.RunAll([]kernel.Kernel{
		{Name: "uint256", Run: uint256Kernel},
		{Name: "field", Run: fieldKernel},
		{Name: "montgomery", Run: montgomeryKernel},
		{Name: "poly", Run: polyKernel},
		{Name: "mix", Run: mixKernel},
		{Name: "fixedpoint", Run: fixedPointKernel},
		{Name: "limbs", Run: limbsKernel},
	})
}
