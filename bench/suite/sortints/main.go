// Sortints sorts integers with sort.Ints.
package main

import (
	"sort"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("sortints", 700000, 70000, func(size int) func() uint64 {
		random := harness.NewRandom()
		numbers := make([]int, size)
		for i := range numbers {
			numbers[i] = random.Below(1 << 40)
		}
		return func() uint64 {
			sorted := append([]int(nil), numbers...)
			sort.Ints(sorted)
			result := harness.NewChecksum()
			for i := 0; i < len(sorted); i += 1 + len(sorted)/1000 {
				result.Int(sorted[i])
			}
			return result.Value()
		}
	})
}
