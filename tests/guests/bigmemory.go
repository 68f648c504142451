// Bigmemory grows its memory past 2 GiB, writes to pages far apart and reads
// everything back.
package main

import (
	"fmt"
	"unsafe"
)

const (
	chunkSize = 256 << 20
	chunks    = 9
	stride    = 64<<10 + 8
)

func value(chunk, offset int) byte {
	return byte(chunk*31 + offset/stride*7 + 1)
}

func main() {
	var memory [chunks][]byte
	highest := uintptr(0)
	for i := range memory {
		memory[i] = make([]byte, chunkSize)
		for j := 0; j < chunkSize; j += stride {
			memory[i][j] = value(i, j)
		}
		end := uintptr(unsafe.Pointer(&memory[i][0])) + chunkSize
		if end > highest {
			highest = end
		}
	}
	wrong, dirty := 0, 0
	for i := range memory {
		for j := 0; j < chunkSize; j += stride {
			if memory[i][j] != value(i, j) {
				wrong++
			}
			if j > 0 && memory[i][j-1] != 0 {
				dirty++
			}
		}
	}
	fmt.Println("past 2 GiB:", highest > 1<<31)
	fmt.Println("wrong:", wrong, "dirty:", dirty)
	// Across two linear memory pages, and by words above 2 GiB.
	last := memory[chunks-1]
	copy(last[65533:], "spanning")
	fmt.Println(string(last[65533:65541]))
	words := (*[16]uint64)(unsafe.Pointer(&last[chunkSize-128]))
	for i := range words {
		words[i] = uint64(i) << 40
	}
	fmt.Println(words[15], last[chunkSize-3])
}
