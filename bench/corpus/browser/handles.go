package main

import (
	"errors"
	"runtime"
	"sync"

	"goshawk/corpus/kernel"
)

var errClosed = errors.New("already closed")

// table hands out the numbers of resources, as an operating system does.
type table struct {
	mu   sync.Mutex
	used []uint64 // a bit for each number
	free []int
}

func (t *table) open() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if n := len(t.free); n > 0 {
		id := t.free[n-1]
		t.free = t.free[:n-1]
		t.used[id/64] |= 1 << (id % 64)
		return id
	}
	id := 64 * len(t.used)
	t.used = append(t.used, 1)
	for k := 63; k > 0; k-- {
		t.free = append(t.free, id+k)
	}
	return id
}

func (t *table) close(id int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.used[id/64]>>(id%64)&1 == 0 {
		panic("closed twice")
	}
	t.used[id/64] &^= 1 << (id % 64)
	t.free = append(t.free, id)
}

// handle closes its resource when it is closed or not used any more.
type handle struct {
	table  *table
	id     int
	closed bool
	writes int
}

func (t *table) newHandle() *handle {
	h := &handle{table: t, id: t.open()}
	runtime.SetFinalizer(h, func(h *handle) { _ = h.Close() })
	return h
}

func (h *handle) write(n int) error {
	if h.closed {
		return errClosed
	}
	h.writes += n
	return nil
}

func (h *handle) Close() error {
	if h.closed {
		return errClosed
	}
	h.closed = true
	runtime.SetFinalizer(h, nil)
	h.table.close(h.id)
	return nil
}

// session has some handles and closes not all of them.
type session struct {
	inputs, outputs []*handle
}

func newSession(t *table, r *kernel.Rand) *session {
	s := new(session)
	for i := 1 + r.Intn(4); i > 0; i-- {
		s.inputs = append(s.inputs, t.newHandle())
		s.outputs = append(s.outputs, t.newHandle())
	}
	return s
}

func (s *session) run(r *kernel.Rand) (written int) {
	for _, h := range s.outputs {
		n := r.Intn(100)
		if h.write(n) == nil {
			written += n
		}
	}
	for _, h := range s.outputs {
		if r.Intn(3) > 0 {
			_ = h.Close()
		}
	}
	return written
}

func handlesKernel() uint64 {
	r := kernel.NewRand(208)
	var d kernel.Digest
	t := new(table)
	open := make([]*session, 700)
	for i := 0; i < 6000; i++ {
		place := &open[r.Intn(len(open))]
		if *place == nil || r.Intn(3) == 0 {
			*place = newSession(t, r)
		}
		d.Int((*place).run(r))
		if i%2000 == 1999 {
			runtime.GC()
		}
	}
	refused := 0
	for _, s := range open {
		if s == nil {
			continue
		}
		for _, h := range append(s.inputs, s.outputs...) {
			if h.Close() != nil {
				refused++
			}
		}
	}
	d.Int(refused)
	return d.Value()
}
