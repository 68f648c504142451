package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"goshawk/corpus/kernel"
)

// A format of messages: tag, kind and value.
type encoder struct{ buf []byte }

func (e *encoder) uint(v uint64) {
	for v >= 0x80 {
		e.buf = append(e.buf, byte(v)|0x80)
		v >>= 7
	}
	e.buf = append(e.buf, byte(v))
}

func (e *encoder) int(v int64) { e.uint(uint64(v<<1) ^ uint64(v>>63)) }

func (e *encoder) text(s string) {
	e.uint(uint64(len(s)))
	e.buf = append(e.buf, s...)
}

func (e *encoder) float(v float64) {
	e.buf = binary.BigEndian.AppendUint64(e.buf, math.Float64bits(v))
}

type decoder struct {
	buf []byte
	err error
}

var errTruncated = errors.New("truncated message")

func (d *decoder) uint() (v uint64) {
	for shift := uint(0); shift < 64; shift += 7 {
		if len(d.buf) == 0 {
			d.err = errTruncated
			return 0
		}
		b := d.buf[0]
		d.buf = d.buf[1:]
		v |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return v
		}
	}
	d.err = errors.New("number is too long")
	return 0
}

func (d *decoder) int() int64 {
	v := d.uint()
	return int64(v>>1) ^ -int64(v&1)
}

func (d *decoder) take(n uint64) []byte {
	if d.err == nil && n > uint64(len(d.buf)) {
		d.err = errTruncated
	}
	if d.err != nil {
		return nil
	}
	out := d.buf[:n]
	d.buf = d.buf[n:]
	return out
}

func (d *decoder) text() string { return string(d.take(d.uint())) }

func (d *decoder) float() float64 {
	if b := d.take(8); b != nil {
		return math.Float64frombits(binary.BigEndian.Uint64(b))
	}
	return 0
}

type message struct {
	id     uint64
	delta  int64
	weight float64
	name   string
	parts  []message
}

func (m *message) encode(e *encoder) {
	e.uint(m.id)
	e.int(m.delta)
	e.float(m.weight)
	e.text(m.name)
	e.uint(uint64(len(m.parts)))
	for i := range m.parts {
		m.parts[i].encode(e)
	}
}

func (m *message) decode(d *decoder) error {
	m.id, m.delta, m.weight, m.name = d.uint(), d.int(), d.float(), d.text()
	for n := d.uint(); n > 0 && d.err == nil; n-- {
		var part message
		if err := part.decode(d); err != nil {
			return fmt.Errorf("part of %q: %w", m.name, err)
		}
		m.parts = append(m.parts, part)
	}
	return d.err
}

func makeMessage(r *kernel.Rand, depth int) message {
	m := message{r.Uint64() >> uint(r.Intn(64)), int64(r.Intn(2000)) - 1000,
		r.Float64(), r.Word(), nil}
	for i := 0; depth > 0 && i < 4; i++ {
		m.parts = append(m.parts, makeMessage(r, depth-1))
	}
	return m
}

type header struct {
	Magic  [4]byte
	Major  uint16
	Minor  uint16
	Length uint32
	Scale  float32
}

func varintKernel() uint64 {
	r := kernel.NewRand(75)
	var d kernel.Digest
	m := makeMessage(r, 6)
	e := new(encoder)
	m.encode(e)
	var back message
	if err := back.decode(&decoder{buf: e.buf}); err != nil {
		panic(err)
	}
	again := new(encoder)
	back.encode(again)
	if !bytes.Equal(e.buf, again.buf) {
		panic("messages do not round trip")
	}
	d.Bytes(e.buf)
	for i := 0; i < 40; i++ {
		var cut message
		err := cut.decode(&decoder{buf: e.buf[:40*i]})
		if errors.Is(err, errTruncated) {
			d.Text(err.Error())
		}
	}
	var file bytes.Buffer
	for i := 0; i < 40; i++ {
		h := header{[4]byte{'G', 'O', 'S', byte(i)}, 1, uint16(i), 77, 0.5}
		if err := binary.Write(&file, binary.LittleEndian, h); err != nil {
			panic(err)
		}
	}
	for {
		var h header
		err := binary.Read(&file, binary.LittleEndian, &h)
		if err == io.EOF {
			return d.Value()
		}
		d.Int(int(h.Minor) + int(h.Length) + int(h.Magic[3]))
	}
}
