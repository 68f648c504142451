package main

import (
	"fmt"

	"goshawk/corpus/kernel"
)

type avlNode struct {
	key         int
	value       string
	height      int
	left, right *avlNode
}

func (n *avlNode) tall() int {
	if n == nil {
		return 0
	}
	return n.height
}

func (n *avlNode) update() {
	n.height = n.left.tall() + 1
	if h := n.right.tall(); h >= n.height {
		n.height = h + 1
	}
}

func rotateLeft(n *avlNode) *avlNode {
	up := n.right
	n.right, up.left = up.left, n
	n.update()
	up.update()
	return up
}

func rotateRight(n *avlNode) *avlNode {
	up := n.left
	n.left, up.right = up.right, n
	n.update()
	up.update()
	return up
}

func balance(n *avlNode) *avlNode {
	n.update()
	switch lean := n.left.tall() - n.right.tall(); {
	case lean > 1:
		if n.left.left.tall() < n.left.right.tall() {
			n.left = rotateLeft(n.left)
		}
		return rotateRight(n)
	case lean < -1:
		if n.right.right.tall() < n.right.left.tall() {
			n.right = rotateRight(n.right)
		}
		return rotateLeft(n)
	}
	return n
}

func insert(n *avlNode, key int, value string) *avlNode {
	if n == nil {
		return &avlNode{key: key, value: value, height: 1}
	}
	switch {
	case key < n.key:
		n.left = insert(n.left, key, value)
	case key > n.key:
		n.right = insert(n.right, key, value)
	default:
		n.value = value
		return n
	}
	return balance(n)
}

func remove(n *avlNode, key int) *avlNode {
	switch {
	case n == nil:
		return nil
	case key < n.key:
		n.left = remove(n.left, key)
	case key > n.key:
		n.right = remove(n.right, key)
	case n.left == nil:
		return n.right
	case n.right == nil:
		return n.left
	default:
		next := n.right
		for next.left != nil {
			next = next.left
		}
		n.key, n.value = next.key, next.value
		n.right = remove(n.right, next.key)
	}
	return balance(n)
}

func (n *avlNode) find(key int) (string, bool) {
	for n != nil {
		if key == n.key {
			return n.value, true
		}
		if key < n.key {
			n = n.left
		} else {
			n = n.right
		}
	}
	return "", false
}

// walk visits nodes in order until visit returns false.
func (n *avlNode) walk(visit func(*avlNode) bool) bool {
	return n == nil || n.left.walk(visit) && visit(n) && n.right.walk(visit)
}

func avlKernel() uint64 {
	r := kernel.NewRand(32)
	var root *avlNode
	names := make([]string, 64)
	for i := range names {
		names[i] = fmt.Sprint("node", i)
	}
	for i := 0; i < 9000; i++ {
		root = insert(root, r.Intn(20000), names[i%len(names)])
	}
	found := 0
	for i := 0; i < 18000; i++ {
		if name, ok := root.find(r.Intn(20000)); ok {
			found += len(name)
		}
		if i%4 == 0 {
			root = remove(root, r.Intn(20000))
		}
	}
	var d kernel.Digest
	d.Int(found)
	d.Int(root.height)
	seen, last := 0, -1
	root.walk(func(n *avlNode) bool {
		if n.key <= last {
			panic("keys are out of order")
		}
		last = n.key
		seen++
		d.Text(n.value[4:])
		return seen < 1500
	})
	return d.Value()
}
