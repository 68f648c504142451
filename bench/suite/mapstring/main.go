// Mapstring counts words in a map with string keys and reads the counts in
// the order of the words.
package main

import (
	"sort"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("mapstring", 300000, 30000, func(size int) func() uint64 {
		random := harness.NewRandom()
		words := make([]string, size)
		for i := range words {
			words[i] = random.Word()
			if i%2 == 1 {
				words[i] = words[random.Below(i)]
			}
		}
		return func() uint64 {
			counts := make(map[string]int)
			for _, word := range words {
				counts[word]++
			}
			names := make([]string, 0, len(counts))
			for name, count := range counts {
				if count > 2 {
					names = append(names, name)
				}
			}
			sort.Strings(names)
			result := harness.NewChecksum()
			for _, name := range names {
				result.String(name)
				result.Int(counts[name])
			}
			return result.Value()
		}
	})
}
