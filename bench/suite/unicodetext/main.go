// Unicodetext walks text outside ASCII rune by rune: decoding, encoding,
// classes and case.
package main

import (
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("unicodetext", 500000, 50000, func(size int) func() uint64 {
		random := harness.NewRandom()
		ranges := []rune{0x20, 0xc0, 0x391, 0x410, 0x3041, 0x4e00, 0x1f600}
		runes := make([]rune, size)
		for i := range runes {
			runes[i] = ranges[random.Below(len(ranges))] +
				rune(random.Below(64))
		}
		text := string(runes)
		return func() uint64 { return compute(text) }
	})
}

func compute(text string) uint64 {
	var letters, uppers, spaces, wide int
	var out []byte
	for _, r := range text {
		switch {
		case unicode.IsUpper(r):
			uppers++
			r = unicode.ToLower(r)
		case unicode.IsLetter(r):
			letters++
			r = unicode.ToUpper(r)
		case unicode.IsSpace(r) || unicode.IsPunct(r):
			spaces++
		}
		if utf8.RuneLen(r) > 2 {
			wide++
		}
		out = utf8.AppendRune(out, r)
	}
	result := harness.NewChecksum()
	for _, n := range []int{letters, uppers, spaces, wide} {
		result.Int(n)
	}
	result.Int(utf8.RuneCount(out))
	for _, unit := range utf16.Encode([]rune(string(out[:len(out)/8]))) {
		result.Int(int(unit))
	}
	return result.Value()
}
