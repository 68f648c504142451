package main

import "goshawk/corpus/kernel"

const degree = 8

type btreeNode struct {
	keys     []uint32
	children []*btreeNode // None in a leaf.
}

// search returns where key is or would be.
func (n *btreeNode) search(key uint32) (int, bool) {
	low, high := 0, len(n.keys)
	for low < high {
		middle := int(uint(low+high) >> 1)
		if n.keys[middle] < key {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low, low < len(n.keys) && n.keys[low] == key
}

func (n *btreeNode) has(key uint32) bool {
	for {
		i, found := n.search(key)
		if found || n.children == nil {
			return found
		}
		n = n.children[i]
	}
}

func insertKey(keys []uint32, at int, key uint32) []uint32 {
	keys = append(keys, 0)
	copy(keys[at+1:], keys[at:])
	keys[at] = key
	return keys
}

// split cuts the full child i in two.
func (n *btreeNode) split(i int) {
	left := n.children[i]
	right := &btreeNode{keys: append([]uint32(nil), left.keys[degree:]...)}
	key := left.keys[degree-1]
	left.keys = left.keys[:degree-1]
	if left.children != nil {
		right.children = append(right.children, left.children[degree:]...)
		left.children = left.children[:degree]
	}
	n.keys = insertKey(n.keys, i, key)
	n.children = append(n.children, nil)
	copy(n.children[i+2:], n.children[i+1:])
	n.children[i+1] = right
}

type btree struct {
	root *btreeNode
	size int
}

func (t *btree) insert(key uint32) {
	if len(t.root.keys) == 2*degree-1 {
		t.root = &btreeNode{children: []*btreeNode{t.root}}
		t.root.split(0)
	}
	n := t.root
	for {
		i, found := n.search(key)
		if found {
			return
		}
		if n.children == nil {
			n.keys = insertKey(n.keys, i, key)
			t.size++
			return
		}
		if len(n.children[i].keys) == 2*degree-1 {
			n.split(i)
			if key == n.keys[i] {
				return
			}
			if key > n.keys[i] {
				i++
			}
		}
		n = n.children[i]
	}
}

// iterator walks through all keys without recursion.
type iterator struct {
	nodes   []*btreeNode
	indexes []int
}

func (t *btree) iterate() *iterator {
	it := new(iterator)
	it.push(t.root)
	return it
}

func (it *iterator) push(n *btreeNode) {
	for n != nil {
		it.nodes = append(it.nodes, n)
		it.indexes = append(it.indexes, 0)
		if n.children == nil {
			return
		}
		n = n.children[0]
	}
}

func (it *iterator) next() (uint32, bool) {
	for len(it.nodes) > 0 {
		top := len(it.nodes) - 1
		n, i := it.nodes[top], it.indexes[top]
		if i == len(n.keys) {
			it.nodes, it.indexes = it.nodes[:top], it.indexes[:top]
			continue
		}
		it.indexes[top]++
		if n.children != nil {
			it.push(n.children[i+1])
		}
		return n.keys[i], true
	}
	return 0, false
}

func btreeKernel() uint64 {
	r := kernel.NewRand(43)
	t := &btree{root: &btreeNode{}}
	for i := 0; i < 22000; i++ {
		t.insert(uint32(r.Uint64() >> 44))
	}
	hits := 0
	for key := uint32(0); key < 6000; key++ {
		if t.root.has(key * 7) {
			hits++
		}
	}
	var d kernel.Digest
	d.Int(t.size)
	d.Int(hits)
	it := t.iterate()
	for key, ok := it.next(); ok; key, ok = it.next() {
		d.Add(uint64(key))
	}
	return d.Value()
}
