// Queens counts the ways to place n queens: backtracking with bit sets.
package main

import "goshawk/suite/harness"

func main() {
	harness.Run("queens", 13, 11, func(size int) func() uint64 {
		return func() uint64 {
			return uint64(place(1<<uint(size)-1, 0, 0, 0))
		}
	})
}

// place counts the ways to fill the remaining rows, given the columns taken
// and the columns threatened along both diagonals.
func place(all, columns, left, right uint32) int {
	if columns == all {
		return 1
	}
	count := 0
	for free := all &^ (columns | left | right); free != 0; {
		bit := free & -free
		free ^= bit
		count += place(all, columns|bit, (left|bit)<<1, (right|bit)>>1)
	}
	return count
}
