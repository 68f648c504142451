// Random reads random bytes in small and large amounts.
package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"math/big"
)

func read(size int) []byte {
	data := make([]byte, size)
	n, err := rand.Read(data)
	if n != size || err != nil {
		fmt.Println("read", n, "of", size, err)
	}
	return data
}

func main() {
	fmt.Println("distinct:", !bytes.Equal(read(32), read(32)))
	for _, size := range []int{0, 1, 65536, 65537, 1 << 20} {
		fmt.Println("read", len(read(size)))
	}
	var seen [256]bool
	for _, b := range read(1 << 16) {
		seen[b] = true
	}
	missing := 0
	for _, s := range seen {
		if !s {
			missing++
		}
	}
	fmt.Println("missing byte values:", missing)
	// The end of a large request is filled too.
	large := read(200000)
	fmt.Println("filled:", !bytes.Equal(large[199000:], make([]byte, 1000)))
	limit := big.NewInt(1000)
	n, err := rand.Int(rand.Reader, limit)
	fmt.Println("below the limit:", err == nil && n.Cmp(limit) < 0)
}
