package main

import (
	"errors"
	"fmt"
	"sort"
	"syscall/js"

	"goshawk/corpus/kernel"
)

var jsonObject = js.Global().Get("JSON")

// goValue converts what JSON knows from JavaScript to Go.
func goValue(v js.Value) any {
	switch v.Type() {
	case js.TypeBoolean:
		return v.Bool()
	case js.TypeNumber:
		return v.Float()
	case js.TypeString:
		return v.String()
	case js.TypeObject:
		if v.InstanceOf(arrayClass) {
			list := make([]any, v.Length())
			for i := range list {
				list[i] = goValue(v.Index(i))
			}
			return list
		}
		keys := objectClass.Call("keys", v)
		object := make(map[string]any, keys.Length())
		for i, n := 0, keys.Length(); i < n; i++ {
			key := keys.Index(i).String()
			object[key] = goValue(v.Get(key))
		}
		return object
	}
	return nil
}

func digestValue(d *kernel.Digest, v any) {
	switch v := v.(type) {
	case nil:
		d.Int(0)
	case bool:
		if v {
			d.Int(1)
		}
	case float64:
		d.Float(v)
	case int:
		d.Float(float64(v))
	case string:
		d.Text(v)
	case []any:
		d.Int(len(v))
		for _, item := range v {
			digestValue(d, item)
		}
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		sort.Strings(keys)
		for _, key := range keys {
			d.Text(key)
			digestValue(d, v[key])
		}
	}
}

func newMessage(r *kernel.Rand, depth int) any {
	switch kind := r.Intn(7); {
	case depth > 0 && kind < 3:
		object := map[string]any{}
		for i := r.Intn(6); i >= 0; i-- {
			object[r.Word()] = newMessage(r, depth-1)
		}
		return object
	case depth > 0 && kind == 3:
		list := []any{}
		for i := r.Intn(6); i > 0; i-- {
			list = append(list, newMessage(r, depth-1))
		}
		return list
	case kind == 4:
		return nil
	case kind == 5:
		return r.Intn(2) == 0
	case kind == 6:
		return r.Prose(4)
	}
	return r.Intn(100000)
}

// parse is JSON.parse that returns an error.
func parse(text string) (v js.Value, err error) {
	defer func() {
		switch caught := recover().(type) {
		case nil:
		case js.Error:
			err = caught
		default:
			panic(caught)
		}
	}()
	return jsonObject.Call("parse", text), nil
}

// number is v as an integer, however it was written.
func number(v js.Value) (n int, err error) {
	defer func() {
		if wrong, ok := recover().(error); ok {
			var kind *js.ValueError
			if !errors.As(wrong, &kind) {
				panic(wrong)
			}
			err = fmt.Errorf("%v is no number", kind.Type)
		}
	}()
	return v.Int(), nil
}

func messagesKernel() uint64 {
	r := kernel.NewRand(204)
	var d kernel.Digest
	for i := 0; i < 60; i++ {
		message := newMessage(r, 4)
		text := jsonObject.Call("stringify", message).String()
		d.Int(len(text))
		back, err := parse(text)
		if err != nil {
			panic(err)
		}
		var sent, received kernel.Digest
		digestValue(&sent, message)
		digestValue(&received, goValue(back))
		if sent != received {
			panic("not the same message: " + text)
		}
		d.Add(received.Value())
		if _, err := parse(text + "]"); err != nil {
			d.Int(1)
		}
		if n, err := number(back); err == nil {
			d.Int(n)
		} else {
			d.Text(err.Error())
		}
	}
	return d.Value()
}
