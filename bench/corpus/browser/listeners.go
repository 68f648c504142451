package main

import (
	"strconv"
	"syscall/js"

	"goshawk/corpus/kernel"
)

// listen makes f a listener of an element and returns what removes it.
func listen(e element, kind string, f func(event js.Value)) func() {
	listeners := e.Get("listeners")
	if listeners.IsUndefined() {
		listeners = objectClass.New()
		e.Set("listeners", listeners)
	}
	list := listeners.Get(kind)
	if list.IsUndefined() {
		list = arrayClass.New()
		listeners.Set(kind, list)
	}
	callback := js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	})
	list.Call("push", callback)
	return func() {
		list.Call("splice", list.Call("indexOf", callback), 1)
		callback.Release()
	}
}

// dispatch tells the listeners of an element and of all that it is in.
func dispatch(target element, kind string, detail any) (told int) {
	event := js.ValueOf(map[string]any{
		"type": kind, "target": target.Value, "detail": detail,
		"stopped": false,
	})
	for v := target.Value; v.Truthy(); v = v.Get("parent") {
		listeners := v.Get("listeners")
		if listeners.IsUndefined() {
			continue
		}
		list := listeners.Get(kind)
		if !list.InstanceOf(arrayClass) {
			continue
		}
		event.Set("current", v)
		for i := 0; i < list.Length(); i++ {
			list.Index(i).Invoke(event)
			told++
		}
		if event.Get("stopped").Bool() {
			break
		}
	}
	return told
}

// store is what the page shows; its parts ask to hear of changes.
type store struct {
	counts  map[string]int
	changed []func(key string, count int)
}

func (s *store) add(key string, n int) {
	s.counts[key] += n
	for _, f := range s.changed {
		f(key, s.counts[key])
	}
}

func listenersKernel() uint64 {
	r := kernel.NewRand(202)
	var d kernel.Digest
	state := &store{counts: map[string]int{}}
	page := newElement("body")
	var buttons []element
	var removes []func()
	for i := 0; i < 12; i++ {
		key := r.Word()
		row := newElement("tr").set("id", key)
		label := newElement("td").addText("0")
		button := newElement("button").set("name", key)
		row.add(label, newElement("td").add(button))
		page.add(row)
		buttons = append(buttons, button)
		step := 1 + i%3
		removes = append(removes, listen(button, "click", func(e js.Value) {
			name, _ := element{e.Get("current")}.attribute("name")
			state.add(name, step*e.Get("detail").Int())
		}), listen(row, "click", func(e js.Value) {
			if e.Get("detail").Int() > 6 {
				e.Set("stopped", true)
			}
		}))
		state.changed = append(state.changed, func(changed string, n int) {
			if changed == key {
				label.Get("children").SetIndex(0, strconv.Itoa(n))
			}
		})
	}
	seen := 0
	removes = append(removes, listen(page, "click", func(e js.Value) {
		seen += len(element{e.Get("target")}.path())
	}))
	told := 0
	for i := 0; i < 700; i++ {
		told += dispatch(buttons[r.Intn(len(buttons))], "click", r.Intn(9))
	}
	d.Int(told)
	d.Int(seen)
	page.each(func(e element) {
		if first := e.Get("children").Index(0); first.Type() == js.TypeString {
			d.Text(first.String())
		}
	})
	for _, remove := range removes {
		remove()
	}
	d.Int(dispatch(buttons[0], "click", 1))
	return d.Value()
}
