package main

import "goshawk/corpus/kernel"

// fenwick sums prefixes of numbers that change.
type fenwick []int64

func (f fenwick) add(at int, v int64) {
	for at++; at < len(f); at += at & -at {
		f[at] += v
	}
}

func (f fenwick) sum(end int) (total int64) {
	for ; end > 0; end -= end & -end {
		total += f[end]
	}
	return total
}

// segments finds the least number of a range, and adds to all of a range.
type segments struct {
	n             int
	least, change []int32
}

func newSegments(n int) *segments {
	return &segments{n, make([]int32, 4*n), make([]int32, 4*n)}
}

func (s *segments) push(node int) {
	if c := s.change[node]; c != 0 {
		for _, child := range [2]int{2 * node, 2*node + 1} {
			s.least[child] += c
			s.change[child] += c
		}
		s.change[node] = 0
	}
}

func (s *segments) add(node, low, high, from, to int, v int32) {
	if to <= low || high <= from {
		return
	}
	if from <= low && high <= to {
		s.least[node] += v
		s.change[node] += v
		return
	}
	s.push(node)
	middle := (low + high) / 2
	s.add(2*node, low, middle, from, to, v)
	s.add(2*node+1, middle, high, from, to, v)
	s.least[node] = s.least[2*node]
	if right := s.least[2*node+1]; right < s.least[node] {
		s.least[node] = right
	}
}

func (s *segments) min(node, low, high, from, to int) int32 {
	if to <= low || high <= from {
		return 1<<31 - 1
	}
	if from <= low && high <= to {
		return s.least[node]
	}
	s.push(node)
	middle := (low + high) / 2
	left := s.min(2*node, low, middle, from, to)
	if right := s.min(2*node+1, middle, high, from, to); right < left {
		return right
	}
	return left
}

// sparseTable answers questions about numbers that do not change.
func sparseTable(values []uint16) [][]uint16 {
	table := [][]uint16{values}
	for width := 1; 2*width <= len(values); width *= 2 {
		last := table[len(table)-1]
		row := make([]uint16, len(values)-2*width+1)
		for i := range row {
			row[i] = last[i]
			if last[i+width] > row[i] {
				row[i] = last[i+width]
			}
		}
		table = append(table, row)
	}
	return table
}

func rangesKernel() uint64 {
	const n = 2000
	r := kernel.NewRand(38)
	f := make(fenwick, n+1)
	s := newSegments(n)
	values := make([]uint16, n)
	for i := range values {
		values[i] = uint16(r.Uint64())
	}
	table := sparseTable(values)
	var d kernel.Digest
	for i := 0; i < 3600; i++ {
		from := r.Intn(n)
		to := from + 1 + r.Intn(n-from)
		f.add(from, int64(to))
		s.add(1, 0, n, from, to, int32(i%7-3))
		if i%2 == 0 {
			d.Add(uint64(f.sum(to) - f.sum(from)))
			d.Int(int(s.min(1, 0, n, from, to)))
		}
		level := 0
		for 2<<uint(level) <= to-from {
			level++
		}
		greatest := table[level][from]
		if v := table[level][to-1<<uint(level)]; v > greatest {
			greatest = v
		}
		d.Int(int(greatest))
	}
	return d.Value()
}
