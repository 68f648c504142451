// Sortfunc sorts records by two keys with closures: sort.Slice, a stable sort
// and binary searches.
package main

import (
	"sort"

	"goshawk/suite/harness"
)

type record struct {
	name  string
	score int
}

func main() {
	harness.Run("sortfunc", 25000, 2500, func(size int) func() uint64 {
		random := harness.NewRandom()
		records := make([]record, size)
		for i := range records {
			records[i] = record{random.Word(), random.Below(100)}
		}
		return func() uint64 { return compute(records) }
	})
}

func compute(records []record) uint64 {
	sorted := append([]record(nil), records...)
	sort.Slice(sorted, func(i, j int) bool {
		if sorted[i].name != sorted[j].name {
			return sorted[i].name < sorted[j].name
		}
		return sorted[i].score < sorted[j].score
	})
	sort.SliceStable(sorted, func(i, j int) bool {
		return sorted[i].score < sorted[j].score
	})
	result := harness.NewChecksum()
	for score := 0; score < 100; score++ {
		first := sort.Search(len(sorted), func(i int) bool {
			return sorted[i].score >= score
		})
		result.Int(first)
		if first < len(sorted) {
			result.String(sorted[first].name)
		}
	}
	return result.Value()
}
