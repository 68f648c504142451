package kernel

import "strings"

// Rand is a splitmix64 generator.
type Rand struct{ state uint64 }

// NewRand returns a generator that starts from seed.
func NewRand(seed uint64) *Rand { return &Rand{seed} }

// Uint64 returns 64 random bits.
func (r *Rand) Uint64() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Intn returns a number of [0, n).
func (r *Rand) Intn(n int) int { return int((r.Uint64() >> 33) % uint64(n)) }

// Float64 returns a number of [0, 1).
func (r *Rand) Float64() float64 { return float64(r.Uint64()>>11) / (1 << 53) }

var syllables = []string{
	"ka", "lo", "mi", "ter", "an", "so", "ve", "ril", "du", "pe", "on", "ix",
}

// Word returns something that can be pronounced.
func (r *Rand) Word() string {
	var b strings.Builder
	for n := 1 + r.Intn(3); n >= 0; n-- {
		b.WriteString(syllables[r.Intn(len(syllables))])
	}
	return b.String()
}

// Prose returns sentences of n words in all.
func (r *Rand) Prose(n int) string {
	var b strings.Builder
	for i := 1; i <= n; i++ {
		b.WriteString(r.Word())
		switch {
		case i%61 == 0:
			b.WriteString(".\n")
		case i%17 == 0:
			b.WriteString(", ")
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}
