package main

import (
	"errors"
	"sort"

	"goshawk/corpus/kernel"
)

type digraph map[string][]string

var errCycle = errors.New("there is a cycle")

// order sorts so that whatever something needs comes before it.
func (g digraph) order() ([]string, error) {
	const (
		unseen = iota
		open
		done
	)
	names := make([]string, 0, len(g))
	for name := range g {
		names = append(names, name)
	}
	sort.Strings(names)
	state := make(map[string]int, len(g))
	var sorted []string
	var visit func(name string) error
	visit = func(name string) error {
		switch state[name] {
		case open:
			return errCycle
		case done:
			return nil
		}
		state[name] = open
		for _, need := range g[name] {
			if err := visit(need); err != nil {
				return err
			}
		}
		state[name] = done
		sorted = append(sorted, name)
		return nil
	}
	for _, name := range names {
		if err := visit(name); err != nil {
			return sorted, err
		}
	}
	return sorted, nil
}

// tarjan finds strongly connected components.
type tarjan struct {
	edges      [][]int
	index, low []int
	onStack    []bool
	stack      []int
	next       int
	components [][]int
}

func (t *tarjan) visit(v int) {
	t.next++
	t.index[v], t.low[v] = t.next, t.next
	t.stack = append(t.stack, v)
	t.onStack[v] = true
	for _, w := range t.edges[v] {
		if t.index[w] == 0 {
			t.visit(w)
			if t.low[w] < t.low[v] {
				t.low[v] = t.low[w]
			}
		} else if t.onStack[w] && t.index[w] < t.low[v] {
			t.low[v] = t.index[w]
		}
	}
	if t.low[v] != t.index[v] {
		return
	}
	var component []int
	for {
		w := t.stack[len(t.stack)-1]
		t.stack = t.stack[:len(t.stack)-1]
		t.onStack[w] = false
		component = append(component, w)
		if w == v {
			break
		}
	}
	t.components = append(t.components, component)
}

// maxFlow is Edmonds and Karp's.
func maxFlow(capacity [][]int, from, to int) (flow int) {
	n := len(capacity)
	parent := make([]int, n)
	for {
		for i := range parent {
			parent[i] = -1
		}
		parent[from] = from
		queue := []int{from}
		for len(queue) > 0 && parent[to] < 0 {
			v := queue[0]
			queue = queue[1:]
			for w, room := range capacity[v] {
				if room > 0 && parent[w] < 0 {
					parent[w] = v
					queue = append(queue, w)
				}
			}
		}
		if parent[to] < 0 {
			return flow
		}
		most := 1 << 30
		for v := to; v != from; v = parent[v] {
			if room := capacity[parent[v]][v]; room < most {
				most = room
			}
		}
		for v := to; v != from; v = parent[v] {
			capacity[parent[v]][v] -= most
			capacity[v][parent[v]] += most
		}
		flow += most
	}
}

func graphKernel() uint64 {
	r := kernel.NewRand(53)
	var d kernel.Digest
	g := digraph{}
	var names []string
	for i := 0; i < 800; i++ {
		name := r.Word() + r.Word()
		for k := 0; k < 3 && i > 0; k++ {
			g[name] = append(g[name], names[r.Intn(i)])
		}
		names = append(names, name)
	}
	sorted, err := g.order()
	d.Int(len(sorted))
	if err != nil {
		d.Text(err.Error())
	}
	g[sorted[0]] = append(g[sorted[0]], sorted[len(sorted)-1])
	if _, err := g.order(); err != nil {
		d.Text(err.Error())
	}

	const n = 4000
	t := tarjan{edges: make([][]int, n), index: make([]int, n),
		low: make([]int, n), onStack: make([]bool, n)}
	for i := 0; i < n+n/3; i++ {
		v := r.Intn(n)
		t.edges[v] = append(t.edges[v], r.Intn(n))
	}
	for v := range t.edges {
		if t.index[v] == 0 {
			t.visit(v)
		}
	}
	for _, component := range t.components {
		d.Int(len(component))
	}

	capacity := make([][]int, 100)
	for i := range capacity {
		capacity[i] = make([]int, len(capacity))
		for k := 0; k < 8; k++ {
			capacity[i][r.Intn(len(capacity))] = r.Intn(30)
		}
	}
	d.Int(maxFlow(capacity, 0, len(capacity)-1))
	return d.Value()
}
