// Binarytrees builds and walks many small trees: allocation of small objects
// with pointers, and the collector that follows them.
package main

import "goshawk/suite/harness"

type node struct {
	left, right *node
}

func main() {
	harness.Run("binarytrees", 15, 11, func(size int) func() uint64 {
		return func() uint64 {
			result := harness.NewChecksum()
			lasting := grow(size)
			for depth := 4; depth <= size; depth += 4 {
				count := 0
				for i := 0; i < 1<<(size-depth+2); i++ {
					count += grow(depth).count()
				}
				result.Int(count)
			}
			result.Int(lasting.count())
			return result.Value()
		}
	})
}

func grow(depth int) *node {
	if depth == 0 {
		return &node{}
	}
	return &node{grow(depth - 1), grow(depth - 1)}
}

func (n *node) count() int {
	if n.left == nil {
		return 1
	}
	return 1 + n.left.count() + n.right.count()
}
