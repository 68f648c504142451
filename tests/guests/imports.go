// Imports calls functions of the host that it declares with //go:wasmimport, as
// Go 1.21 and later have it.
package main

import (
	"fmt"
	"os"
	"unsafe"
)

//go:wasmimport env mix
func mix(a int32, b uint32, c int64, d uint64, e float32, f float64) float64

//go:wasmimport env sum
func sum(values unsafe.Pointer, count uint32) int64

//go:wasmimport env fill
func fill(text unsafe.Pointer, size uint32)

//go:wasmimport env fail
func fail(how int32) int32

func main() {
	fmt.Println(mix(-1, 1<<31, -1<<62, 1<<63, 0.5, 0.25))
	values := []int64{1, 2, 1 << 40}
	fmt.Println(sum(unsafe.Pointer(&values[0]), uint32(len(values))))
	text := make([]byte, 5)
	fill(unsafe.Pointer(&text[0]), uint32(len(text)))
	fmt.Println(string(text))
	if len(os.Args) > 1 {
		how := int32(0)
		fmt.Sscan(os.Args[1], &how)
		fmt.Println("returned", fail(how))
	}
}
