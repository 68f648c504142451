// Crc computes MD5, CRC-32, Adler-32 and FNV over blocks: table look-ups and
// bytewise loops.
package main

import (
	"crypto/md5"
	"hash/adler32"
	"hash/crc32"
	"hash/fnv"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("crc", 24000, 2500, func(size int) func() uint64 {
		block := []byte(harness.NewRandom().Text(200))[:1024]
		return func() uint64 {
			digest := md5.New()
			cyclic := crc32.NewIEEE()
			castagnoli := crc32.New(crc32.MakeTable(crc32.Castagnoli))
			adler := adler32.New()
			bytewise := fnv.New64a()
			for i := 0; i < size; i++ {
				digest.Write(block)
				cyclic.Write(block)
				castagnoli.Write(block)
				adler.Write(block)
				if i%4 == 0 {
					bytewise.Write(block)
				}
			}
			result := harness.NewChecksum()
			result.Bytes(digest.Sum(nil))
			result.Int(int(cyclic.Sum32()))
			result.Int(int(castagnoli.Sum32()))
			result.Int(int(adler.Sum32()))
			result.Uint64(bytewise.Sum64())
			return result.Value()
		}
	})
}
