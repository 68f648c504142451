package main

import "goshawk/corpus/kernel"

// Divisions by constants, of which compilers make products.

func digitSum(n int) int {
	sum := 0
	for ; n > 0; n /= 10 {
		sum += n % 10
	}
	return sum
}

func power(base, exponent uint64) uint64 {
	const prime = 1_000_000_007
	result := uint64(1)
	for base %= prime; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result = result * base % prime
		}
		base = base * base % prime
	}
	return result
}

// weekday is Zeller's congruence.
func weekday(year, month, day int) int {
	if month < 3 {
		month += 12
		year--
	}
	return (day + 13*(month+1)/5 + year + year/4 - year/100 + year/400) % 7
}

func buckets(keys []int) int {
	var counts [97]int
	most := 0
	for _, key := range keys {
		counts[key%97]++
		if counts[key%97] > most {
			most = counts[key%97]
		}
	}
	return most
}

func digitsKernel() uint64 {
	var d kernel.Digest
	r := kernel.NewRand(97)
	keys := make([]int, 20000)
	for i := range keys {
		keys[i] = r.Intn(1 << 31)
		d.Int(digitSum(keys[i]))
	}
	d.Int(buckets(keys))
	for i := uint64(0); i < 4000; i++ {
		d.Add(power(i, i*i))
	}
	for day := 0; day < 40000; day++ {
		d.Int(weekday(1900+day/372, day/31%12+1, day%31+1))
	}
	return d.Value()
}
