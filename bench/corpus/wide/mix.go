package main

import (
	"encoding/binary"
	"math/bits"

	"goshawk/corpus/kernel"
)

// fold is the two halves of a product, one over the other.
func fold(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

func hashBytes(data []byte, seed uint64) uint64 {
	const k0, k1 = 0xa0761d6478bd642f, 0xe7037ed1a0b428db
	length := uint64(len(data))
	for len(data) >= 16 {
		a := binary.LittleEndian.Uint64(data)
		b := binary.LittleEndian.Uint64(data[8:])
		seed = fold(a^k0, b^seed)
		data = data[16:]
	}
	var tail [16]byte
	copy(tail[:], data)
	a := binary.LittleEndian.Uint64(tail[:8])
	b := binary.BigEndian.Uint64(tail[8:])
	return fold(k1^length, fold(a^k1, b^seed))
}

// pcg is a generator with 128 bits of state.
type pcg struct{ hi, lo uint64 }

func (p *pcg) next() uint64 {
	const multiplierHi, multiplierLo = 0x2360ed051fc65da4, 0x4385df649fccf645
	const incrementHi, incrementLo = 0x5851f42d4c957f2d, 0x14057b7ef767814f
	hi, lo := bits.Mul64(p.lo, multiplierLo)
	hi += p.hi*multiplierLo + p.lo*multiplierHi
	lo, carry := bits.Add64(lo, incrementLo, 0)
	hi, _ = bits.Add64(hi, incrementHi, carry)
	p.hi, p.lo = hi, lo
	return bits.RotateLeft64(hi^lo, -int(hi>>58))
}

// below is without bias and, but for rare cases, without division.
func (p *pcg) below(n uint64) uint64 {
	hi, lo := bits.Mul64(p.next(), n)
	if lo < n {
		for threshold := -n % n; lo < threshold; {
			hi, lo = bits.Mul64(p.next(), n)
		}
	}
	return hi
}

func mixKernel() uint64 {
	var digest kernel.Digest
	generator := pcg{1, 2}
	data := make([]byte, 0, 300)
	for i := 0; i < 3000; i++ {
		data = data[:generator.below(uint64(cap(data)))]
		for k := range data {
			data[k] = byte(i + k*k)
		}
		digest.Add(hashBytes(data, generator.next()))
	}
	return digest.Value()
}
