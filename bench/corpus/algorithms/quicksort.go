package main

import "goshawk/corpus/kernel"

func quicksortInts(a []int) {
	for len(a) > 12 {
		low, high := 0, len(a)-1
		pivot := a[len(a)/2]
		for low <= high {
			for a[low] < pivot {
				low++
			}
			for a[high] > pivot {
				high--
			}
			if low <= high {
				a[low], a[high] = a[high], a[low]
				low++
				high--
			}
		}
		if high+1 < len(a)-low {
			quicksortInts(a[:high+1])
			a = a[low:]
		} else {
			quicksortInts(a[low:])
			a = a[:high+1]
		}
	}
	for i := 1; i < len(a); i++ {
		v := a[i]
		j := i
		for ; j > 0 && a[j-1] > v; j-- {
			a[j] = a[j-1]
		}
		a[j] = v
	}
}

func partition(a []string, low, high int) int {
	pivot := a[high]
	at := low
	for i := low; i < high; i++ {
		if a[i] < pivot {
			a[i], a[at] = a[at], a[i]
			at++
		}
	}
	a[at], a[high] = a[high], a[at]
	return at
}

func quicksortStrings(a []string, low, high int) {
	if low < high {
		middle := partition(a, low, high)
		quicksortStrings(a, low, middle-1)
		quicksortStrings(a, middle+1, high)
	}
}

func heapsort(a []float64) {
	sift := func(root, end int) {
		for {
			child := 2*root + 1
			if child >= end {
				return
			}
			if child+1 < end && a[child] < a[child+1] {
				child++
			}
			if a[root] >= a[child] {
				return
			}
			a[root], a[child] = a[child], a[root]
			root = child
		}
	}
	for i := len(a)/2 - 1; i >= 0; i-- {
		sift(i, len(a))
	}
	for end := len(a) - 1; end > 0; end-- {
		a[0], a[end] = a[end], a[0]
		sift(0, end)
	}
}

func shellsort(a []int32) {
	for _, gap := range []int{701, 301, 132, 57, 23, 10, 4, 1} {
		for i := gap; i < len(a); i++ {
			v := a[i]
			j := i
			for ; j >= gap && a[j-gap] > v; j -= gap {
				a[j] = a[j-gap]
			}
			a[j] = v
		}
	}
}

// selectNth moves the n-th smallest byte to its place.
func selectNth(a []uint8, n int) uint8 {
	low, high := 0, len(a)-1
	for low < high {
		pivot := a[(low+high)/2]
		i, j := low, high
		for i <= j {
			for a[i] < pivot {
				i++
			}
			for a[j] > pivot {
				j--
			}
			if i <= j {
				a[i], a[j] = a[j], a[i]
				i++
				j--
			}
		}
		switch {
		case n <= j:
			high = j
		case n >= i:
			low = i
		default:
			return a[n]
		}
	}
	return a[n]
}

func quicksortKernel() uint64 {
	r := kernel.NewRand(57)
	ints := make([]int, 14000)
	words := make([]string, 3000)
	floats := make([]float64, 8000)
	shorts := make([]int32, 8000)
	small := make([]uint8, 4000)
	for i := range ints {
		ints[i] = r.Intn(1<<40) - 1<<39
	}
	for i := range words {
		words[i] = r.Word()
	}
	for i := range floats {
		floats[i] = r.Float64() - 0.5
		shorts[i] = int32(r.Uint64())
	}
	for i := range small {
		small[i] = uint8(r.Intn(256))
	}
	quicksortInts(ints)
	quicksortStrings(words, 0, len(words)-1)
	heapsort(floats)
	shellsort(shorts)
	var d kernel.Digest
	for i := 1; i < len(floats); i++ {
		if ints[i] < ints[i-1] || floats[i] < floats[i-1] ||
			shorts[i] < shorts[i-1] {
			panic("not sorted")
		}
		d.Int(ints[i] ^ int(shorts[i]))
	}
	for _, word := range words[:100] {
		d.Text(word)
	}
	d.Int(int(selectNth(small, 2000)))
	return d.Value()
}
