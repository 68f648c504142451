// Fannkuch flips prefixes of all permutations: small integer loops over
// small arrays, from the Computer Language Benchmarks Game.
package main

import "goshawk/suite/harness"

func main() {
	harness.Run("fannkuch", 9, 8, func(size int) func() uint64 {
		return func() uint64 {
			sum, flips := fannkuch(size)
			result := harness.NewChecksum()
			result.Int(sum)
			result.Int(flips)
			return result.Value()
		}
	})
}

// fannkuch returns the alternating sum of the flips of all permutations of n
// numbers and the largest number of flips.
func fannkuch(n int) (sum, most int) {
	current := make([]int, n)
	flipped := make([]int, n)
	count := make([]int, n)
	for i := range current {
		current[i] = i
	}
	sign := 1
	for r := n; ; {
		for ; r > 1; r-- {
			count[r-1] = r
		}
		if first := current[0]; first != 0 {
			copy(flipped, current)
			flips := 0
			for first != 0 {
				for i, j := 0, first; i < j; i, j = i+1, j-1 {
					flipped[i], flipped[j] = flipped[j], flipped[i]
				}
				flips++
				first = flipped[0]
			}
			sum += sign * flips
			if flips > most {
				most = flips
			}
		}
		for {
			if r == n {
				return sum, most
			}
			first := current[0]
			copy(current[:r], current[1:r+1])
			current[r] = first
			count[r]--
			if count[r] > 0 {
				break
			}
			r++
		}
		sign = -sign
	}
}
