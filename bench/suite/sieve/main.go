// Sieve crosses out multiples in a bit set and a byte set: stores in loops
// with a stride.
package main

import (
	"math/bits"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("sieve", 8000000, 900000, func(size int) func() uint64 {
		return func() uint64 {
			result := harness.NewChecksum()
			result.Int(bytewise(size))
			result.Int(bitwise(size))
			return result.Value()
		}
	})
}

func bytewise(n int) int {
	composite := make([]bool, n)
	count := 0
	for i := 2; i < n; i++ {
		if composite[i] {
			continue
		}
		count++
		for j := i * i; j < n; j += i {
			composite[j] = true
		}
	}
	return count
}

func bitwise(n int) int {
	composite := make([]uint64, n/64+1)
	for i := 2; i*i < n; i++ {
		if composite[i/64]>>(uint(i)%64)&1 != 0 {
			continue
		}
		for j := i * i; j < n; j += i {
			composite[j/64] |= 1 << (uint(j) % 64)
		}
	}
	crossed := 0
	for _, word := range composite {
		crossed += bits.OnesCount64(word)
	}
	return n - 2 - crossed
}
