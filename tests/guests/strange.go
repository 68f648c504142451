//go:build js && wasm

// Strange uses syscall/js wrongly: each use is an error that the program sees,
// or does nothing.
package main

import (
	"fmt"
	"strings"
	"syscall/js"
)

var global = js.Global()

func try(name string, f func() any) {
	defer func() {
		if thrown := recover(); thrown != nil {
			fmt.Println(name, "panics:", thrown)
		}
	}()
	fmt.Println(name, f())
}

func values() {
	object := global.Get("Object").New()
	array := global.Get("Array").New(1, 2, 3)
	for _, v := range []js.Value{js.Undefined(), js.Null(), js.ValueOf(1),
		js.ValueOf("text"), js.ValueOf(true), global.Get("Symbol").Invoke("s"),
		object, array, global.Get("Array")} {
		name := v.Type().String()
		try(name+" get", func() any { return v.Get("missing") })
		try(name+" set", func() any { v.Set("x", 1); return "" })
		try(name+" delete", func() any { v.Delete("x"); return "" })
		try(name+" index", func() any { return v.Index(100) })
		try(name+" negative index", func() any { return v.Index(-1) })
		try(name+" set index", func() any { v.SetIndex(-1, 1); return "" })
		try(name+" call", func() any { return v.Call("missing", 1, 2) })
		try(name+" invoke", func() any { return v.Invoke(1) })
		try(name+" new", func() any { return v.New().Type() })
		try(name+" length", func() any { return v.Length() })
		try(name+" float", func() any { return v.Float() })
		try(name+" bool", func() any { return v.Bool() })
		try(name+" truthy", func() any { return v.Truthy() })
		try(name+" instanceof", func() any { return v.InstanceOf(global.Get("Object")) })
	}
}

func lengths() {
	array := global.Get("Array").New()
	array.SetIndex(5, "x")
	fmt.Println(array.Length(), array.Index(4), array.Index(5))
	array.Set("length", 2)
	fmt.Println(array.Length(), array.Index(5))
	for _, n := range []any{-1, 1.5, "x", 1 << 40} {
		try(fmt.Sprint("array of ", n), func() any {
			return global.Get("Array").New(n).Length()
		})
		try(fmt.Sprint("bytes of ", n), func() any {
			return global.Get("Uint8Array").New(n).Length()
		})
	}
	like := js.ValueOf(map[string]any{"length": -5})
	fmt.Println(like.Length(), global.Get("Array").Call("from", like).Length())
	like.Set("length", "12abc")
	fmt.Println(like.Length())
	try("apply", func() any {
		return global.Get("Math").Get("max").Call("apply", nil, js.ValueOf([]any{1, 5, 2}))
	})
	try("copy of nothing", func() any {
		return js.CopyBytesToJS(global.Get("Uint8Array").New(0), nil)
	})
	try("copy to words", func() any {
		return js.CopyBytesToJS(global.Get("Uint16Array").New(4), []byte{1})
	})
}

func texts() {
	echo := global.Call("eval", "x => x")
	for _, s := range []string{"", "\x00", "a\x00b", "日本語", "\U0001F600",
		strings.Repeat("long ", 10000)} {
		back := echo.Invoke(s).String()
		fmt.Println(back == s, len(back), js.ValueOf(s).Equal(js.ValueOf(back)))
	}
	object := global.Get("Object").New()
	for i, key := range []string{"", "0", "00", "-1", "4294967295", "__proto__x", "a b", "日"} {
		object.Set(key, i)
	}
	fmt.Println(global.Get("JSON").Call("stringify", object))
}

// Getters, conversions and callbacks that throw.
func throwing() {
	object := global.Call("eval", "({f() { throw new RangeError('far') }, "+
		"g() { throw 'text' }, h() { throw undefined }, i() { return this.missing() }})")
	for _, name := range []string{"f", "g", "h", "i"} {
		try(name, func() any { return object.Call(name) })
	}
	try("conversion", func() any {
		return global.Get("String").Invoke(global.Get("Object").Call("create", nil))
	})
	try("sort", func() any {
		return js.ValueOf([]any{3, 1, 2}).Call("sort", global.Call("eval", "() => { throw 1 }"))
	})
	try("map", func() any { return js.ValueOf([]any{1}).Call("map", "x") })
	try("constructor", func() any { return global.Get("Promise").New() })
	try("frozen", func() any {
		frozen := global.Get("Object").Call("freeze", map[string]any{"a": 1})
		frozen.Set("a", 2)
		frozen.Set("b", 2)
		frozen.Delete("a")
		return global.Get("JSON").Call("stringify", frozen)
	})
}

func main() {
	values()
	lengths()
	texts()
	throwing()
}
