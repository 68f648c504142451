// Bigint computes digits of pi, a factorial and modular powers with math/big.
package main

import (
	"math/big"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("bigint", 450, 150, func(size int) func() uint64 {
		return func() uint64 {
			result := harness.NewChecksum()
			result.String(pi(size))
			factorial := new(big.Int).MulRange(1, int64(size)*8)
			result.String(factorial.String())
			modulus := new(big.Int).Lsh(big.NewInt(1), 607)
			modulus.Sub(modulus, big.NewInt(1))
			power := new(big.Int).Exp(big.NewInt(3), factorial, modulus)
			result.String(power.Text(16))
			return result.Value()
		}
	})
}

// pi returns digits of pi by Gibbons's spigot.
func pi(digits int) string {
	q, r, t := big.NewInt(1), big.NewInt(0), big.NewInt(1)
	var x, y big.Int
	out := make([]byte, 0, digits)
	for k := int64(1); len(out) < digits; k++ {
		// Consume one term.
		y.SetInt64(2*k + 1)
		x.Lsh(q, 1)
		x.Add(&x, r)
		r.Mul(&x, &y)
		t.Mul(t, &y)
		x.SetInt64(k)
		q.Mul(q, &x)
		// Produce a digit when the terms so far fix it.
		if q.Cmp(r) > 0 {
			continue
		}
		digit := extract(q, r, t, 3)
		if digit != extract(q, r, t, 4) {
			continue
		}
		out = append(out, byte('0'+digit))
		x.SetInt64(digit)
		x.Mul(&x, t)
		r.Sub(r, &x)
		x.SetInt64(10)
		q.Mul(q, &x)
		r.Mul(r, &x)
	}
	return string(out)
}

func extract(q, r, t *big.Int, factor int64) int64 {
	var x big.Int
	x.Mul(q, big.NewInt(factor))
	x.Add(&x, r)
	return x.Quo(&x, t).Int64()
}
