// Sha hashes blocks with SHA-256 and SHA-512: rotations and additions in
// straight lines.
package main

import (
	"crypto/sha256"
	"crypto/sha512"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("sha", 9000, 900, func(size int) func() uint64 {
		block := []byte(harness.NewRandom().Text(200))[:1024]
		return func() uint64 {
			short, long := sha256.New(), sha512.New()
			for i := 0; i < size; i++ {
				short.Write(block)
				if i%2 == 0 {
					long.Write(block)
				}
			}
			result := harness.NewChecksum()
			result.Bytes(short.Sum(nil))
			result.Bytes(long.Sum(nil))
			return result.Value()
		}
	})
}
