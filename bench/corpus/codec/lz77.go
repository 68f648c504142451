package main

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"goshawk/corpus/kernel"
)

const (
	minMatch = 4
	window   = 1 << 13
)

func hash4(b []byte) uint32 {
	return binary.LittleEndian.Uint32(b) * 2654435761 >> 20
}

func matchLength(a, b []byte) int {
	n := 0
	for n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// pack writes literals and references to what was there before.
func pack(src []byte) []byte {
	var dst []byte
	var table [1 << 12]int32
	anchor, i := 0, 0
	for i+minMatch < len(src) {
		h := hash4(src[i:])
		candidate := int(table[h]) - 1
		table[h] = int32(i + 1)
		if candidate < 0 || i-candidate > window ||
			!bytes.Equal(src[candidate:candidate+minMatch], src[i:i+minMatch]) {
			i++
			continue
		}
		n := minMatch + matchLength(src[candidate+minMatch:], src[i+minMatch:])
		dst = literals(dst, src[anchor:i])
		dst = binary.AppendUvarint(dst, uint64(n)<<1|1)
		dst = binary.AppendUvarint(dst, uint64(i-candidate))
		i += n
		anchor = i
	}
	return literals(dst, src[anchor:])
}

func literals(dst, text []byte) []byte {
	if len(text) == 0 {
		return dst
	}
	dst = binary.AppendUvarint(dst, uint64(len(text))<<1)
	return append(dst, text...)
}

func unpack(src []byte) ([]byte, error) {
	var dst []byte
	for len(src) > 0 {
		head, used := binary.Uvarint(src)
		if used <= 0 {
			return dst, fmt.Errorf("bad length at %d", len(dst))
		}
		src = src[used:]
		n := int(head >> 1)
		if head&1 == 0 {
			if n > len(src) {
				return dst, fmt.Errorf("%d of %d literals", len(src), n)
			}
			dst = append(dst, src[:n]...)
			src = src[n:]
			continue
		}
		back, used := binary.Uvarint(src)
		if used <= 0 || int(back) > len(dst) || back == 0 {
			return dst, fmt.Errorf("bad distance %d at %d", back, len(dst))
		}
		src = src[used:]
		for from := len(dst) - int(back); n > 0; n-- {
			dst = append(dst, dst[from])
			from++
		}
	}
	return dst, nil
}

func lz77Kernel() uint64 {
	var d kernel.Digest
	r := kernel.NewRand(72)
	for round := 0; round < 3; round++ {
		src := []byte(r.Prose(2500))
		packed := pack(src)
		plain, err := unpack(packed)
		if err != nil || !bytes.Equal(plain, src) {
			panic(fmt.Sprint("round trip failed: ", err))
		}
		d.Bytes(packed)
		if _, err := unpack(packed[:len(packed)-1]); err != nil {
			d.Text(err.Error())
		}
	}
	return d.Value()
}
