package harness

// Random is a xorshift generator: the same numbers on every engine and with
// every Go version, which math/rand does not promise.
type Random uint64

// NewRandom returns the one generator that all programs start from.
func NewRandom() *Random {
	r := Random(88172645463325252)
	return &r
}

// Next returns 64 random bits.
func (r *Random) Next() uint64 {
	x := *r
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	*r = x
	return uint64(x)
}

// Below returns a number from 0 up to limit, without limit itself.
func (r *Random) Below(limit int) int {
	return int((r.Next() >> 1) % uint64(limit))
}

// Unit returns a number from 0 up to 1, without 1 itself.
func (r *Random) Unit() float64 {
	return float64(r.Next()>>11) / (1 << 53)
}

// Word returns a word of 2 to 9 small letters.
func (r *Random) Word() string {
	var letters [9]byte
	n := 2 + r.Below(8)
	for i := 0; i < n; i++ {
		letters[i] = byte('a' + r.Below(26))
	}
	return string(letters[:n])
}

// Text returns count words with a line break after every tenth.
func (r *Random) Text(count int) string {
	// Words repeat as they do in prose: they are drawn from a vocabulary.
	vocabulary := make([]string, 500)
	for i := range vocabulary {
		vocabulary[i] = r.Word()
	}
	var text []byte
	for i := 0; i < count; i++ {
		// The product of two draws prefers the front of the vocabulary.
		text = append(text, vocabulary[r.Below(500)*r.Below(500)/500]...)
		if i%10 == 9 {
			text = append(text, '\n')
		} else {
			text = append(text, ' ')
		}
	}
	return string(text)
}
