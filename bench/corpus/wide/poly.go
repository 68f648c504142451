package main

import (
	"encoding/binary"
	"math/bits"

	"goshawk/corpus/kernel"
)

// authenticator evaluates a polynomial modulo 2^130 - 5, whose coefficients are
// the blocks of a message.
type authenticator struct {
	h    [3]uint64
	r, s [2]uint64
}

func (a *authenticator) update(message []byte) {
	h0, h1, h2 := a.h[0], a.h[1], a.h[2]
	r0, r1 := a.r[0], a.r[1]
	for len(message) >= 16 {
		var carry uint64
		h0, carry = bits.Add64(h0, binary.LittleEndian.Uint64(message), 0)
		h1, carry = bits.Add64(h1, binary.LittleEndian.Uint64(message[8:]), carry)
		h2 += carry + 1
		message = message[16:]

		p00hi, p00lo := bits.Mul64(h0, r0)
		p10hi, p10lo := bits.Mul64(h1, r0)
		p01hi, p01lo := bits.Mul64(h0, r1)
		p11hi, p11lo := bits.Mul64(h1, r1)
		midLo, carry := bits.Add64(p10lo, p01lo, 0)
		midHi, _ := bits.Add64(p10hi, p01hi, carry)
		topLo, carry := bits.Add64(p11lo, h2*r0, 0)
		topHi, _ := bits.Add64(p11hi, h2*r1, carry)
		t0 := p00lo
		t1, carry := bits.Add64(midLo, p00hi, 0)
		t2, carry := bits.Add64(topLo, midHi, carry)
		t3, _ := bits.Add64(topHi, 0, carry)

		h0, h1, h2 = t0, t1, t2&3
		fourLo, fourHi := t2&^3, t3
		h0, carry = bits.Add64(h0, fourLo, 0)
		h1, carry = bits.Add64(h1, fourHi, carry)
		h2 += carry
		oneLo, oneHi := fourLo>>2|fourHi<<62, fourHi>>2
		h0, carry = bits.Add64(h0, oneLo, 0)
		h1, carry = bits.Add64(h1, oneHi, carry)
		h2 += carry
	}
	a.h = [3]uint64{h0, h1, h2}
}

func (a *authenticator) sum() uint64 {
	lo, carry := bits.Add64(a.h[0], a.s[0], 0)
	hi, _ := bits.Add64(a.h[1], a.s[1], carry)
	return hi ^ bits.RotateLeft64(lo, 7)
}

func polyKernel() uint64 {
	var digest kernel.Digest
	r := kernel.NewRand(15)
	message := make([]byte, 4096)
	for i := range message {
		message[i] = byte(r.Uint64())
	}
	for round := 0; round < 25; round++ {
		a := authenticator{
			r: [2]uint64{r.Uint64() & 0x0ffffffc0fffffff, r.Uint64() & 0x0ffffffc0ffffffc},
			s: [2]uint64{r.Uint64(), r.Uint64()},
		}
		a.update(message[round*16:])
		digest.Add(a.sum())
	}
	return digest.Value()
}
