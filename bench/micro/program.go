// Work for program_bench, each a mix of what most programs do; the argument
// says which. module_bench decodes, validates and translates the same module.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"
	"syscall/js"
)

type bird struct {
	Name   string
	Weight int
	Places []string
}

// Decodes and encodes, by reflection.
func useJSON() {
	text := `{"Name":"goshawk","Weight":1300,"Places":["wood","aviary"]}`
	for i := 0; i < 1000; i++ {
		var b bird
		if err := json.Unmarshal([]byte(text), &b); err != nil {
			panic(err)
		}
		if _, err := json.Marshal(b); err != nil {
			panic(err)
		}
	}
}

// Sorts numbers: a small hot set.
func sortNumbers() {
	numbers := make([]int, 100_000)
	for i, state := 0, uint32(1); i < len(numbers); i++ {
		state = state*1664525 + 1013904223
		numbers[i] = int(state >> 8)
	}
	sort.Ints(numbers)
}

// Makes and splits text.
func useStrings() {
	for i := 0; i < 300; i++ {
		var b strings.Builder
		for j := 0; j < 50; j++ {
			fmt.Fprintf(&b, "%d:%s,", j, "word")
		}
		if len(strings.Split(b.String(), ",")) != 51 {
			panic("wrong number of parts")
		}
	}
}

// Crosses into JavaScript: a property is read, a method called.
func useJavaScript() {
	math := js.Global().Get("Math")
	for i := 0; i < 10_000; i++ {
		if math.Call("abs", -i).Int() != i {
			panic("wrong absolute value")
		}
	}
}

func main() {
	map[string]func(){
		"json":       useJSON,
		"sort":       sortNumbers,
		"strings":    useStrings,
		"javascript": useJavaScript,
	}[os.Args[1]]()
}
