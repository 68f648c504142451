package main

import "goshawk/corpus/kernel"

type player int8

// position is a board of four columns in a row, as one slice per column.
type position struct {
	columns [7][6]player
	height  [7]int
	turn    player
	moves   int
}

func (p *position) drop(column int) {
	p.columns[column][p.height[column]] = p.turn
	p.height[column]++
	p.turn = -p.turn
	p.moves++
}

func (p *position) undo(column int) {
	p.height[column]--
	p.columns[column][p.height[column]] = 0
	p.turn = -p.turn
	p.moves--
}

// wins says whether the last piece of a column makes four.
func (p *position) wins(column int) bool {
	row := p.height[column] - 1
	who := p.columns[column][row]
	for _, step := range [...]struct{ dx, dy int }{{1, 0}, {0, 1}, {1, 1}, {1, -1}} {
		count := 1
		for _, sign := range [...]int{1, -1} {
			x, y := column+sign*step.dx, row+sign*step.dy
			for x >= 0 && x < 7 && y >= 0 && y < 6 && p.columns[x][y] == who {
				count++
				x += sign * step.dx
				y += sign * step.dy
			}
		}
		if count >= 4 {
			return true
		}
	}
	return false
}

func (p *position) value() int {
	sum := 0
	for x, column := range p.columns {
		worth := 3 - x
		if x > 3 {
			worth = x - 3
		}
		for _, piece := range column {
			sum += int(piece*p.turn) * (4 - worth)
		}
	}
	return sum
}

type search struct {
	nodes int
	order [7]int
}

// negamax returns the value for whom it is the turn of, and the best move.
func (s *search) negamax(p *position, depth, alpha, beta int) (int, int) {
	s.nodes++
	if depth == 0 || p.moves == 42 {
		return p.value(), -1
	}
	best := -1
	for _, column := range s.order {
		if p.height[column] == 6 {
			continue
		}
		p.drop(column)
		var value int
		if p.wins(column) {
			value = 1000 - p.moves
		} else {
			value, _ = s.negamax(p, depth-1, -beta, -alpha)
			value = -value
		}
		p.undo(column)
		if value > alpha || best < 0 {
			best = column
			if value > alpha {
				alpha = value
			}
			if alpha >= beta {
				break
			}
		}
	}
	return alpha, best
}

func minimaxKernel() uint64 {
	p := &position{turn: 1}
	s := &search{order: [7]int{3, 2, 4, 1, 5, 0, 6}}
	var d kernel.Digest
	for p.moves < 42 {
		value, column := s.negamax(p, 5, -2000, 2000)
		d.Int(value*10 + column)
		p.drop(column)
		if p.wins(column) {
			break
		}
	}
	d.Int(s.nodes)
	return d.Value()
}
