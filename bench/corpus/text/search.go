package main

import "goshawk/corpus/kernel"

// prefixes is Knuth, Morris and Pratt's table.
func prefixes(pattern string) []int {
	table := make([]int, len(pattern))
	k := 0
	for i := 1; i < len(pattern); i++ {
		for k > 0 && pattern[i] != pattern[k] {
			k = table[k-1]
		}
		if pattern[i] == pattern[k] {
			k++
		}
		table[i] = k
	}
	return table
}

func kmp(text, pattern string) (found []int) {
	table := prefixes(pattern)
	k := 0
	for i := 0; i < len(text); i++ {
		for k > 0 && text[i] != pattern[k] {
			k = table[k-1]
		}
		if text[i] == pattern[k] {
			k++
		}
		if k == len(pattern) {
			found = append(found, i-k+1)
			k = table[k-1]
		}
	}
	return found
}

func horspool(text, pattern string) (found []int) {
	var skip [256]int
	m := len(pattern)
	for i := range skip {
		skip[i] = m
	}
	for i := 0; i < m-1; i++ {
		skip[pattern[i]] = m - 1 - i
	}
	for at := 0; at+m <= len(text); at += skip[text[at+m-1]] {
		i := m - 1
		for i >= 0 && text[at+i] == pattern[i] {
			i--
		}
		if i < 0 {
			found = append(found, at)
		}
	}
	return found
}

func rabinKarp(text, pattern string) (found []int) {
	const base, modulus = 257, 1000003
	m := len(pattern)
	want, have, high := 0, 0, 1
	for i := 0; i < m; i++ {
		want = (want*base + int(pattern[i])) % modulus
		have = (have*base + int(text[i])) % modulus
		if i > 0 {
			high = high * base % modulus
		}
	}
	for at := 0; ; at++ {
		if want == have && text[at:at+m] == pattern {
			found = append(found, at)
		}
		if at+m >= len(text) {
			return found
		}
		have = (have - int(text[at])*high%modulus + modulus) % modulus
		have = (have*base + int(text[at+m])) % modulus
	}
}

func searchKernel() uint64 {
	text := kernel.NewRand(16).Prose(3500)
	var d kernel.Digest
	for _, pattern := range []string{"miter", "anan", "o. ", "rilvelo ka"} {
		a := kmp(text, pattern)
		b := horspool(text, pattern)
		c := rabinKarp(text, pattern)
		if len(a) != len(b) || len(b) != len(c) {
			panic("the searches disagree about " + pattern)
		}
		for i := range a {
			d.Int(a[i]*3 - b[i] - c[i])
		}
		d.Int(len(a))
	}
	return d.Value()
}
