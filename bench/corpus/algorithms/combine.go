package main

import (
	"fmt"
	"strings"

	"goshawk/corpus/kernel"
)

// permute calls visit with each order of the items.
func permute(items []int, k int, visit func([]int)) {
	if k == len(items) {
		visit(items)
		return
	}
	for i := k; i < len(items); i++ {
		items[k], items[i] = items[i], items[k]
		permute(items, k+1, visit)
		items[k], items[i] = items[i], items[k]
	}
}

func combinations(n, k int) (all [][]int) {
	var build func(start int, chosen []int)
	build = func(start int, chosen []int) {
		if len(chosen) == k {
			all = append(all, append([]int(nil), chosen...))
			return
		}
		for i := start; i < n; i++ {
			build(i+1, append(chosen, i))
		}
	}
	build(0, nil)
	return all
}

func subsets(weights []int, target int) (count int) {
	for mask := 0; mask < 1<<uint(len(weights)); mask++ {
		sum := 0
		for i, w := range weights {
			if mask>>uint(i)&1 == 1 {
				sum += w
			}
		}
		if sum == target {
			count++
		}
	}
	return count
}

type towers [3][]int

func (t *towers) move(n, from, to int) int {
	if n == 0 {
		return 0
	}
	spare := 3 - from - to
	moves := t.move(n-1, from, spare)
	top := len(t[from]) - 1
	t[to] = append(t[to], t[from][top])
	t[from] = t[from][:top]
	return moves + 1 + t.move(n-1, spare, to)
}

func parentheses(open, closed int, prefix []byte, out *[]string) {
	if open == 0 && closed == 0 {
		*out = append(*out, string(prefix))
		return
	}
	if open > 0 {
		parentheses(open-1, closed+1, append(prefix, '('), out)
	}
	if closed > 0 {
		parentheses(open, closed-1, append(prefix, ')'), out)
	}
}

// lookAndSay describes its own digits.
func lookAndSay(rounds int) string {
	s := "1"
	for ; rounds > 0; rounds-- {
		var b strings.Builder
		for i := 0; i < len(s); {
			j := i
			for j < len(s) && s[j] == s[i] {
				j++
			}
			fmt.Fprint(&b, j-i)
			b.WriteByte(s[i])
			i = j
		}
		s = b.String()
	}
	return s
}

func combineKernel() uint64 {
	var d kernel.Digest
	even := 0
	permute([]int{1, 2, 3, 4, 5, 6, 7, 8}, 0, func(p []int) {
		swaps := 0
		for i := range p {
			for j := 0; j < i; j++ {
				if p[j] > p[i] {
					swaps++
				}
			}
		}
		if swaps%2 == 0 {
			even++
		}
	})
	d.Int(even)
	for _, c := range combinations(13, 4) {
		d.Int(c[0] + c[1]*20 + c[2]*400 + c[3]*8000)
	}
	d.Int(subsets([]int{3, 34, 4, 12, 5, 2, 7, 9, 21, 13, 8, 6}, 50))
	t := &towers{{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}}
	d.Int(t.move(10, 0, 2))
	d.Int(len(t[2]))
	var all []string
	parentheses(7, 0, nil, &all)
	d.Int(len(all))
	d.Text(all[200])
	d.Text(lookAndSay(18))
	return d.Value()
}
