package main

import "goshawk/corpus/kernel"

type board [9][9]int

// puzzle clears squares of a full board. There may be several solutions.
func puzzle(r *kernel.Rand, holes int) (b board) {
	digits := [9]int{1, 2, 3, 4, 5, 6, 7, 8, 9}
	for i := range digits {
		j := r.Intn(i + 1)
		digits[i], digits[j] = digits[j], digits[i]
	}
	for y := range b {
		for x := range b[y] {
			b[y][x] = digits[(y*3+y/3+x)%9]
		}
	}
	for holes > 0 {
		if at := r.Intn(81); b[at/9][at%9] != 0 {
			b[at/9][at%9] = 0
			holes--
		}
	}
	return b
}

// valid says whether each row, column and block has every digit.
func (b *board) valid() bool {
	for i := 0; i < 9; i++ {
		var rows, columns, blocks uint
		for k := 0; k < 9; k++ {
			rows |= 1 << uint(b[i][k])
			columns |= 1 << uint(b[k][i])
			blocks |= 1 << uint(b[i/3*3+k/3][i%3*3+k%3])
		}
		if rows&columns&blocks != 0x3fe {
			return false
		}
	}
	return true
}

func (b *board) allowed(row, column, digit int) bool {
	for i := 0; i < 9; i++ {
		if b[row][i] == digit || b[i][column] == digit {
			return false
		}
	}
	top, left := row/3*3, column/3*3
	for y := top; y < top+3; y++ {
		for x := left; x < left+3; x++ {
			if b[y][x] == digit {
				return false
			}
		}
	}
	return true
}

// tightest finds the free square with the fewest digits to choose from.
func (b *board) tightest() (row, column int, digits []int) {
	row = -1
	for y := range b {
		for x := range b[y] {
			if b[y][x] != 0 {
				continue
			}
			var fitting []int
			for digit := 1; digit <= 9; digit++ {
				if b.allowed(y, x, digit) {
					fitting = append(fitting, digit)
				}
			}
			if row < 0 || len(fitting) < len(digits) {
				row, column, digits = y, x, fitting
			}
		}
	}
	return row, column, digits
}

func (b *board) solve(tries *int) bool {
	row, column, digits := b.tightest()
	if row < 0 {
		return true
	}
	for _, digit := range digits {
		*tries++
		b[row][column] = digit
		if b.solve(tries) {
			return true
		}
	}
	b[row][column] = 0
	return false
}

// plain tries the squares in their order.
func (b *board) plain(at int) bool {
	for at < 81 && b[at/9][at%9] != 0 {
		at++
	}
	if at == 81 {
		return true
	}
	for digit := 1; digit <= 9; digit++ {
		if b.allowed(at/9, at%9, digit) {
			b[at/9][at%9] = digit
			if b.plain(at + 1) {
				return true
			}
		}
	}
	b[at/9][at%9] = 0
	return false
}

func sudokuKernel() uint64 {
	r := kernel.NewRand(63)
	var d kernel.Digest
	for i := 0; i < 8; i++ {
		b := puzzle(r, 40+2*i)
		other := b
		tries := 0
		if !b.solve(&tries) || !b.valid() {
			panic("there is no solution")
		}
		if !other.plain(0) || !other.valid() {
			panic("the plain way does not find one")
		}
		d.Int(tries)
		for _, row := range b {
			n := 0
			for _, digit := range row {
				n = n*10 + digit
			}
			d.Int(n)
		}
	}
	return d.Value()
}
