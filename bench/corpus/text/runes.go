package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"goshawk/corpus/kernel"
)

func reverse(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

func isPalindrome(s string) bool {
	for len(s) > 1 {
		first, n := utf8.DecodeRuneInString(s)
		last, m := utf8.DecodeLastRuneInString(s)
		if unicode.ToLower(first) != unicode.ToLower(last) {
			return false
		}
		s = s[n : len(s)-m]
	}
	return true
}

func rot13(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z':
			r = 'a' + (r-'a'+13)%26
		case r >= 'A' && r <= 'Z':
			r = 'A' + (r-'A'+13)%26
		}
		b.WriteRune(r)
	}
	return b.String()
}

// camel turns snake_case into CamelCase.
func camel(s string) string {
	out := make([]byte, 0, len(s))
	up := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '_' {
			up = true
			continue
		}
		if up && 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		up = false
		out = append(out, c)
	}
	return string(out)
}

// snake does the opposite.
func snake(s string) string {
	out := ""
	for i, r := range s {
		if unicode.IsUpper(r) {
			if i > 0 {
				out += "_"
			}
			r = unicode.ToLower(r)
		}
		out += string(r)
	}
	return out
}

func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len(line)+1+utf8.RuneCountInString(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

func vowels(s string) (count [5]int) {
	for _, r := range s {
		if i := strings.IndexRune("aeiou", r); i >= 0 {
			count[i]++
		}
	}
	return count
}

func runesKernel() uint64 {
	r := kernel.NewRand(14)
	var d kernel.Digest
	palindromes := 0
	for i := 0; i < 650; i++ {
		name := r.Word() + "_" + r.Word()
		if i%3 == 0 {
			name += "_äöλ"
		}
		title := camel(name)
		d.Text(reverse(title))
		d.Text(snake(title))
		if isPalindrome(name[:2+i%2]) || isPalindrome(name+reverse(name)) {
			palindromes++
		}
		if rot13(rot13(name)) != name {
			panic("rot13 is not its own inverse")
		}
	}
	d.Int(palindromes)
	text := r.Prose(1100)
	for _, line := range wrap(text, 72) {
		d.Int(len(line))
	}
	for _, n := range vowels(text) {
		d.Int(n)
	}
	return d.Value()
}
