package main

import (
	"fmt"
	"unicode/utf8"

	"goshawk/corpus/kernel"
)

type bitWriter struct {
	buf  []byte
	free uint // Bits that are free in the last byte.
}

func (w *bitWriter) bit(b uint64) {
	if w.free == 0 {
		w.buf = append(w.buf, 0)
		w.free = 8
	}
	w.free--
	w.buf[len(w.buf)-1] |= byte(b&1) << w.free
}

func (w *bitWriter) bits(v uint64, n int) {
	for n--; n >= 0; n-- {
		w.bit(v >> uint(n))
	}
}

// gamma is Elias' code.
func (w *bitWriter) gamma(v uint64) {
	n := 0
	for rest := v; rest > 1; rest >>= 1 {
		n++
	}
	w.bits(0, n)
	w.bits(v, n+1)
}

type bitReader struct {
	buf []byte
	at  int
}

func (r *bitReader) bit() uint64 {
	b := r.buf[r.at>>3] >> (7 - uint(r.at)&7) & 1
	r.at++
	return uint64(b)
}

func (r *bitReader) bits(n int) (v uint64) {
	for ; n > 0; n-- {
		v = v<<1 | r.bit()
	}
	return v
}

func (r *bitReader) gamma() uint64 {
	n := 0
	for r.bit() == 0 {
		n++
	}
	return 1<<uint(n) | r.bits(n)
}

// hamming guards four bits with three.
func hamming(v uint64) uint64 {
	a, b, c, d := v>>3&1, v>>2&1, v>>1&1, v&1
	return (a^b^d)<<6 | (a^c^d)<<5 | a<<4 | (b^c^d)<<3 | b<<2 | c<<1 | d
}

func correct(v uint64) uint64 {
	var syndrome uint64
	for i := uint64(1); i <= 7; i++ {
		if v>>(7-i)&1 == 1 {
			syndrome ^= i
		}
	}
	if syndrome > 0 {
		v ^= 1 << (7 - syndrome)
	}
	return v>>1&8 | v&7
}

// decodeRunes reads UTF-8 by hand.
func decodeRunes(data []byte) (runes []rune) {
	for i := 0; i < len(data); {
		b := data[i]
		size, r := 1, rune(b)
		switch {
		case b >= 0xf0:
			size, r = 4, rune(b&0x07)
		case b >= 0xe0:
			size, r = 3, rune(b&0x0f)
		case b >= 0xc0:
			size, r = 2, rune(b&0x1f)
		}
		for _, next := range data[i+1 : i+size] {
			r = r<<6 | rune(next&0x3f)
		}
		runes = append(runes, r)
		i += size
	}
	return runes
}

func bitcodeKernel() uint64 {
	r := kernel.NewRand(81)
	values := make([]uint64, 7000)
	w := new(bitWriter)
	for i := range values {
		values[i] = r.Uint64()>>(44+uint(r.Intn(20))) | 1
		w.gamma(values[i])
		w.bits(hamming(values[i]), 7)
	}
	var d kernel.Digest
	d.Bytes(w.buf)
	in := &bitReader{buf: w.buf}
	for i, want := range values {
		if v := in.gamma(); v != want {
			panic(fmt.Sprintf("value %d is %d and not %d", i, v, want))
		}
		damaged := in.bits(7) ^ 1<<uint(r.Intn(7))
		if v := correct(damaged); v != want&15 {
			panic(fmt.Sprintf("%07b was corrected to %04b", damaged, v))
		}
	}
	var text []byte
	for i := 0; i < 12000; i++ {
		text = utf8.AppendRune(text, rune(r.Intn(0xd800)>>uint(r.Intn(12))))
	}
	runes := decodeRunes(text)
	for i, c := range string(text[:9000]) {
		if c != runes[0] && c != utf8.RuneError {
			panic(fmt.Sprint("wrong rune at ", i))
		}
		runes = runes[1:]
	}
	d.Int(len(runes))
	return d.Value()
}
