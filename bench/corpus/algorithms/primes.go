package main

import (
	"math/bits"

	"goshawk/corpus/kernel"
)

func mulMod(a, b, m uint64) uint64 {
	high, low := bits.Mul64(a, b)
	_, rest := bits.Div64(high%m, low, m)
	return rest
}

func powMod(base, exponent, m uint64) uint64 {
	result := uint64(1)
	base %= m
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result = mulMod(result, base, m)
		}
		base = mulMod(base, base, m)
	}
	return result
}

// isPrime is Miller and Rabin's test, exact for 64 bits.
func isPrime(n uint64) bool {
	bases := [...]uint64{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37}
	for _, p := range bases {
		if n%p == 0 {
			return n == p
		}
	}
	if n < 2 {
		return false
	}
	odd, twos := n-1, 0
	for odd%2 == 0 {
		odd /= 2
		twos++
	}
witness:
	for _, a := range bases {
		x := powMod(a, odd, n)
		if x == 1 || x == n-1 {
			continue
		}
		for i := 1; i < twos; i++ {
			x = mulMod(x, x, n)
			if x == n-1 {
				continue witness
			}
		}
		return false
	}
	return true
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// divisor is Pollard's rho.
func divisor(n uint64) uint64 {
	if n%2 == 0 {
		return 2
	}
	for c := uint64(1); ; c++ {
		step := func(x uint64) uint64 { return (mulMod(x, x, n) + c) % n }
		slow, fast, d := uint64(2), uint64(2), uint64(1)
		for d == 1 {
			slow, fast = step(slow), step(step(fast))
			if slow > fast {
				d = gcd(slow-fast, n)
			} else {
				d = gcd(fast-slow, n)
			}
		}
		if d != n {
			return d
		}
	}
}

func factor(n uint64, out map[uint64]int) {
	if n == 1 {
		return
	}
	if isPrime(n) {
		out[n]++
		return
	}
	d := divisor(n)
	factor(d, out)
	factor(n/d, out)
}

// collatz returns the longest chain below n.
func collatz(n int) (start, longest int) {
	lengths := make([]int16, n)
	lengths[1] = 1
	for i := 2; i < n; i++ {
		steps := int16(0)
		at := i
		for at >= i {
			if at%2 == 0 {
				at /= 2
			} else {
				at = 3*at + 1
			}
			steps++
		}
		lengths[i] = steps + lengths[at]
		if int(lengths[i]) > longest {
			start, longest = i, int(lengths[i])
		}
	}
	return start, longest
}

func extended(a, b int) (g, x, y int) {
	if b == 0 {
		return a, 1, 0
	}
	g, x, y = extended(b, a%b)
	return g, y, x - a/b*y
}

func primesKernel() uint64 {
	var d kernel.Digest
	found := 0
	for n := uint64(1) << 61; found < 20; n++ {
		if isPrime(n) {
			d.Add(n)
			found++
		}
	}
	r := kernel.NewRand(61)
	for i := 0; i < 30; i++ {
		factors := map[uint64]int{}
		factor(r.Uint64()>>30, factors)
		for p, n := range factors {
			// The order is not known, so the sum has to do.
			found += int(p) * n
		}
	}
	d.Int(found)
	start, longest := collatz(60000)
	d.Int(start * longest)
	for i := 0; i < 4000; i++ {
		g, x, y := extended(r.Intn(100000)+1, r.Intn(100000)+1)
		d.Int(g*31 + x - y)
	}
	return d.Value()
}
