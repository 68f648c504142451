package main

import "goshawk/corpus/kernel"

const unreachable = 1 << 30

// shortest fills in the distances of all pairs, and the first step of each.
func shortest(dist, step [][]int) {
	n := len(dist)
	for k := 0; k < n; k++ {
		for i := 0; i < n; i++ {
			if dist[i][k] == unreachable {
				continue
			}
			for j := 0; j < n; j++ {
				if through := dist[i][k] + dist[k][j]; through < dist[i][j] {
					dist[i][j] = through
					step[i][j] = step[i][k]
				}
			}
		}
	}
}

func floydKernel() uint64 {
	const n = 90
	r := kernel.NewRand(51)
	dist, step := make([][]int, n), make([][]int, n)
	for i := range dist {
		dist[i], step[i] = make([]int, n), make([]int, n)
		for j := range dist[i] {
			dist[i][j] = unreachable
			if i == j {
				dist[i][j] = 0
			} else if r.Intn(12) == 0 {
				dist[i][j] = 1 + r.Intn(100)
				step[i][j] = j
			}
		}
	}
	shortest(dist, step)
	var d kernel.Digest
	longest := 0
	for i, row := range dist {
		for j, v := range row {
			if v == unreachable {
				continue
			}
			if v > longest {
				longest = v
			}
			hops := 0
			for at := i; at != j; at = step[at][j] {
				hops++
			}
			d.Int(v + hops)
		}
	}
	d.Int(longest)
	return d.Value()
}
