// Stdin reads all of its input and prints the length and the SHA-256.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"os"
)

func main() {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%d %x\n", len(input), sha256.Sum256(input))
}
