package main

import (
	"fmt"
	"math"
	"math/bits"

	"goshawk/corpus/kernel"
)

var (
	sines  [64]uint32
	turns  = [4][4]int{{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}
	filled bool
)

type state struct {
	a, b, c, d uint32
	length     uint64
	rest       []byte
}

func newState() *state {
	if !filled {
		for i := range sines {
			sines[i] = uint32(math.Floor(math.Abs(math.Sin(float64(i+1))) * (1 << 32)))
		}
		filled = true
	}
	return &state{a: 0x67452301, b: 0xefcdab89, c: 0x98badcfe, d: 0x10325476}
}

func (s *state) block(p []byte) {
	var m [16]uint32
	for i := range m {
		m[i] = uint32(p[4*i]) | uint32(p[4*i+1])<<8 |
			uint32(p[4*i+2])<<16 | uint32(p[4*i+3])<<24
	}
	a, b, c, d := s.a, s.b, s.c, s.d
	for i := 0; i < 64; i++ {
		var f uint32
		var g int
		switch i / 16 {
		case 0:
			f, g = b&c|^b&d, i
		case 1:
			f, g = d&b|^d&c, (5*i+1)%16
		case 2:
			f, g = b^c^d, (3*i+5)%16
		case 3:
			f, g = c^(b|^d), 7*i%16
		}
		f += a + sines[i] + m[g]
		a, d, c = d, c, b
		b += bits.RotateLeft32(f, turns[i/16][i%4])
	}
	s.a += a
	s.b += b
	s.c += c
	s.d += d
}

// Write implements io.Writer.
func (s *state) Write(p []byte) (int, error) {
	n := len(p)
	s.length += uint64(n)
	if len(s.rest) > 0 {
		k := 64 - len(s.rest)
		if k > len(p) {
			k = len(p)
		}
		s.rest = append(s.rest, p[:k]...)
		p = p[k:]
		if len(s.rest) < 64 {
			return n, nil
		}
		s.block(s.rest)
		s.rest = s.rest[:0]
	}
	for ; len(p) >= 64; p = p[64:] {
		s.block(p)
	}
	s.rest = append(s.rest, p...)
	return n, nil
}

func (s *state) sum() (out [16]byte) {
	length := s.length * 8
	padding := []byte{0x80}
	for (s.length+uint64(len(padding)))%64 != 56 {
		padding = append(padding, 0)
	}
	for i := uint(0); i < 64; i += 8 {
		padding = append(padding, byte(length>>i))
	}
	s.Write(padding)
	for i, word := range [4]uint32{s.a, s.b, s.c, s.d} {
		for k := 0; k < 4; k++ {
			out[4*i+k] = byte(word >> (8 * uint(k)))
		}
	}
	return out
}

func digestKernel() uint64 {
	s := newState()
	fmt.Fprint(s, "The quick brown fox jumps over the lazy dog")
	text := fmt.Sprintf("%x", s.sum())
	if text != "9e107d9d372bb6826bd81d3542a419d6" {
		panic("wrong digest " + text)
	}
	r := kernel.NewRand(78)
	s = newState()
	for i := 0; i < 900; i++ {
		fmt.Fprintf(s, "%d:%s;", i, r.Prose(15))
	}
	var d kernel.Digest
	out := s.sum()
	d.Bytes(out[:])
	return d.Value()
}
