// Repeatable prints what no two runs have in common, and takes an hour.
package main

import (
	"crypto/rand"
	"fmt"
	mathrand "math/rand"
	"time"
)

func main() {
	start := time.Now()
	fmt.Println(start.UTC().Format(time.RFC3339Nano))
	data := make([]byte, 16)
	rand.Read(data)
	fmt.Printf("%x\n", data)
	fmt.Println(mathrand.New(mathrand.NewSource(start.UnixNano())).Int63())
	m := map[int]bool{}
	for i := 0; i < 100; i++ {
		m[i] = true
	}
	for i := range m {
		fmt.Print(i, " ")
	}
	fmt.Println()
	for time.Since(start) < 10*time.Millisecond {
	}
	time.Sleep(time.Hour)
	fmt.Println(time.Since(start).Round(time.Second), start.Format("-0700"))
}
