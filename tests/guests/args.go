// Args prints its arguments, its environment, sorted, and where it is.
package main

import (
	"fmt"
	"os"
	"sort"
)

func main() {
	for i, argument := range os.Args {
		if i > 0 {
			fmt.Printf("arg %d %q\n", i, argument)
		}
	}
	environment := os.Environ()
	sort.Strings(environment)
	for _, variable := range environment {
		fmt.Printf("env %q\n", variable)
	}
	if directory, err := os.Getwd(); err != nil {
		fmt.Println("cwd error", err)
	} else {
		fmt.Printf("cwd %q\n", directory)
	}
}
