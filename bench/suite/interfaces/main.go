// Interfaces calls methods through interfaces, switches over types and
// converts between interfaces.
package main

import "goshawk/suite/harness"

type shape interface{ area() int }

type scaler interface{ scale(factor int) shape }

type square struct{ side int }
type box struct{ width, height int }
type disc struct{ radius int }
type group struct{ shapes []shape }

func (s square) area() int { return s.side * s.side }
func (b *box) area() int   { return b.width * b.height }
func (d disc) area() int   { return 3 * d.radius * d.radius }
func (g *group) area() int {
	sum := 0
	for _, s := range g.shapes {
		sum += s.area()
	}
	return sum
}

func (b *box) scale(factor int) shape {
	return &box{b.width * factor, b.height * factor}
}

func (d disc) scale(factor int) shape { return disc{d.radius * factor} }

func main() {
	harness.Run("interfaces", 1500, 150, func(size int) func() uint64 {
		random := harness.NewRandom()
		all := &group{}
		for i := 0; i < 2000; i++ {
			n := 1 + random.Below(50)
			switch random.Below(4) {
			case 0:
				all.shapes = append(all.shapes, square{n})
			case 1:
				all.shapes = append(all.shapes, &box{n, n + 1})
			case 2:
				all.shapes = append(all.shapes, disc{n})
			default:
				all.shapes = append(all.shapes,
					&group{[]shape{square{n}, disc{n}}})
			}
		}
		return func() uint64 { return compute(size, all) }
	})
}

func compute(size int, all *group) uint64 {
	sum := 0
	for i := 0; i < size; i++ {
		sum += all.area()
		for _, s := range all.shapes {
			switch kind := s.(type) {
			case square:
				sum += kind.side
			case *box:
				sum -= kind.width
			case *group:
				sum ^= len(kind.shapes)
			}
			if i%16 == 0 {
				if scalable, ok := s.(scaler); ok {
					sum += scalable.scale(2).area()
				}
			}
		}
	}
	return uint64(sum)
}
