package main

import (
	"math"

	"goshawk/corpus/kernel"
)

// radixsort sorts by one byte at a time, the lowest first.
func radixsort(a []uint32) {
	b := make([]uint32, len(a))
	for shift := uint(0); shift < 32; shift += 8 {
		var start [257]int
		for _, v := range a {
			start[v>>shift&255+1]++
		}
		for i := 1; i < len(start); i++ {
			start[i] += start[i-1]
		}
		for _, v := range a {
			digit := v >> shift & 255
			b[start[digit]] = v
			start[digit]++
		}
		a, b = b, a
	}
}

// sortFloats sorts floats as integers whose order is the same.
func sortFloats(values []float32) {
	keys := make([]uint32, len(values))
	for i, v := range values {
		bits := math.Float32bits(v)
		if bits>>31 != 0 {
			bits = ^bits
		} else {
			bits |= 1 << 31
		}
		keys[i] = bits
	}
	radixsort(keys)
	for i, bits := range keys {
		if bits>>31 != 0 {
			bits &^= 1 << 31
		} else {
			bits = ^bits
		}
		values[i] = math.Float32frombits(bits)
	}
}

// byLetter sorts words by the letter at depth, the highest first.
func byLetter(words []string, depth int) {
	if len(words) < 2 {
		return
	}
	var buckets [27][]string
	for _, word := range words {
		bucket := 0
		if depth < len(word) {
			bucket = int(word[depth]-'a') + 1
		}
		buckets[bucket] = append(buckets[bucket], word)
	}
	out := words[:0]
	for i, bucket := range buckets {
		if i > 0 {
			byLetter(bucket, depth+1)
		}
		out = append(out, bucket...)
	}
}

func countingSort(a []int8) {
	var counts [256]int
	for _, v := range a {
		counts[int(v)+128]++
	}
	at := 0
	for v, n := range counts {
		for ; n > 0; n-- {
			a[at] = int8(v - 128)
			at++
		}
	}
}

func radixsortKernel() uint64 {
	r := kernel.NewRand(59)
	a := make([]uint32, 24000)
	floats := make([]float32, 12000)
	bytes := make([]int8, 24000)
	words := make([]string, 2400)
	for i := range a {
		a[i] = uint32(r.Uint64())
		bytes[i] = int8(a[i])
	}
	for i := range floats {
		floats[i] = float32(r.Float64()*200 - 100)
	}
	for i := range words {
		words[i] = r.Word()
	}
	radixsort(a)
	sortFloats(floats)
	byLetter(words, 0)
	countingSort(bytes)
	var d kernel.Digest
	for i := 1; i < len(words); i++ {
		if words[i] < words[i-1] || floats[i] < floats[i-1] || a[i] < a[i-1] {
			panic("not sorted")
		}
	}
	for i := 0; i < 24000; i += 20 {
		d.Int(int(a[i]) * int(bytes[i]))
		d.Float(float64(floats[i/2]))
	}
	d.Text(words[500])
	return d.Value()
}
