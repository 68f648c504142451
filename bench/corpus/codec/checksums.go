package main

import (
	"encoding/binary"

	"goshawk/corpus/kernel"
)

// crcTable has what each byte does to a checksum of width bits, for a
// polynomial whose highest bit comes first.
func crcTable[T uint8 | uint16 | uint64](polynomial T, width uint) (t [256]T) {
	for i := range t {
		c := T(i) << (width - 8)
		for k := 0; k < 8; k++ {
			high := c>>(width-1) != 0
			c <<= 1
			if high {
				c ^= polynomial
			}
		}
		t[i] = c
	}
	return t
}

var (
	crc8Table  = crcTable[uint8](0x2f, 8)
	crc16Table = crcTable[uint16](0x8005, 16)
	crc64Table = crcTable[uint64](0xad93d23594c935a9, 64)
)

func crc8(data []byte) uint8 {
	c := uint8(0xff)
	for _, b := range data {
		c = crc8Table[c^b]
	}
	return ^c
}

func crc16(data []byte) uint16 {
	var c uint16
	for _, b := range data {
		c = c<<8 ^ crc16Table[byte(c>>8)^b]
	}
	return c
}

// crc64 goes on from c.
func crc64(c uint64, data []byte) uint64 {
	for i := 0; i < len(data); i++ {
		c = crc64Table[byte(c>>56)^data[i]] ^ c<<8
	}
	return c
}

// sliced is a reflected CRC of 32 bits, four bytes at a time.
type sliced [4][256]uint32

func newSliced(polynomial uint32) *sliced {
	s := new(sliced)
	for i := range s[0] {
		c := uint32(i)
		for k := 0; k < 8; k++ {
			c = c>>1 ^ polynomial&-(c&1)
		}
		s[0][i] = c
	}
	for i, c := range s[0] {
		for k := 1; k < len(s); k++ {
			c = c>>8 ^ s[0][byte(c)]
			s[k][i] = c
		}
	}
	return s
}

func (s *sliced) sum(data []byte) uint32 {
	c := ^uint32(0)
	for len(data) >= 4 {
		c ^= binary.LittleEndian.Uint32(data)
		c = s[3][byte(c)] ^ s[2][byte(c>>8)] ^ s[1][byte(c>>16)] ^ s[0][c>>24]
		data = data[4:]
	}
	for _, b := range data {
		c = s[0][byte(c)^b] ^ c>>8
	}
	return ^c
}

func fletcher16(data []byte) uint16 {
	var a, b uint32
	for len(data) > 0 {
		n := len(data)
		if n > 4096 {
			n = 4096
		}
		for _, c := range data[:n] {
			a += uint32(c)
			b += a
		}
		a, b = a%255, b%255
		data = data[n:]
	}
	return uint16(b<<8 | a)
}

func fletcher32(words []uint16) uint32 {
	a, b := uint32(0xffff), uint32(0xffff)
	for len(words) > 0 {
		part := words
		if len(part) > 359 {
			part = part[:359]
		}
		words = words[len(part):]
		for _, w := range part {
			a += uint32(w)
			b += a
		}
		a = a&0xffff + a>>16
		b = b&0xffff + b>>16
	}
	a = a&0xffff + a>>16
	b = b&0xffff + b>>16
	return b<<16 | a
}

// onesComplement is the checksum of IP's headers.
func onesComplement(header []byte) uint16 {
	var sum uint32
	for ; len(header) > 1; header = header[2:] {
		sum += uint32(binary.BigEndian.Uint16(header))
	}
	if len(header) == 1 {
		sum += uint32(header[0]) << 8
	}
	for sum>>16 != 0 {
		sum = sum&0xffff + sum>>16
	}
	return ^uint16(sum)
}

// pearson is a hash by a permutation of all bytes.
func pearson(permutation *[256]byte, text string) (h [4]byte) {
	for k := range h {
		c := permutation[(int(text[0])+k)%256]
		for i := 1; i < len(text); i++ {
			c = permutation[c^text[i]]
		}
		h[k] = c
	}
	return h
}

// damm is the check digit of a quasigroup.
var damm = [10][10]uint8{
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2}, {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
	{4, 2, 0, 6, 8, 7, 1, 3, 5, 9}, {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
	{6, 1, 2, 3, 0, 4, 5, 9, 7, 8}, {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4}, {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
	{9, 4, 3, 8, 6, 1, 7, 2, 0, 5}, {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}

func checkDigit(digits []byte) byte {
	state := uint8(0)
	for _, c := range digits {
		state = damm[state][c-'0']
	}
	return '0' + state
}

// A packet is its length, a checksum of that, the payload and its checksum.
func packet(out, payload []byte, s *sliced) []byte {
	at := len(out)
	out = append(out, 0, 0, 0, 0)
	binary.BigEndian.PutUint16(out[at:], uint16(len(payload)))
	binary.BigEndian.PutUint16(out[at+2:], crc16(out[at:at+2]))
	out = append(out, payload...)
	sum := s.sum(payload)
	return append(out, byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24))
}

// next returns the payload of the packet that is first in data, looks for
// another where one is damaged, and returns how many bytes it skipped.
func next(data []byte, s *sliced) (payload, rest []byte, skipped int) {
	for ; len(data) >= 8; data, skipped = data[1:], skipped+1 {
		n := int(binary.BigEndian.Uint16(data))
		if crc16(data[:2]) != binary.BigEndian.Uint16(data[2:]) ||
			n+8 > len(data) {
			continue
		}
		payload := data[4 : 4+n]
		if s.sum(payload) == binary.LittleEndian.Uint32(data[4+n:]) {
			return payload, data[8+n:], skipped
		}
	}
	return nil, nil, skipped + len(data)
}

func checksumsKernel() uint64 {
	r := kernel.NewRand(79)
	var d kernel.Digest
	s := newSliced(0xeb31d82e)
	var permutation [256]byte
	for i := range permutation {
		k := r.Intn(i + 1)
		permutation[i] = permutation[k]
		permutation[k] = byte(i)
	}
	if sum := crc16([]byte("123456789")); sum != 0xfee8 {
		panic(sum)
	}
	var stream []byte
	for i := 0; i < 150; i++ {
		payload := []byte(r.Prose(10 + r.Intn(60)))
		d.Int(int(crc8(payload)))
		d.Int(int(fletcher16(payload)))
		d.Int(int(onesComplement(payload)))
		h := pearson(&permutation, r.Word())
		d.Bytes(h[:])
		stream = packet(stream, payload, s)
	}
	for i := 0; i < 12; i++ {
		stream[r.Intn(len(stream))] ^= 1 << r.Intn(8)
	}
	d.Add(crc64(0, stream))
	words := make([]uint16, len(stream)/2)
	for i := range words {
		words[i] = binary.LittleEndian.Uint16(stream[2*i:])
	}
	d.Int(int(fletcher32(words)))
	for rest := stream; len(rest) > 0; {
		payload, after, skipped := next(rest, s)
		d.Int(len(payload))
		d.Int(skipped)
		rest = after
	}
	for i := 0; i < 2000; i++ {
		digits := make([]byte, 12)
		for k := range digits {
			digits[k] = byte('0' + r.Intn(10))
		}
		digits = append(digits, checkDigit(digits))
		if checkDigit(digits) != '0' {
			panic("wrong check digit")
		}
		d.Bytes(digits[12:])
	}
	return d.Value()
}
