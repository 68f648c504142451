package harness

import "strconv"

// Checksum is an FNV-1a hash of what a program computed. The zero value is
// not ready for use; see NewChecksum.
type Checksum uint64

// NewChecksum returns the checksum of nothing.
func NewChecksum() Checksum { return 14695981039346656037 }

// Int adds an integer.
func (c *Checksum) Int(value int) { c.Uint64(uint64(value)) }

// Uint64 adds eight bytes, lowest first.
func (c *Checksum) Uint64(value uint64) {
	for i := 0; i < 8; i++ {
		*c = (*c ^ Checksum(value&255)) * 1099511628211
		value >>= 8
	}
}

// Float adds a number rounded to eight digits: machines that fuse a
// multiplication with an addition differ in the last bits.
func (c *Checksum) Float(value float64) {
	c.String(strconv.FormatFloat(value, 'e', 7, 64))
}

// String adds a string's length and bytes.
func (c *Checksum) String(value string) {
	c.Int(len(value))
	for i := 0; i < len(value); i++ {
		*c = (*c ^ Checksum(value[i])) * 1099511628211
	}
}

// Bytes adds a slice's length and bytes.
func (c *Checksum) Bytes(value []byte) {
	c.Int(len(value))
	for _, b := range value {
		*c = (*c ^ Checksum(b)) * 1099511628211
	}
}

// Value returns the checksum of all that was added.
func (c *Checksum) Value() uint64 { return uint64(*c) }
