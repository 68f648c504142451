// Regex matches, captures and replaces with package regexp: its one-pass,
// backtracking and automaton engines.
package main

import (
	"regexp"
	"strings"

	"goshawk/suite/harness"
)

var patterns = []*regexp.Regexp{
	regexp.MustCompile(`[a-f]+x[a-z]`),
	regexp.MustCompile(`(\w+) (\w+)`),
	regexp.MustCompile(`(?i)(?:AB|CD|EF)[^ ]*`),
	regexp.MustCompile(`\b(q|z)(\w)\w*\b`),
}

func main() {
	harness.Run("regex", 10000, 1000, func(size int) func() uint64 {
		text := harness.NewRandom().Text(size)
		return func() uint64 { return compute(text) }
	})
}

func compute(text string) uint64 {
	result := harness.NewChecksum()
	for _, pattern := range patterns {
		for _, at := range pattern.FindAllStringSubmatchIndex(text, -1) {
			result.Int(at[0])
			result.Int(at[len(at)-1])
		}
	}
	result.String(patterns[1].ReplaceAllString(text, "$2 $1"))
	line := regexp.MustCompile(`^(\w+) .* (\w+)$`)
	for _, one := range strings.Split(text, "\n") {
		if parts := line.FindStringSubmatch(one); parts != nil {
			result.String(parts[1] + parts[2])
		}
	}
	return result.Value()
}
