package main

import (
	"container/list"
	"strconv"

	"goshawk/corpus/kernel"
)

type cache interface {
	get(key string) (int, bool)
	put(key string, value int)
}

// listCache uses the list of the standard library.
type listCache struct {
	capacity int
	order    *list.List
	items    map[string]*list.Element
}

type pair struct {
	key   string
	value int
}

func newListCache(capacity int) *listCache {
	return &listCache{capacity, list.New(), make(map[string]*list.Element)}
}

func (c *listCache) get(key string) (int, bool) {
	e, ok := c.items[key]
	if !ok {
		return 0, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*pair).value, true
}

func (c *listCache) put(key string, value int) {
	if e, ok := c.items[key]; ok {
		e.Value.(*pair).value = value
		c.order.MoveToFront(e)
		return
	}
	c.items[key] = c.order.PushFront(&pair{key, value})
	if c.order.Len() > c.capacity {
		last := c.order.Back()
		c.order.Remove(last)
		delete(c.items, last.Value.(*pair).key)
	}
}

// indexCache keeps its links as indexes into one slice.
type indexCache struct {
	entries []cacheEntry // The first one is the list's head.
	index   map[string]int32
}

type cacheEntry struct {
	key            string
	value          int
	previous, next int32
}

func newIndexCache(capacity int) *indexCache {
	return &indexCache{make([]cacheEntry, 1, capacity+1), make(map[string]int32)}
}

func (c *indexCache) unlink(i int32) {
	e := &c.entries[i]
	c.entries[e.previous].next = e.next
	c.entries[e.next].previous = e.previous
}

func (c *indexCache) toFront(i int32) {
	e, head := &c.entries[i], &c.entries[0]
	e.previous, e.next = 0, head.next
	c.entries[head.next].previous = i
	head.next = i
}

func (c *indexCache) get(key string) (int, bool) {
	i, ok := c.index[key]
	if !ok {
		return 0, false
	}
	c.unlink(i)
	c.toFront(i)
	return c.entries[i].value, true
}

func (c *indexCache) put(key string, value int) {
	i, ok := c.index[key]
	switch {
	case ok:
		c.unlink(i)
	case len(c.entries) < cap(c.entries):
		i = int32(len(c.entries))
		c.entries = append(c.entries, cacheEntry{})
	default:
		i = c.entries[0].previous
		c.unlink(i)
		delete(c.index, c.entries[i].key)
	}
	c.entries[i].key, c.entries[i].value = key, value
	c.index[key] = i
	c.toFront(i)
}

func lruKernel() uint64 {
	keys := make([]string, 400)
	for i := range keys {
		keys[i] = "key-" + strconv.Itoa(i)
	}
	var d kernel.Digest
	for _, c := range []cache{newListCache(100), newIndexCache(100)} {
		r := kernel.NewRand(36)
		hits := 0
		for i := 0; i < 13000; i++ {
			key := keys[r.Intn(20)*r.Intn(20)]
			if v, ok := c.get(key); ok {
				hits += 1 + v&1
			} else {
				c.put(key, i)
			}
		}
		d.Int(hits)
	}
	return d.Value()
}
