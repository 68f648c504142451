package main

import (
	"fmt"

	"goshawk/corpus/kernel"
)

type thing struct {
	weight, value int
}

// pack returns the best value and which things make it.
func pack(things []thing, capacity int) (int, []int) {
	best := make([][]int, len(things)+1)
	for i := range best {
		best[i] = make([]int, capacity+1)
	}
	for i, t := range things {
		for c := 0; c <= capacity; c++ {
			best[i+1][c] = best[i][c]
			if c >= t.weight {
				if v := best[i][c-t.weight] + t.value; v > best[i+1][c] {
					best[i+1][c] = v
				}
			}
		}
	}
	var chosen []int
	for i, c := len(things), capacity; i > 0; i-- {
		if best[i][c] != best[i-1][c] {
			chosen = append(chosen, i-1)
			c -= things[i-1].weight
		}
	}
	return best[len(things)][capacity], chosen
}

// change counts the ways to pay an amount.
func change(coins []int, amount int) []int {
	ways := make([]int, amount+1)
	ways[0] = 1
	for _, coin := range coins {
		for i := coin; i <= amount; i++ {
			ways[i] = (ways[i] + ways[i-coin]) % 1000000007
		}
	}
	return ways
}

// rising returns the length of the longest rising subsequence.
func rising(values []int32) int {
	var tails []int32
	for _, v := range values {
		low, high := 0, len(tails)
		for low < high {
			if middle := (low + high) / 2; tails[middle] < v {
				low = middle + 1
			} else {
				high = middle
			}
		}
		if low == len(tails) {
			tails = append(tails, v)
		} else {
			tails[low] = v
		}
	}
	return len(tails)
}

// chain multiplies matrices in the best order.
func chain(sizes []int) string {
	n := len(sizes) - 1
	var cost, cut [32][32]int
	for span := 2; span <= n; span++ {
		for i := 0; i+span <= n; i++ {
			j := i + span
			cost[i][j] = 1 << 60
			for k := i + 1; k < j; k++ {
				c := cost[i][k] + cost[k][j] + sizes[i]*sizes[k]*sizes[j]
				if c < cost[i][j] {
					cost[i][j], cut[i][j] = c, k
				}
			}
		}
	}
	var text func(i, j int) string
	text = func(i, j int) string {
		if j-i == 1 {
			return fmt.Sprintf("M%d", i)
		}
		return "(" + text(i, cut[i][j]) + " " + text(cut[i][j], j) + ")"
	}
	return text(0, n)
}

// paths counts ways down a grid by remembering them.
func paths(x, y int, memory map[[2]int]int) int {
	if x == 0 || y == 0 {
		return 1
	}
	key := [2]int{x, y}
	if n, ok := memory[key]; ok {
		return n
	}
	n := (paths(x-1, y, memory) + paths(x, y-1, memory)) % 1000003
	memory[key] = n
	return n
}

func knapsackKernel() uint64 {
	r := kernel.NewRand(56)
	things := make([]thing, 80)
	for i := range things {
		things[i] = thing{1 + r.Intn(40), r.Intn(100)}
	}
	var d kernel.Digest
	value, chosen := pack(things, 2000)
	d.Int(value)
	for _, i := range chosen {
		d.Int(i)
	}
	for _, n := range change([]int{1, 2, 5, 10, 20, 50}, 3000)[2990:] {
		d.Int(n)
	}
	values := make([]int32, 3000)
	for i := range values {
		values[i] = int32(r.Intn(1 << 20))
	}
	d.Int(rising(values))
	sizes := make([]int, 28)
	for i := range sizes {
		sizes[i] = 5 + r.Intn(50)
	}
	d.Text(chain(sizes))
	d.Int(paths(40, 40, map[[2]int]int{}))
	return d.Value()
}
