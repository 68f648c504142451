package main

import (
	"encoding/hex"
	"strings"

	"goshawk/corpus/kernel"
)

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func encode64(src []byte) string {
	var b strings.Builder
	for len(src) >= 3 {
		v := uint(src[0])<<16 | uint(src[1])<<8 | uint(src[2])
		b.WriteByte(alphabet[v>>18])
		b.WriteByte(alphabet[v>>12&63])
		b.WriteByte(alphabet[v>>6&63])
		b.WriteByte(alphabet[v&63])
		src = src[3:]
	}
	switch len(src) {
	case 1:
		b.WriteByte(alphabet[src[0]>>2])
		b.WriteByte(alphabet[src[0]&3<<4])
		b.WriteString("==")
	case 2:
		b.WriteByte(alphabet[src[0]>>2])
		b.WriteByte(alphabet[src[0]&3<<4|src[1]>>4])
		b.WriteByte(alphabet[src[1]&15<<2])
		b.WriteByte('=')
	}
	return b.String()
}

func decode64(s string) ([]byte, bool) {
	out := make([]byte, 0, len(s)*3/4)
	var bits uint32
	count := 0
	for i := 0; i < len(s) && s[i] != '='; i++ {
		c := s[i]
		var v byte
		switch {
		case 'A' <= c && c <= 'Z':
			v = c - 'A'
		case 'a' <= c && c <= 'z':
			v = c - 'a' + 26
		case '0' <= c && c <= '9':
			v = c - '0' + 52
		case c == '+':
			v = 62
		case c == '/':
			v = 63
		default:
			return nil, false
		}
		bits = bits<<6 | uint32(v)
		if count += 6; count >= 8 {
			count -= 8
			out = append(out, byte(bits>>uint(count)))
		}
	}
	return out, true
}

// escape is that of addresses.
func escape(s string) string {
	const digits = "0123456789ABCDEF"
	var out []byte
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == ' ':
			out = append(out, '+')
		case c == '-' || c == '.' || c >= '0' && c <= '9' ||
			c|32 >= 'a' && c|32 <= 'z':
			out = append(out, c)
		default:
			out = append(out, '%', digits[c>>4], digits[c&15])
		}
	}
	return string(out)
}

func fromHex(c byte) int {
	if i := strings.IndexByte("0123456789abcdef", c|32); i >= 0 {
		return i
	}
	return -1
}

func unescape(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '+' {
			c = ' '
		} else if c == '%' {
			if i+2 >= len(s) {
				return "", false
			}
			high, low := fromHex(s[i+1]), fromHex(s[i+2])
			if high < 0 || low < 0 {
				return "", false
			}
			c = byte(high<<4 | low)
			i += 2
		}
		b.WriteByte(c)
	}
	return b.String(), true
}

func base64Kernel() uint64 {
	r := kernel.NewRand(73)
	var d kernel.Digest
	for size := 27000; size < 27003; size++ {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(r.Uint64() >> 40)
		}
		text := encode64(data)
		back, ok := decode64(text)
		if !ok || string(back) != string(data) {
			panic("base64 does not round trip")
		}
		d.Text(text[size:])
		if _, ok := decode64("ab*d"); ok {
			panic("accepted a star")
		}
	}
	prose := r.Prose(3000)
	escaped := escape(prose)
	if plain, ok := unescape(escaped); !ok || plain != prose {
		panic("escapes do not round trip")
	}
	d.Text(escaped[:100])
	d.Text(hex.Dump([]byte(prose[:400])))
	return d.Value()
}
