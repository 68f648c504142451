package main

import "goshawk/corpus/kernel"

func smaller(a, b int) int {
	if a < b {
		return a
	}
	return b
}

func levenshtein(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = smaller(cost, smaller(row[j], row[j-1])+1)
		}
	}
	return row[len(b)]
}

// common returns the longest common subsequence.
func common(a, b string) string {
	table := make([][]uint16, len(a)+1)
	for i := range table {
		table[i] = make([]uint16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else if table[i+1][j] >= table[i][j+1] {
				table[i][j] = table[i+1][j]
			} else {
				table[i][j] = table[i][j+1]
			}
		}
	}
	var out []byte
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			out = append(out, a[i])
			i++
			j++
		case table[i+1][j] >= table[i][j+1]:
			i++
		default:
			j++
		}
	}
	return string(out)
}

// jaro is 1 for equal words and 0 for entirely different ones.
func jaro(a, b string) float64 {
	reach := len(a)
	if len(b) > reach {
		reach = len(b)
	}
	reach = reach/2 - 1
	usedA, usedB := make([]bool, len(a)), make([]bool, len(b))
	matches := 0
	for i := range usedA {
		for j := range usedB {
			if j < i-reach || j > i+reach || usedB[j] || a[i] != b[j] {
				continue
			}
			usedA[i], usedB[j] = true, true
			matches++
			break
		}
	}
	if matches == 0 {
		return 0
	}
	swaps, j := 0, 0
	for i, used := range usedA {
		if !used {
			continue
		}
		for !usedB[j] {
			j++
		}
		if a[i] != b[j] {
			swaps++
		}
		j++
	}
	m := float64(matches)
	return (m/float64(len(a)) + m/float64(len(b)) +
		(m-float64(swaps)/2)/m) / 3
}

func distanceKernel() uint64 {
	r := kernel.NewRand(15)
	words := make([]string, 60)
	for i := range words {
		words[i] = r.Word()
	}
	var d kernel.Digest
	near, alike := 0, 0
	for i, a := range words {
		for _, b := range words[:i] {
			if levenshtein([]rune(a), []rune(b)) < 4 {
				near++
			}
			if jaro(a, b) > 0.7 {
				alike++
			}
		}
	}
	d.Int(near)
	d.Int(alike)
	d.Text(common(r.Prose(70), r.Prose(75)))
	return d.Value()
}
