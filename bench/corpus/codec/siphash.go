package main

import (
	"encoding/binary"
	"math/bits"

	"goshawk/corpus/kernel"
)

type sip struct{ v0, v1, v2, v3 uint64 }

func (s *sip) round() {
	s.v0 += s.v1
	s.v1 = bits.RotateLeft64(s.v1, 13) ^ s.v0
	s.v0 = bits.RotateLeft64(s.v0, 32)
	s.v2 += s.v3
	s.v3 = bits.RotateLeft64(s.v3, 16) ^ s.v2
	s.v0 += s.v3
	s.v3 = bits.RotateLeft64(s.v3, 21) ^ s.v0
	s.v2 += s.v1
	s.v1 = bits.RotateLeft64(s.v1, 17) ^ s.v2
	s.v2 = bits.RotateLeft64(s.v2, 32)
}

func siphash(k0, k1 uint64, data []byte) uint64 {
	s := sip{k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d,
		k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573}
	last := uint64(len(data)) << 56
	for ; len(data) >= 8; data = data[8:] {
		m := binary.LittleEndian.Uint64(data)
		s.v3 ^= m
		s.round()
		s.round()
		s.v0 ^= m
	}
	for i, b := range data {
		last |= uint64(b) << (8 * uint(i))
	}
	s.v3 ^= last
	s.round()
	s.round()
	s.v0 ^= last
	s.v2 ^= 0xff
	for i := 0; i < 4; i++ {
		s.round()
	}
	return s.v0 ^ s.v1 ^ s.v2 ^ s.v3
}

// tea is a block cipher of two words.
func tea(v0, v1 uint32, key *[4]uint32) (uint32, uint32) {
	sum := uint32(0)
	for i := 0; i < 32; i++ {
		v0 += (v1<<4 ^ v1>>5) + v1 ^ sum + key[sum&3]
		sum += 0x9e3779b9
		v1 += (v0<<4 ^ v0>>5) + v0 ^ sum + key[sum>>11&3]
	}
	return v0, v1
}

// arcfour permutes a table while it produces bytes.
type arcfour struct {
	s    [256]byte
	i, j byte
}

func newArcfour(key string) *arcfour {
	a := new(arcfour)
	for i := range a.s {
		a.s[i] = byte(i)
	}
	j := byte(0)
	for i := range a.s {
		j += a.s[i] + key[i%len(key)]
		a.s[i], a.s[j] = a.s[j], a.s[i]
	}
	return a
}

func (a *arcfour) apply(data []byte) {
	for n := range data {
		a.i++
		a.j += a.s[a.i]
		a.s[a.i], a.s[a.j] = a.s[a.j], a.s[a.i]
		data[n] ^= a.s[a.s[a.i]+a.s[a.j]]
	}
}

func siphashKernel() uint64 {
	r := kernel.NewRand(77)
	var d kernel.Digest
	data := []byte(r.Prose(3000))
	for i := 0; i < 1000; i++ {
		d.Add(siphash(uint64(i), 99, data[i:2*i+3]))
	}
	key := [4]uint32{1, 2, 3, 4}
	a, b := uint32(5), uint32(6)
	for i := 0; i < 5000; i++ {
		a, b = tea(a, b, &key)
	}
	d.Add(uint64(a)<<32 | uint64(b))
	newArcfour("goshawk").apply(data)
	d.Bytes(data)
	return d.Value()
}
