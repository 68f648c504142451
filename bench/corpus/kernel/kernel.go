// Package kernel runs the programs of the training corpus: code as its users
// write it, of which tools/mine_fusions.sh learns what sequences of operations
// are worth an operation of their own. Each program of the module is a list of
// kernels, each of which does some milliseconds of work and returns a
// checksum; they take no arguments and print the same on every machine.
//
// Nothing here may be measured by bench/compare.sh, and no program of
// bench/suite, nor a variation of one, may come here: the suite's figures are
// to be those of programs that nobody trained for.
package kernel

import "fmt"

// Kernel is a piece of work with a name.
type Kernel struct {
	Name string
	Run  func() uint64
}

const rounds = 3

// RunAll runs the kernels in their order and prints a line for each. All
// rounds of a kernel have to come to the same result.
func RunAll(kernels []Kernel) {
	for _, k := range kernels {
		sum := k.Run()
		for i := 1; i < rounds; i++ {
			if again := k.Run(); again != sum {
				panic(fmt.Sprintf("%s: %016x, then %016x", k.Name, sum, again))
			}
		}
		fmt.Printf("%-12s %016x\n", k.Name, sum)
	}
}
