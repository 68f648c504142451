package main

import (
	"container/heap"

	"goshawk/corpus/kernel"
)

type road struct{ to, cost int }

type network [][]road

type visit struct{ node, distance int }

type agenda []visit

func (a agenda) Len() int            { return len(a) }
func (a agenda) Less(i, j int) bool  { return a[i].distance < a[j].distance }
func (a agenda) Swap(i, j int)       { a[i], a[j] = a[j], a[i] }
func (a *agenda) Push(x interface{}) { *a = append(*a, x.(visit)) }
func (a *agenda) Pop() interface{} {
	old := *a
	last := old[len(old)-1]
	*a = old[:len(old)-1]
	return last
}

func (n network) distances(from int) []int {
	dist := make([]int, len(n))
	for i := range dist {
		dist[i] = -1
	}
	a := &agenda{{from, 0}}
	for a.Len() > 0 {
		v := heap.Pop(a).(visit)
		if dist[v.node] >= 0 {
			continue
		}
		dist[v.node] = v.distance
		for _, r := range n[v.node] {
			if dist[r.to] < 0 {
				heap.Push(a, visit{r.to, v.distance + r.cost})
			}
		}
	}
	return dist
}

// A* on a grid, with a queue of its own: pointers that know their place.
type tile struct {
	x, y, cost, guess, place int
	closed                   bool
}

type tileQueue []*tile

func (q tileQueue) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if q[parent].guess <= q[i].guess {
			break
		}
		q.swap(i, parent)
		i = parent
	}
}

func (q tileQueue) down(i int) {
	for {
		least := 2*i + 1
		if least >= len(q) {
			return
		}
		if right := least + 1; right < len(q) && q[right].guess < q[least].guess {
			least = right
		}
		if q[i].guess <= q[least].guess {
			return
		}
		q.swap(i, least)
		i = least
	}
}

func (q tileQueue) swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].place, q[j].place = i, j
}

func distance(a, b int) int {
	if a < b {
		return b - a
	}
	return a - b
}

func walkGrid(walls [][]bool) int {
	size := len(walls)
	tiles := make([]*tile, size*size)
	tiles[0] = &tile{}
	queue := tileQueue{tiles[0]}
	for len(queue) > 0 {
		t := queue[0]
		queue.swap(0, len(queue)-1)
		queue = queue[:len(queue)-1]
		queue.down(0)
		t.closed = true
		if t.x == size-1 && t.y == size-1 {
			return t.cost
		}
		for _, step := range [...][2]int{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
			x, y := t.x+step[0], t.y+step[1]
			if x < 0 || y < 0 || x >= size || y >= size || walls[y][x] {
				continue
			}
			cost := t.cost + 1
			guess := cost + distance(x, size-1) + distance(y, size-1)
			next := tiles[y*size+x]
			switch {
			case next == nil:
				next = &tile{x: x, y: y, cost: cost, guess: guess,
					place: len(queue)}
				tiles[y*size+x] = next
				queue = append(queue, next)
				queue.up(next.place)
			case !next.closed && cost < next.cost:
				next.cost, next.guess = cost, guess
				queue.up(next.place)
			}
		}
	}
	return -1
}

func dijkstraKernel() uint64 {
	r := kernel.NewRand(52)
	n := make(network, 3000)
	for i := range n {
		for k := 0; k < 4; k++ {
			n[i] = append(n[i], road{r.Intn(len(n)), 1 + r.Intn(50)})
		}
	}
	var d kernel.Digest
	for _, v := range n.distances(0) {
		d.Int(v)
	}
	walls := make([][]bool, 50)
	for y := range walls {
		walls[y] = make([]bool, len(walls))
		for x := range walls[y] {
			walls[y][x] = x+y > 0 && x+y < 98 && r.Intn(4) == 0
		}
	}
	d.Int(walkGrid(walls))
	return d.Value()
}
