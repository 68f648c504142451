package kernel

import (
	"math"
	"math/bits"
)

// Digest condenses results to 64 bits. Its zero value is ready for use.
type Digest struct{ state uint64 }

// Add takes in 64 bits.
func (d *Digest) Add(v uint64) {
	d.state = bits.RotateLeft64(d.state^v, 23) * 0x9e3779b97f4a7c15
}

// Int takes in an integer.
func (d *Digest) Int(v int) { d.Add(uint64(v)) }

// Float takes in a number with the precision of a float32: the last bits of
// some of package math's functions are not the same on every machine.
func (d *Digest) Float(v float64) {
	d.Add(uint64(math.Float32bits(float32(v))))
}

// Text takes in a string.
func (d *Digest) Text(s string) {
	d.Int(len(s))
	for _, r := range s {
		d.Add(uint64(r))
	}
}

// Bytes takes in bytes.
func (d *Digest) Bytes(data []byte) {
	d.Int(len(data))
	for _, b := range data {
		d.Add(uint64(b))
	}
}

// Value returns the digest of what was taken in.
func (d *Digest) Value() uint64 { return d.state ^ d.state>>29 }
