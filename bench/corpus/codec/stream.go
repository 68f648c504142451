package main

import (
	"bytes"
	"encoding/binary"
	"io"

	"goshawk/corpus/kernel"
)

func quarter(a, b, c, d *uint32) {
	*a += *b
	*d ^= *a
	*d = *d<<16 | *d>>16
	*c += *d
	*b ^= *c
	*b = *b<<12 | *b>>20
	*a += *b
	*d ^= *a
	*d = *d<<8 | *d>>24
	*c += *d
	*b ^= *c
	*b = *b<<7 | *b>>25
}

// keystream XORs what is read with a stream of random bytes.
type keystream struct {
	from  io.Reader
	state [16]uint32
	block [64]byte
	used  int
}

func newKeystream(from io.Reader, key [8]uint32, nonce uint64) *keystream {
	k := &keystream{from: from, used: 64}
	copy(k.state[:], []uint32{0x61707865, 0x3320646e, 0x79622d32, 0x6b206574})
	copy(k.state[4:], key[:])
	k.state[14], k.state[15] = uint32(nonce), uint32(nonce>>32)
	return k
}

func (k *keystream) refill() {
	x := k.state
	for i := 0; i < 10; i++ {
		for c := 0; c < 4; c++ {
			quarter(&x[c], &x[4+c], &x[8+c], &x[12+c])
		}
		for c := 0; c < 4; c++ {
			quarter(&x[c], &x[4+(c+1)%4], &x[8+(c+2)%4], &x[12+(c+3)%4])
		}
	}
	for i, v := range x {
		binary.LittleEndian.PutUint32(k.block[4*i:], v+k.state[i])
	}
	k.state[12]++
	k.used = 0
}

// Read implements io.Reader.
func (k *keystream) Read(p []byte) (int, error) {
	n, err := k.from.Read(p)
	for i := range p[:n] {
		if k.used == len(k.block) {
			k.refill()
		}
		p[i] ^= k.block[k.used]
		k.used++
	}
	return n, err
}

// chunks hands out a few bytes at a time.
type chunks struct {
	data []byte
	size int
}

func (c *chunks) Read(p []byte) (int, error) {
	if len(c.data) == 0 {
		return 0, io.EOF
	}
	c.size = c.size*5%97 + 1
	if len(p) > c.size {
		p = p[:c.size]
	}
	n := copy(p, c.data)
	c.data = c.data[n:]
	return n, nil
}

type tally struct {
	counts [256]int
	w      io.Writer
}

func (t *tally) Write(p []byte) (int, error) {
	for _, b := range p {
		t.counts[b]++
	}
	return t.w.Write(p)
}

func streamKernel() uint64 {
	text := []byte(kernel.NewRand(79).Prose(5500))
	key := [8]uint32{3, 1, 4, 1, 5, 9, 2, 6}
	var secret bytes.Buffer
	t := &tally{w: &secret}
	if _, err := io.Copy(t, newKeystream(&chunks{text, 3}, key, 7)); err != nil {
		panic(err)
	}
	var d kernel.Digest
	for _, n := range t.counts {
		d.Int(n)
	}
	plain, err := io.ReadAll(newKeystream(&secret, key, 7))
	if err != nil || !bytes.Equal(plain, text) {
		panic("the text cannot be read")
	}
	d.Bytes(plain[:64])
	return d.Value()
}
