// Format prints and scans values of many types with package fmt.
package main

import (
	"bytes"
	"fmt"

	"goshawk/suite/harness"
)

type point struct {
	X, Y int
	Name string
}

type celsius float64

func (c celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }

func main() {
	harness.Run("format", 9000, 1000, func(size int) func() uint64 {
		return func() uint64 { return compute(size) }
	})
}

func compute(size int) uint64 {
	result := harness.NewChecksum()
	var out bytes.Buffer
	for i := 0; i < size; i++ {
		p := point{i, -i, "point"}
		fmt.Fprintf(&out, "%d %5d|%-8x|%08b %q %v %+v %t\n",
			i, i*3, i*i, i%256, p.Name, p, &p, i%2 == 0)
		fmt.Fprintf(&out, "%8.3f %g %e %s %v %T\n", float64(i)/7,
			float64(i)*1e10, float64(i)/3, celsius(i%40), []int{i, i + 1}, p)
		if i%4 == 0 {
			var number int
			var word string
			text := fmt.Sprint(i, " word", i%10)
			if _, err := fmt.Sscanf(text, "%d %s", &number, &word); err != nil {
				harness.Fail(err)
			}
			result.Int(number + len(word))
		}
		if out.Len() > 1<<16 {
			result.Bytes(out.Bytes())
			out.Reset()
		}
	}
	result.Bytes(out.Bytes())
	return result.Value()
}
