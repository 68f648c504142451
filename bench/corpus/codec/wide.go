package main

import (
	"math/bits"

	"goshawk/corpus/kernel"
)

// u128 is an unsigned number of 128 bits.
type u128 struct{ high, low uint64 }

func (a u128) add(b u128) u128 {
	low, carry := bits.Add64(a.low, b.low, 0)
	high, _ := bits.Add64(a.high, b.high, carry)
	return u128{high, low}
}

func (a u128) sub(b u128) u128 {
	low, borrow := bits.Sub64(a.low, b.low, 0)
	high, _ := bits.Sub64(a.high, b.high, borrow)
	return u128{high, low}
}

func (a u128) mul(b u128) u128 {
	high, low := bits.Mul64(a.low, b.low)
	return u128{high + a.high*b.low + a.low*b.high, low}
}

func (a u128) less(b u128) bool {
	return a.high < b.high || a.high == b.high && a.low < b.low
}

func (a u128) shift(n uint) u128 {
	if n >= 64 {
		return u128{a.low << (n - 64), 0}
	}
	return u128{a.high<<n | a.low>>(64-n), a.low << n}
}

// divide divides by a small number.
func (a u128) divide(by uint64) (u128, uint64) {
	high, rest := a.high/by, a.high%by
	low, rest := bits.Div64(rest, a.low, by)
	return u128{high, low}, rest
}

func (a u128) String() string {
	var buf [40]byte
	at := len(buf)
	for {
		var digit uint64
		a, digit = a.divide(10)
		at--
		buf[at] = byte('0' + digit)
		if a == (u128{}) {
			return string(buf[at:])
		}
	}
}

func (a u128) sqrt() u128 {
	var root u128
	for bit := 63; bit >= 0; bit-- {
		try := root.add(u128{0, 1}.shift(uint(bit)))
		if square := try.mul(try); !a.less(square) {
			root = try
		}
	}
	return root
}

// fixed is a number with 16 bits behind the point.
type fixed int32

func (a fixed) mul(b fixed) fixed { return fixed(int64(a) * int64(b) >> 16) }
func (a fixed) div(b fixed) fixed { return fixed(int64(a) << 16 / int64(b)) }

func (a fixed) sqrt() fixed {
	if a <= 0 {
		return 0
	}
	x := a
	if x < 1<<16 {
		x = 1 << 16
	}
	for i := 0; i < 12; i++ {
		x = (x + a.div(x)) / 2
	}
	return x
}

// rational is a fraction in lowest terms.
type rational struct{ num, den int64 }

func newRational(num, den int64) rational {
	a, b := num, den
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		a = -a
	}
	return rational{num / a, den / a}
}

func (a rational) add(b rational) rational {
	return newRational(a.num*b.den+b.num*a.den, a.den*b.den)
}

func (a rational) mul(b rational) rational {
	return newRational(a.num*b.num, a.den*b.den)
}

func wideKernel() uint64 {
	r := kernel.NewRand(80)
	var d kernel.Digest
	x := u128{0, 1}
	for i := uint64(1); i <= 33; i++ {
		x = x.mul(u128{0, i})
		d.Text(x.String())
	}
	for i := 0; i < 1000; i++ {
		a := u128{r.Uint64() >> 8, r.Uint64()}
		b := u128{r.Uint64() >> 40, r.Uint64()}
		root := a.sqrt()
		rest := a.sub(root.mul(root))
		d.Add(rest.low ^ b.add(rest).high)
		d.Text(b.String())
	}
	var sum fixed
	for i := fixed(1); i < 6000; i++ {
		sum += (i << 8).sqrt().mul(3<<14) - i.div(i+7)
	}
	d.Int(int(sum))
	for i := int64(1); i < 1600; i++ {
		h := newRational(0, 1)
		for k := int64(1); k < 12; k++ {
			h = h.add(newRational(1, k+i%7)).mul(newRational(k, k+1))
			if h.den > 1<<20 {
				h = newRational(h.num>>10, h.den>>10)
			}
		}
		d.Add(uint64(h.num ^ h.den<<20))
	}
	return d.Value()
}
