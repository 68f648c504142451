package main

import "goshawk/corpus/kernel"

// number is what can be sorted and counted with.
type number interface {
	~int | ~int32 | ~uint16 | ~float32 | ~float64
}

// mergesort sorts with one buffer as large as the slice.
func mergesort[T any](a, buffer []T, less func(a, b T) bool) {
	if len(a) < 2 {
		return
	}
	middle := len(a) / 2
	mergesort(a[:middle], buffer[:middle], less)
	mergesort(a[middle:], buffer[middle:], less)
	copy(buffer, a)
	left, right := buffer[:middle], buffer[middle:]
	for i := range a {
		if len(right) == 0 || len(left) > 0 && !less(right[0], left[0]) {
			a[i], left = left[0], left[1:]
		} else {
			a[i], right = right[0], right[1:]
		}
	}
}

// bottomUp merges runs of growing length.
func bottomUp[T number](a []T) []T {
	b := make([]T, len(a))
	for width := 1; width < len(a); width *= 2 {
		for start := 0; start < len(a); start += 2 * width {
			middle, end := start+width, start+2*width
			if middle > len(a) {
				middle = len(a)
			}
			if end > len(a) {
				end = len(a)
			}
			i, j := start, middle
			for k := start; k < end; k++ {
				if i < middle && (j >= end || a[i] <= a[j]) {
					b[k] = a[i]
					i++
				} else {
					b[k] = a[j]
					j++
				}
			}
		}
		a, b = b, a
	}
	return a
}

// inversions counts pairs in the wrong order while it sorts.
func inversions(a []int) int {
	if len(a) < 2 {
		return 0
	}
	left := append([]int(nil), a[:len(a)/2]...)
	right := append([]int(nil), a[len(a)/2:]...)
	count := inversions(left) + inversions(right)
	i, j := 0, 0
	for k := range a {
		if j == len(right) || i < len(left) && left[i] <= right[j] {
			a[k] = left[i]
			i++
		} else {
			a[k] = right[j]
			j++
			count += len(left) - i
		}
	}
	return count
}

type student struct {
	name  string
	marks [3]float32
	year  uint16
}

func mergesortKernel() uint64 {
	r := kernel.NewRand(58)
	students := make([]student, 2500)
	years := make([]uint16, 7000)
	weights := make([]float32, 7000)
	ints := make([]int, 5000)
	for i := range students {
		s := &students[i]
		s.name, s.year = r.Word(), uint16(1990+r.Intn(30))
		for k := range s.marks {
			s.marks[k] = float32(r.Intn(60)) / 10
		}
	}
	for i := range years {
		years[i] = uint16(r.Uint64())
		weights[i] = float32(r.Float64())
	}
	for i := range ints {
		ints[i] = r.Intn(100000)
	}
	buffer := make([]student, len(students))
	mergesort(students, buffer, func(a, b student) bool {
		if a.year != b.year {
			return a.year < b.year
		}
		return a.marks[0]+a.marks[1]+a.marks[2] > b.marks[0]+b.marks[1]+b.marks[2]
	})
	years, weights = bottomUp(years), bottomUp(weights)
	var d kernel.Digest
	for _, s := range students[:300] {
		d.Text(s.name)
	}
	for i := 0; i < len(years); i += 5 {
		d.Int(int(years[i]))
		d.Float(float64(weights[i]))
	}
	d.Int(inversions(ints))
	return d.Value()
}
