// Numbers converts integers, floats and quoted strings with strconv.
package main

import (
	"math"
	"strconv"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("numbers", 90000, 9000, func(size int) func() uint64 {
		return func() uint64 { return compute(size) }
	})
}

func compute(size int) uint64 {
	random := harness.NewRandom()
	result := harness.NewChecksum()
	var text []byte
	for i := 0; i < size; i++ {
		integer := int64(random.Next())
		text = strconv.AppendInt(text[:0], integer, 10)
		back, err := strconv.ParseInt(string(text), 10, 64)
		harness.Check(err)
		if back != integer {
			harness.Fail(strconv.ErrRange)
		}
		result.Bytes(text)

		float := math.Ldexp(random.Unit(), random.Below(200)-100)
		text = strconv.AppendFloat(text[:0], float, 'g', -1, 64)
		again, err := strconv.ParseFloat(string(text), 64)
		harness.Check(err)
		if again != float {
			harness.Fail(strconv.ErrRange)
		}
		result.Bytes(text)

		if i%4 == 0 {
			text = strconv.AppendQuote(text[:0], "a\tb\x01é"+random.Word())
			plain, err := strconv.Unquote(string(text))
			harness.Check(err)
			result.String(plain)
		}
	}
	return result.Value()
}
