// A program whose module module_bench decodes, validates and translates; it is
// never run. It pulls in what most programs do: formatting, reflection, JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	var v any
	if err := json.NewDecoder(os.Stdin).Decode(&v); err != nil {
		fmt.Println(err)
	}
}
