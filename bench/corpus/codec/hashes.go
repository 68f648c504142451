package main

import (
	"encoding/binary"
	"math/bits"

	"goshawk/corpus/kernel"
)

func fnv1(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h *= 16777619
		h ^= uint32(s[i])
	}
	return h
}

func djb2(s string) (h uint64) {
	h = 5381
	for _, c := range []byte(s) {
		h = h<<5 + h + uint64(c)
	}
	return h
}

func murmur3(data []byte, seed uint32) uint32 {
	const c1, c2 = 0xcc9e2d51, 0x1b873593
	h := seed
	n := len(data)
	for ; len(data) >= 4; data = data[4:] {
		k := binary.LittleEndian.Uint32(data) * c1
		k = bits.RotateLeft32(k, 15) * c2
		h = bits.RotateLeft32(h^k, 13)*5 + 0xe6546b64
	}
	var k uint32
	switch len(data) {
	case 3:
		k ^= uint32(data[2]) << 16
		fallthrough
	case 2:
		k ^= uint32(data[1]) << 8
		fallthrough
	case 1:
		k ^= uint32(data[0])
		h ^= bits.RotateLeft32(k*c1, 15) * c2
	}
	h ^= uint32(n)
	h = (h ^ h>>16) * 0x85ebca6b
	h = (h ^ h>>13) * 0xc2b2ae35
	return h ^ h>>16
}

func adler(data []byte) uint32 {
	a, b := uint32(1), uint32(0)
	for len(data) > 0 {
		part := data
		if len(part) > 5552 {
			part = part[:5552]
		}
		for _, c := range part {
			a += uint32(c)
			b += a
		}
		a %= 65521
		b %= 65521
		data = data[len(part):]
	}
	return b<<16 | a
}

// rolling cuts data where a hash of the last bytes has zeros.
func rolling(data []byte) (cuts []int) {
	const width = 48
	var gear [256]uint64
	r := kernel.NewRand(1)
	for i := range gear {
		gear[i] = r.Uint64()
	}
	var h uint64
	last := 0
	for i, c := range data {
		h = h<<1 + gear[c]
		if i-last >= width && h>>57 == 0 {
			cuts = append(cuts, i)
			last = i
		}
	}
	return cuts
}

// luhn checks the numbers of cards.
func luhn(digits string) bool {
	sum := 0
	double := false
	for i := len(digits) - 1; i >= 0; i-- {
		v := int(digits[i] - '0')
		if double {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		double = !double
		sum += v
	}
	return sum%10 == 0
}

func hashesKernel() uint64 {
	r := kernel.NewRand(76)
	var d kernel.Digest
	for i := 0; i < 5000; i++ {
		word := r.Word()
		d.Add(uint64(fnv1(word)) ^ djb2(word))
		d.Add(uint64(murmur3([]byte(word), uint32(i))))
	}
	data := []byte(r.Prose(9000))
	d.Add(uint64(adler(data)))
	d.Add(uint64(murmur3(data, 9)))
	for _, cut := range rolling(data) {
		d.Int(cut)
	}
	valid := 0
	for i := 0; i < 3000; i++ {
		digits := make([]byte, 16)
		for k := range digits {
			digits[k] = byte('0' + r.Intn(10))
		}
		if luhn(string(digits)) {
			valid++
		}
	}
	d.Int(valid)
	return d.Value()
}
