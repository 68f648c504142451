package main

import (
	"fmt"
	"sync"
	"syscall/js"

	"goshawk/corpus/kernel"
)

var promiseClass = js.Global().Get("Promise")

// promise runs f beside everything else and returns what JavaScript waits for.
func promise(f func() (any, error)) js.Value {
	var start js.Func
	start = js.FuncOf(func(_ js.Value, args []js.Value) any {
		resolve, reject := args[0], args[1]
		go func() {
			defer start.Release()
			value, err := f()
			if err != nil {
				reject.Invoke(err.Error())
				return
			}
			resolve.Invoke(value)
		}()
		return nil
	})
	return promiseClass.New(start)
}

// await waits for a promise and returns how it ended.
func await(p js.Value) (js.Value, error) {
	done := make(chan js.Value, 1)
	failed := make(chan js.Value, 1)
	then := js.FuncOf(func(_ js.Value, args []js.Value) any {
		done <- args[0]
		return nil
	})
	defer then.Release()
	catch := js.FuncOf(func(_ js.Value, args []js.Value) any {
		failed <- args[0]
		return nil
	})
	defer catch.Release()
	p.Call("then", then, catch)
	select {
	case v := <-done:
		return v, nil
	case v := <-failed:
		return js.Undefined(), fmt.Errorf("rejected: %s", v.String())
	}
}

// load is a server that has some of the pages.
func load(id int) js.Value {
	return promise(func() (any, error) {
		if id%7 == 3 {
			return nil, fmt.Errorf("no page %d", id)
		}
		next := []any{}
		for k := 1; k <= 3; k++ {
			if n := id*3 + k; n < 400 {
				next = append(next, n)
			}
		}
		return map[string]any{"id": id, "links": next}, nil
	})
}

// crawler follows all links, each once.
type crawler struct {
	mu     sync.Mutex
	wg     sync.WaitGroup
	seen   map[int]bool
	sum    int
	failed int
}

func (c *crawler) visit(id int) {
	c.mu.Lock()
	known := c.seen[id]
	c.seen[id] = true
	c.mu.Unlock()
	if known {
		return
	}
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		page, err := await(load(id))
		c.mu.Lock()
		if err != nil {
			c.failed += len(err.Error())
			c.mu.Unlock()
			return
		}
		c.sum += page.Get("id").Int()
		c.mu.Unlock()
		links := page.Get("links")
		for i := 0; i < links.Length(); i++ {
			c.visit(links.Index(i).Int())
		}
	}()
}

func promisesKernel() uint64 {
	var d kernel.Digest
	c := &crawler{seen: map[int]bool{}}
	c.visit(0)
	c.wg.Wait()
	d.Int(len(c.seen))
	d.Int(c.sum)
	d.Int(c.failed)
	all := arrayClass.New()
	for i := 0; i < 40; i++ {
		all.Call("push", load(7*i))
	}
	pages, err := await(promiseClass.Call("all", all))
	if err != nil {
		panic(err)
	}
	for i := 0; i < pages.Length(); i++ {
		d.Int(pages.Index(i).Get("links").Length())
	}
	return d.Value()
}
