package main

import (
	"fmt"
	"strconv"
	"strings"

	"goshawk/corpus/kernel"
)

var romans = []struct {
	value  int
	symbol string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
	{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

func toRoman(n int) string {
	var b strings.Builder
	for _, r := range romans {
		for n >= r.value {
			b.WriteString(r.symbol)
			n -= r.value
		}
	}
	return b.String()
}

func fromRoman(s string) int {
	total := 0
	for _, r := range romans {
		for strings.HasPrefix(s, r.symbol) {
			total += r.value
			s = s[len(r.symbol):]
		}
	}
	return total
}

// itoa and atoi work in any base up to 36.
func itoa(n int64, base int64) string {
	if n == 0 {
		return "0"
	}
	negative := n < 0
	if negative {
		n = -n
	}
	var buf [65]byte
	at := len(buf)
	for ; n > 0; n /= base {
		at--
		buf[at] = "0123456789abcdefghijklmnopqrstuvwxyz"[n%base]
	}
	if negative {
		at--
		buf[at] = '-'
	}
	return string(buf[at:])
}

func atoi(s string, base int64) (n int64, err error) {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" {
		return 0, fmt.Errorf("no digits in %q", s)
	}
	for _, c := range []byte(digits) {
		var v int64
		switch {
		case c >= '0' && c <= '9':
			v = int64(c - '0')
		case c >= 'a' && c <= 'z':
			v = int64(c-'a') + 10
		default:
			v = base
		}
		if v >= base {
			return 0, fmt.Errorf("bad digit %q", c)
		}
		n = n*base + v
	}
	if len(digits) < len(s) {
		n = -n
	}
	return n, nil
}

// commas groups digits by thousands.
func commas(n int) string {
	s := strconv.Itoa(n)
	head := len(s) % 3
	parts := make([]string, 0, len(s)/3+1)
	if head > 0 {
		parts = append(parts, s[:head])
	}
	for ; head < len(s); head += 3 {
		parts = append(parts, s[head:head+3])
	}
	return strings.Join(parts, ",")
}

func convertKernel() uint64 {
	r := kernel.NewRand(18)
	var d kernel.Digest
	for year := 1; year < 900; year++ {
		if s := toRoman(year); fromRoman(s) != year {
			panic("wrong roman number " + s)
		} else if year%50 == 0 {
			d.Text(s)
		}
	}
	for i := 0; i < 3500; i++ {
		n := int64(r.Uint64()) >> uint(r.Intn(60))
		base := int64(2 + r.Intn(35))
		s := itoa(n, base)
		back, err := atoi(s, base)
		standard, err2 := strconv.ParseInt(s, int(base), 64)
		if err != nil || err2 != nil || back != standard {
			d.Text(s)
		}
		if _, err := atoi(s, 7); err != nil {
			d.Int(len(err.Error()))
		}
		d.Int(int(back))
		if i%8 == 0 {
			d.Text(commas(r.Intn(1 << 30)))
			f, err := strconv.ParseFloat(fmt.Sprint(n%1000)+"e-2", 64)
			if err != nil {
				panic(err)
			}
			d.Text(strconv.FormatFloat(f, 'f', 1, 64))
		}
		if _, err := strconv.Atoi(s); err != nil && i%50 == 0 {
			d.Text(err.Error())
		}
		on := strconv.FormatBool(n > 0)
		if v, err := strconv.ParseBool(on); err == nil && v {
			d.Int(i)
		}
	}
	return d.Value()
}
