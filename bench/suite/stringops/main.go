// Stringops splits, searches, replaces and joins text with package strings
// and a Builder.
package main

import (
	"strings"
	"unicode"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("stringops", 120000, 12000, func(size int) func() uint64 {
		text := harness.NewRandom().Text(size)
		return func() uint64 { return compute(text) }
	})
}

func compute(text string) uint64 {
	result := harness.NewChecksum()
	var titles strings.Builder
	for _, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		for i, field := range fields {
			if strings.HasPrefix(field, "a") || strings.Contains(field, "qu") {
				fields[i] = strings.ToUpper(field)
			}
			titles.WriteString(strings.TrimRight(field, "aeiou"))
			titles.WriteByte(' ')
		}
		joined := strings.Join(fields, "-")
		result.Int(strings.LastIndex(joined, "-z") + strings.Count(joined, "e"))
	}
	replacer := strings.NewReplacer("a", "<a>", "th", "TH", "zz", "z")
	result.String(replacer.Replace(titles.String()))
	letters := strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) || r == 'x' {
			return -1
		}
		return unicode.ToUpper(r)
	}, titles.String())
	result.String(letters)
	result.Int(strings.Compare(letters, text))
	return result.Value()
}
