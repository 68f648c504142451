package main

import "goshawk/corpus/kernel"

type slot struct {
	key   uint64
	value int32
	state uint8
}

const (
	empty uint8 = iota
	full
	deleted
)

// table is a hash table with open addressing and linear probing.
type table struct {
	slots []slot
	used  int // Full and deleted slots.
	count int
}

func newTable() *table { return &table{slots: make([]slot, 16)} }

func scatter(key uint64) uint64 {
	key ^= key >> 32
	key *= 0xd6e8feb86659fd93
	key ^= key >> 32
	return key
}

// locate returns where the key is, or else where it can be put.
func (t *table) locate(key uint64) (at int, found bool) {
	mask := uint64(len(t.slots) - 1)
	free := -1
	for i := scatter(key) & mask; ; i = (i + 1) & mask {
		switch s := &t.slots[i]; {
		case s.state == empty:
			if free < 0 {
				free = int(i)
			}
			return free, false
		case s.state == deleted:
			if free < 0 {
				free = int(i)
			}
		case s.key == key:
			return int(i), true
		}
	}
}

func (t *table) put(key uint64, value int32) {
	if 4*(t.used+1) > 3*len(t.slots) {
		t.grow()
	}
	at, found := t.locate(key)
	if !found {
		t.count++
		if t.slots[at].state == empty {
			t.used++
		}
	}
	t.slots[at] = slot{key, value, full}
}

func (t *table) get(key uint64) (int32, bool) {
	at, found := t.locate(key)
	if !found {
		return 0, false
	}
	return t.slots[at].value, true
}

func (t *table) remove(key uint64) bool {
	at, found := t.locate(key)
	if found {
		t.slots[at].state = deleted
		t.count--
	}
	return found
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]slot, 2*len(old))
	t.used, t.count = 0, 0
	for i := range old {
		if old[i].state == full {
			t.put(old[i].key, old[i].value)
		}
	}
}

func hashTableKernel() uint64 {
	r := kernel.NewRand(31)
	t := newTable()
	removed, hits := 0, 0
	for i := 0; i < 90000; i++ {
		key := r.Uint64() % 9001
		switch i % 4 {
		case 0, 1:
			t.put(key, int32(i))
		case 2:
			if t.remove(key) {
				removed++
			}
		default:
			if v, ok := t.get(key); ok {
				hits += int(v) & 3
			}
		}
	}
	var d kernel.Digest
	d.Int(t.count)
	d.Int(removed)
	d.Int(hits)
	return d.Value()
}
