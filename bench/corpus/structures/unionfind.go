package main

import (
	"sort"

	"goshawk/corpus/kernel"
)

type disjointSet struct {
	parent, size []int
	sets         int
}

func newDisjointSet(n int) *disjointSet {
	s := &disjointSet{make([]int, n), make([]int, n), n}
	for i := range s.parent {
		s.parent[i] = i
		s.size[i] = 1
	}
	return s
}

func (s *disjointSet) find(x int) int {
	for s.parent[x] != x {
		s.parent[x] = s.parent[s.parent[x]]
		x = s.parent[x]
	}
	return x
}

func (s *disjointSet) union(a, b int) bool {
	a, b = s.find(a), s.find(b)
	if a == b {
		return false
	}
	if s.size[a] < s.size[b] {
		a, b = b, a
	}
	s.parent[b] = a
	s.size[a] += s.size[b]
	s.sets--
	return true
}

type weighted struct{ from, to, cost int }

// spanningTree is Kruskal's.
func spanningTree(nodes int, edges []weighted) (total int, tree []weighted) {
	sort.Slice(edges, func(i, j int) bool { return edges[i].cost < edges[j].cost })
	s := newDisjointSet(nodes)
	for _, e := range edges {
		if s.union(e.from, e.to) {
			total += e.cost
			tree = append(tree, e)
			if s.sets == 1 {
				break
			}
		}
	}
	return total, tree
}

// percolate opens cells until water can run from the top to the bottom.
func percolate(side int, r *kernel.Rand) int {
	top, bottom := side*side, side*side+1
	s := newDisjointSet(side*side + 2)
	open := make([]bool, side*side)
	for count := 0; ; {
		if s.find(top) == s.find(bottom) {
			return count
		}
		at := r.Intn(side * side)
		if open[at] {
			continue
		}
		open[at] = true
		count++
		if at < side {
			s.union(at, top)
		} else if open[at-side] {
			s.union(at, at-side)
		}
		if at >= side*(side-1) {
			s.union(at, bottom)
		} else if open[at+side] {
			s.union(at, at+side)
		}
		if at%side > 0 && open[at-1] {
			s.union(at, at-1)
		}
		if at%side < side-1 && open[at+1] {
			s.union(at, at+1)
		}
	}
}

func unionFindKernel() uint64 {
	r := kernel.NewRand(35)
	const nodes = 700
	edges := make([]weighted, 8000)
	for i := range edges {
		edges[i] = weighted{r.Intn(nodes), r.Intn(nodes), r.Intn(50)*8000 + i}
	}
	total, tree := spanningTree(nodes, edges)
	var d kernel.Digest
	d.Int(total)
	d.Int(len(tree))
	for i := 0; i < 6; i++ {
		d.Int(percolate(40, r))
	}
	return d.Value()
}
