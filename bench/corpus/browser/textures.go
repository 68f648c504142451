package main

import (
	"container/list"
	"fmt"
	"runtime"
	"sync/atomic"
	"syscall/js"

	"goshawk/corpus/kernel"
)

// texture is something that the page has to give back when it is not used any
// more, as those of WebGL.
type texture struct {
	name   string
	size   int
	handle js.Value
	uses   int
}

var texturesHeld int64

func newTexture(name string, size int) *texture {
	t := &texture{name: name, size: size, handle: objectClass.New()}
	t.handle.Set("name", name)
	t.handle.Set("size", size)
	atomic.AddInt64(&texturesHeld, 1)
	runtime.SetFinalizer(t, (*texture).release)
	return t
}

func (t *texture) release() {
	t.handle.Set("released", true)
	atomic.AddInt64(&texturesHeld, -1)
}

// close releases it at once.
func (t *texture) close() {
	runtime.SetFinalizer(t, nil)
	t.release()
}

// textureCache keeps what was used last.
type textureCache struct {
	limit, size  int
	byName       map[string]*list.Element
	order        list.List
	hits, misses int
	// Whether what leaves the cache is closed or left to the collector.
	closes bool
}

func (c *textureCache) get(name string, size int) *texture {
	if e, ok := c.byName[name]; ok {
		c.order.MoveToFront(e)
		c.hits++
		return e.Value.(*texture)
	}
	c.misses++
	t := newTexture(name, size)
	c.byName[name] = c.order.PushFront(t)
	for c.size += size; c.size > c.limit; {
		last := c.order.Back()
		old := c.order.Remove(last).(*texture)
		delete(c.byName, old.name)
		c.size -= old.size
		if c.closes {
			old.close()
		}
	}
	return t
}

func texturesKernel() uint64 {
	r := kernel.NewRand(207)
	var d kernel.Digest
	for _, closes := range []bool{true, false} {
		before := atomic.LoadInt64(&texturesHeld)
		c := &textureCache{
			limit: 9000, byName: map[string]*list.Element{}, closes: closes}
		for i := 0; i < 3000; i++ {
			// Some are asked for more often than others.
			n := r.Intn(1 + r.Intn(1+r.Intn(1500)))
			t := c.get(fmt.Sprint("tile/", n%8, "/", n/8), 16+n%5)
			t.uses++
		}
		d.Int(c.hits)
		d.Int(c.misses)
		for e := c.order.Front(); e != nil; e = e.Next() {
			t := e.Value.(*texture)
			d.Int(t.uses)
			d.Int(t.handle.Get("size").Int() - len(t.handle.Get("name").String()))
		}
		// What is not closed is released at some time or other.
		if closes {
			d.Int(int(atomic.LoadInt64(&texturesHeld) - before))
			for e := c.order.Front(); e != nil; e = e.Next() {
				e.Value.(*texture).close()
			}
		}
	}
	return d.Value()
}
