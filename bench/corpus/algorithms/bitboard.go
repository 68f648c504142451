package main

import (
	"math/bits"

	"goshawk/corpus/kernel"
)

type bitboard uint64

const (
	fileA bitboard = 0x0101010101010101
	fileH bitboard = fileA << 7
)

func knightAttacks(b bitboard) bitboard {
	left1, left2 := b>>1&^fileH, b>>2&^(fileH|fileH>>1)
	right1, right2 := b<<1&^fileA, b<<2&^(fileA|fileA<<1)
	near, far := left1|right1, left2|right2
	return near<<16 | near>>16 | far<<8 | far>>8
}

// slide follows lines until a piece is in the way.
func slide(square int, occupied bitboard, directions [][2]int) (out bitboard) {
	for _, step := range directions {
		x, y := square&7+step[0], square>>3+step[1]
		for x >= 0 && x < 8 && y >= 0 && y < 8 {
			target := bitboard(1) << uint(y*8+x)
			out |= target
			if occupied&target != 0 {
				break
			}
			x += step[0]
			y += step[1]
		}
	}
	return out
}

var (
	straight = [][2]int{{1, 0}, {-1, 0}, {0, 1}, {0, -1}}
	diagonal = [][2]int{{1, 1}, {-1, 1}, {1, -1}, {-1, -1}}
)

// reachable counts the moves a knight needs to all squares.
func reachable(from int) (moves [64]int8) {
	seen := bitboard(1) << uint(from)
	for front, n := seen, int8(1); front != 0; n++ {
		front = knightAttacks(front) &^ seen
		seen |= front
		for rest := front; rest != 0; rest &= rest - 1 {
			moves[bits.TrailingZeros64(uint64(rest))] = n
		}
	}
	return moves
}

// flip returns what a move at Reversi turns over.
func flip(mine, theirs bitboard, at uint) (turned bitboard) {
	shifts := [...]struct {
		by   int
		edge bitboard
	}{{1, fileA}, {-1, fileH}, {8, 0}, {-8, 0},
		{9, fileA}, {7, fileH}, {-9, fileH}, {-7, fileA}}
	for _, s := range shifts {
		var line bitboard
		b := bitboard(1) << at
		for {
			if s.by > 0 {
				b <<= uint(s.by)
			} else {
				b >>= uint(-s.by)
			}
			b &^= s.edge
			if b&theirs == 0 {
				break
			}
			line |= b
		}
		if b&mine != 0 {
			turned |= line
		}
	}
	return turned
}

// play lets both sides always take the most they can, up to a limit.
func play(limit int) (black, white bitboard) {
	black, white = 0x0000000810000000, 0x0000001008000000
	for passes := 0; passes < 2; {
		best, at, most := bitboard(0), uint(0), 0
		free := ^(black | white)
		for ; free != 0; free &= free - 1 {
			square := uint(bits.TrailingZeros64(uint64(free)))
			turned := flip(black, white, square)
			n := bits.OnesCount64(uint64(turned))
			if n > most && n <= limit {
				best, at, most = turned, square, n
			}
		}
		if best == 0 {
			passes++
		} else {
			passes = 0
			black |= best | 1<<at
			white &^= best
		}
		black, white = white, black
	}
	return black, white
}

func bitboardKernel() uint64 {
	r := kernel.NewRand(60)
	var d kernel.Digest
	for square := 0; square < 64; square++ {
		sum := 0
		for to, n := range reachable(square) {
			sum += to * int(n)
		}
		d.Int(sum)
	}
	for i := 0; i < 5000; i++ {
		occupied := bitboard(r.Uint64() & r.Uint64())
		square := r.Intn(64)
		queen := slide(square, occupied, straight) |
			slide(square, occupied, diagonal)
		d.Add(uint64(queen & occupied))
	}
	for limit := 1; limit < 12; limit++ {
		black, white := play(limit)
		d.Add(uint64(black))
		d.Add(uint64(white))
	}
	return d.Value()
}
