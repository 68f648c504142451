// Mapint inserts, looks up and deletes in a map with integer keys.
package main

import "goshawk/suite/harness"

func main() {
	harness.Run("mapint", 350000, 40000, func(size int) func() uint64 {
		return func() uint64 {
			random := harness.NewRandom()
			counts := make(map[int]int)
			for i := 0; i < size; i++ {
				counts[random.Below(size)*7919] += i
			}
			found := 0
			for i := 0; i < size; i++ {
				if _, ok := counts[i*7919]; ok {
					found++
				}
				if i%3 == 0 {
					delete(counts, i*7919)
				}
			}
			// A sum does not depend on the order of iteration.
			sum := 0
			for key, value := range counts {
				sum += key ^ value
			}
			result := harness.NewChecksum()
			result.Int(found)
			result.Int(len(counts))
			result.Int(sum)
			return result.Value()
		}
	})
}
