package main

import (
	"strings"

	"goshawk/corpus/kernel"
)

// match knows *, ? and [a-z], and works backwards after a star.
func match(pattern, name string) bool {
	star, resume := -1, 0
	p, n := 0, 0
	for n < len(name) {
		if p < len(pattern) {
			switch c := pattern[p]; c {
			case '*':
				star, resume = p, n
				p++
				continue
			case '?':
				p++
				n++
				continue
			case '[':
				if end, ok := matchClass(pattern[p+1:], name[n]); ok {
					p += end + 2
					n++
					continue
				}
			default:
				if c == name[n] {
					p++
					n++
					continue
				}
			}
		}
		if star < 0 {
			return false
		}
		resume++
		p, n = star+1, resume
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

func matchClass(class string, c byte) (end int, ok bool) {
	not := class[0] == '^'
	if not {
		end++
	}
	for class[end] != ']' {
		low := class[end]
		high := low
		if class[end+1] == '-' {
			high = class[end+2]
			end += 2
		}
		if low <= c && c <= high {
			ok = true
		}
		end++
	}
	return end, ok != not
}

// machine is an expression of letters, dots and stars as a list of pieces;
// a set of places in it is a mask.
type machine struct {
	pieces   []piece
	anchored bool
	toEnd    bool
}

type piece struct {
	char         byte
	any, repeats bool
}

func compile(expression string) *machine {
	m := &machine{}
	if strings.HasPrefix(expression, "^") {
		m.anchored = true
		expression = expression[1:]
	}
	if strings.HasSuffix(expression, "$") {
		m.toEnd = true
		expression = expression[:len(expression)-1]
	}
	for _, c := range []byte(expression) {
		switch c {
		case '*':
			m.pieces[len(m.pieces)-1].repeats = true
		case '.':
			m.pieces = append(m.pieces, piece{any: true})
		default:
			m.pieces = append(m.pieces, piece{char: c})
		}
	}
	return m
}

// skip adds the places that are reached without reading anything.
func (m *machine) skip(places uint32) uint32 {
	for i, p := range m.pieces {
		if p.repeats && places>>uint(i)&1 != 0 {
			places |= 2 << uint(i)
		}
	}
	return places
}

func (m *machine) matches(text string) bool {
	end := uint32(1) << uint(len(m.pieces))
	places := m.skip(1)
	for i := 0; i < len(text); i++ {
		if places&end != 0 && !m.toEnd {
			return true
		}
		var next uint32
		for k, p := range m.pieces {
			if places>>uint(k)&1 == 0 || !p.any && p.char != text[i] {
				continue
			}
			if p.repeats {
				next |= 1 << uint(k)
			} else {
				next |= 2 << uint(k)
			}
		}
		if !m.anchored {
			next |= 1
		}
		places = m.skip(next)
	}
	return places&end != 0
}

func globKernel() uint64 {
	r := kernel.NewRand(17)
	globs := []string{"*.go", "k?l*", "[a-m]*x*", "*[^aeiou].txt", "*an*an*"}
	var machines []*machine
	for _, s := range []string{"^mi.*o", "a*n", "x.go$", "^.*pe.*ve.*$", "so*u"} {
		machines = append(machines, compile(s))
	}
	endings := []string{".go", ".txt", ".md"}
	var hits [2][5]int
	for i := 0; i < 1500; i++ {
		name := r.Word() + r.Word() + endings[i%len(endings)]
		for k := range globs {
			if match(globs[k], name) {
				hits[0][k]++
			}
			if machines[k].matches(name) {
				hits[1][k]++
			}
		}
	}
	var d kernel.Digest
	for _, row := range hits {
		for _, n := range row {
			d.Int(n)
		}
	}
	return d.Value()
}
