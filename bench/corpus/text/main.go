// Text is the part of the training corpus that works on strings.
package main

import "goshawk/corpus/kernel"

func main() {
	kernel.RunAll([]kernel.Kernel{
		{Name: "wordcount", Run: wordCountKernel},
		{Name: "csv", Run: csvKernel},
		{Name: "calc", Run: calcKernel},
		{Name: "runes", Run: runesKernel},
		{Name: "distance", Run: distanceKernel},
		{Name: "search", Run: searchKernel},
		{Name: "glob", Run: globKernel},
		{Name: "convert", Run: convertKernel},
		{Name: "sprintf", Run: sprintfKernel},
		{Name: "logs", Run: logsKernel},
		{Name: "markup", Run: markupKernel},
		{Name: "config", Run: configKernel},
	})
}
