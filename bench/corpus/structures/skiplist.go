package main

import "goshawk/corpus/kernel"

const maxLevel = 14

type skipNode struct {
	key  string
	hits int
	next []*skipNode
}

type skipList struct {
	head   *skipNode
	level  int
	length int
	random *kernel.Rand
}

func newSkipList(seed uint64) *skipList {
	return &skipList{
		head:   &skipNode{next: make([]*skipNode, maxLevel)},
		level:  1,
		random: kernel.NewRand(seed),
	}
}

// before fills in the last node before key on each level and returns the one
// after them.
func (l *skipList) before(key string, path *[maxLevel]*skipNode) *skipNode {
	n := l.head
	for i := l.level - 1; i >= 0; i-- {
		for n.next[i] != nil && n.next[i].key < key {
			n = n.next[i]
		}
		path[i] = n
	}
	return n.next[0]
}

func (l *skipList) add(key string) {
	var path [maxLevel]*skipNode
	if n := l.before(key, &path); n != nil && n.key == key {
		n.hits++
		return
	}
	height := 1
	for height < maxLevel && l.random.Intn(3) == 0 {
		height++
	}
	for l.level < height {
		path[l.level] = l.head
		l.level++
	}
	n := &skipNode{key: key, hits: 1, next: make([]*skipNode, height)}
	for i := range n.next {
		n.next[i], path[i].next[i] = path[i].next[i], n
	}
	l.length++
}

func (l *skipList) remove(key string) bool {
	var path [maxLevel]*skipNode
	n := l.before(key, &path)
	if n == nil || n.key != key {
		return false
	}
	for i, next := range n.next {
		path[i].next[i] = next
	}
	l.length--
	return true
}

func skipListKernel() uint64 {
	r := kernel.NewRand(33)
	l := newSkipList(7)
	removed := 0
	for i := 0; i < 4000; i++ {
		l.add(r.Word())
		if i%3 == 0 && l.remove(r.Word()) {
			removed++
		}
	}
	var d kernel.Digest
	d.Int(l.length)
	d.Int(removed)
	for n := l.head.next[0]; n != nil; n = n.next[0] {
		d.Int(n.hits*100 + len(n.key))
	}
	return d.Value()
}
