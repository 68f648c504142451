//go:build js && wasm

// Jsvalues uses every operation of syscall/js on the values that the global
// object offers.
package main

import (
	"fmt"
	"math"
	"syscall/js"
)

func try(name string, f func() interface{}) {
	defer func() {
		if err := recover(); err != nil {
			fmt.Println(name, "panics:", err)
		}
	}()
	fmt.Println(name, f())
}

func primitives() {
	values := []interface{}{nil, true, false, 0, -1, 1.5, math.Inf(1),
		math.NaN(), "", "text", "日本語 \U0001F600", js.Undefined(), uint8(200),
		int64(1) << 53}
	for _, x := range values {
		v := js.ValueOf(x)
		fmt.Println(v.Type(), v.Truthy(), v.String())
	}
	fmt.Println(js.ValueOf(42).Int(), js.ValueOf(2.75).Int(),
		js.ValueOf(-0.5).Float(), js.ValueOf(true).Bool())
	fmt.Println("equal", js.ValueOf("a").Equal(js.ValueOf("a")),
		js.ValueOf(math.NaN()).Equal(js.ValueOf(math.NaN())),
		js.Global().Equal(js.Global()), js.Null().IsNull(),
		js.Undefined().IsUndefined(), js.ValueOf(math.NaN()).IsNaN())
}

func objects() {
	object := js.ValueOf(map[string]interface{}{
		"number": 7,
		"nested": map[string]interface{}{"deep": "value"},
		"list":   []interface{}{1, "two", nil},
	})
	fmt.Println(object.Type(), object.Get("number"), object.Get("missing"))
	fmt.Println(object.Get("nested").Get("deep"))
	list := object.Get("list")
	fmt.Println(list.Length(), list.Index(0), list.Index(1), list.Index(2), list.Index(3))
	list.SetIndex(4, true)
	fmt.Println(list.Length(), list.Index(4))
	object.Set("number", "changed")
	fmt.Println(object.Get("number"))
	object.Delete("number")
	fmt.Println(object.Get("number"))
	array := js.Global().Get("Array")
	fmt.Println(list.InstanceOf(array), object.InstanceOf(array),
		object.InstanceOf(js.Global().Get("Object")))
	made := array.New()
	fmt.Println(made.Length(), made.Type())
}

func bytesOf() {
	bytes := js.Global().Get("Uint8Array").New(5)
	fmt.Println("to js", js.CopyBytesToJS(bytes, []byte("goshawk")), bytes.Length())
	back := make([]byte, 10)
	n := js.CopyBytesToGo(back, bytes)
	fmt.Println("to go", n, string(back[:n]), bytes.Index(1))
	bytes.SetIndex(0, 300)
	fmt.Println("wrapped", bytes.Index(0))
	try("copy to an object", func() interface{} {
		return js.CopyBytesToJS(js.ValueOf(map[string]interface{}{}), back)
	})
}

// Every size to every size: as many bytes as both have, and no others.
func sizes() {
	array := js.Global().Get("Uint8Array")
	for from := 0; from <= 4; from++ {
		for to := 0; to <= 4; to++ {
			want := from
			if to < from {
				want = to
			}
			source := array.New(from)
			for i := 0; i < from; i++ {
				source.SetIndex(i, 10+i)
			}
			here := []byte{1, 2, 3, 4, 5}
			if n := js.CopyBytesToGo(here[:to], source); n != want {
				panic(fmt.Sprint("to go ", from, to, n))
			}
			target := array.New(to)
			there := []byte{10, 11, 12, 13}[:from]
			if n := js.CopyBytesToJS(target, there); n != want {
				panic(fmt.Sprint("to js ", from, to, n))
			}
			for i := range here {
				if (i < want) != (int(here[i]) == 10+i) || (i >= want) != (int(here[i]) == 1+i) {
					panic(fmt.Sprint("to go ", from, to, here))
				}
			}
			for i := 0; i < to; i++ {
				if (i < want) != (target.Index(i).Int() == 10+i) || (i >= want) != (target.Index(i).Int() == 0) {
					panic(fmt.Sprint("to js ", from, to, i, target.Index(i)))
				}
			}
		}
	}
	fmt.Println("sizes tried")
}

func functions() {
	calls := 0
	add := js.FuncOf(func(this js.Value, args []js.Value) interface{} {
		calls++
		sum := 0.0
		for _, arg := range args {
			sum += arg.Float()
		}
		return sum
	})
	fmt.Println("invoke", add.Invoke(1, 2, 3.5), add.Invoke(), add.Type())
	holder := js.ValueOf(map[string]interface{}{"base": 10})
	method := js.FuncOf(func(this js.Value, args []js.Value) interface{} {
		return this.Get("base").Int() + args[0].Int()
	})
	holder.Set("plus", method)
	fmt.Println("call", holder.Call("plus", 5))
	fmt.Println("many", add.Invoke(1, 2, 3, 4, 5, 6, 7, 8), add.Invoke(1, 2, 3, 4, 5, 6, 7, 8, 9))
	nested := js.FuncOf(func(js.Value, []js.Value) interface{} {
		return add.Invoke(add.Invoke(1, 1), 1)
	})
	fmt.Println("nested", nested.Invoke(), "calls", calls)
	nothing := js.FuncOf(func(js.Value, []js.Value) interface{} { return nil })
	fmt.Println("nothing", nothing.Invoke())
	for _, f := range []js.Func{add, method, nested, nothing} {
		f.Release()
	}
	// The call reports on the console and gives undefined.
	fmt.Println("released", add.Invoke(1))
}

func callbacks() {
	order := make(chan string)
	later := func(name string, delay int) {
		var f js.Func
		f = js.FuncOf(func(_ js.Value, args []js.Value) interface{} {
			f.Release()
			go func() { order <- name + args[0].String() }()
			return nil
		})
		js.Global().Call("setTimeout", f, delay, "!")
	}
	later("second", 40)
	later("first", 5)
	fmt.Println(<-order, <-order)

	unwanted := js.FuncOf(func(js.Value, []js.Value) interface{} {
		fmt.Println("impossible")
		return nil
	})
	defer unwanted.Release()
	timer := js.Global().Call("setTimeout", unwanted, 1)
	js.Global().Call("clearTimeout", timer)
	later("after", 20)
	fmt.Println(<-order)
}

func failures() {
	global := js.Global()
	try("get of undefined", func() interface{} { return js.Undefined().Get("x") })
	try("call of a missing method", func() interface{} { return global.Call("noSuchThing") })
	try("call of no function", func() interface{} {
		return js.ValueOf(map[string]interface{}{"x": 1}).Call("x")
	})
	try("invoke of an object", func() interface{} { return global.Get("Object").New().Invoke() })
	try("new of a string", func() interface{} { return js.ValueOf("x").New() })
	try("int of a string", func() interface{} { return js.ValueOf("x").Int() })
	try("length of a number", func() interface{} { return js.ValueOf(1).Length() })
	try("value of a channel", func() interface{} { return js.ValueOf(make(chan int)) })
	try("new array of bad length", func() interface{} {
		return global.Get("Array").New(-1)
	})
}

func main() {
	primitives()
	objects()
	bytesOf()
	sizes()
	functions()
	callbacks()
	failures()
}
