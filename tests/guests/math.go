// Math prints arithmetic at its edges: floats, NaN, overflow, conversions.
package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// Variables, so that nothing is computed while compiling.
var (
	zero   = 0.0
	minI64 = int64(math.MinInt64)
	minI32 = int32(math.MinInt32)
	minus1 = int64(-1)
	shift  = uint(64)
	zeroI  = 0
)

func try(name string, f func() interface{}) {
	defer func() {
		if err := recover(); err != nil {
			fmt.Println(name, "panics:", err)
		}
	}()
	fmt.Println(name, f())
}

func floats() {
	nan, inf := zero/zero, 1/zero
	fmt.Println("special", nan, inf, -inf, math.Copysign(zero, -1), nan == nan)
	fmt.Println("min", math.Min(-0.0, zero), math.Min(nan, 1), math.Max(inf, nan))
	numbers := []float64{0.1, 1.0 / 3, 1e21, 1e-7, 123456789.125, 5e-324,
		math.MaxFloat64, math.Pi, 2.5, -2.5, 1 << 53}
	for _, x := range numbers {
		fmt.Println(x, strconv.FormatFloat(x, 'e', -1, 32),
			strconv.FormatFloat(x, 'f', 3, 64), math.Float64bits(x))
		fmt.Println(math.Floor(x), math.Ceil(x), math.Trunc(x),
			math.RoundToEven(x), math.Sqrt(x), float32(x))
	}
	fmt.Println(math.Sin(1e6), math.Exp(1), math.Log(10), math.Pow(2, 0.5),
		math.Mod(7.5, -2), math.Hypot(3, 4), math.Cbrt(27), math.FMA(2, 3, 4))
	var sum32 float32
	for i := 0; i < 1000; i++ {
		sum32 += 0.1
	}
	fmt.Println("float32 sum", sum32)
	for _, text := range []string{"1e400", "0x1p-2", "nan", "-Inf", "4.9e-324", "x"} {
		x, err := strconv.ParseFloat(text, 64)
		fmt.Println(text, x, err)
	}
}

func integers() {
	fmt.Println("min / -1", minI64/minus1, minI64%minus1, minI32/int32(minus1),
		minI32%int32(minus1))
	fmt.Println("-7 / 2", -7/(zeroI+2), -7%(zeroI+2), 7/(zeroI-2), 7%(zeroI-2))
	try("1 / 0", func() interface{} { return 1 / zeroI })
	try("1 % 0", func() interface{} { return 1 % zeroI })
	try("index", func() interface{} { return []int{1}[zeroI+5] })
	try("slice", func() interface{} { return []int{1}[zeroI+3:] })
	try("type", func() interface{} { return interface{}(zero).(int) })
	fmt.Println("shifts", 1<<shift, minI64>>shift, uint32(1)<<(shift/2), minI32>>31)
	fmt.Println("wrap", minI64-1, uint8(zeroI-1), int8(zeroI+200), -minI64)
	hi, lo := bits.Mul64(math.MaxUint64, uint64(minI64))
	quotient, remainder := bits.Div64(1, lo, 1<<62)
	fmt.Println("bits", hi, lo, quotient, remainder, bits.LeadingZeros64(1),
		bits.TrailingZeros32(0), bits.OnesCount64(lo), bits.RotateLeft32(1, 31),
		bits.ReverseBytes64(1), bits.Len(0))
	product := new(big.Int).MulRange(1, 60)
	fmt.Println("60!", product, new(big.Int).Sqrt(product),
		new(big.Int).Exp(big.NewInt(3), big.NewInt(200), big.NewInt(1000007)))
}

// What an out of range conversion gives is the toolchain's choice; it has to
// be the same one on every machine.
func conversions() {
	for _, x := range []float64{1e10, -1e10, 1e19, -1e19, 1e30, zero / zero,
		1 / zero, -1 / zero, -0.9, 4294967295.5, -2147483648.9} {
		fmt.Println("convert", x, int64(x), uint64(x), int32(x), uint32(x))
	}
	for _, n := range []uint64{1<<63 + 1025, 1<<64 - 1, 1<<53 + 1} {
		fmt.Println("float", float64(n), float32(n), float64(int64(n)))
	}
}

func main() {
	floats()
	integers()
	conversions()
}
