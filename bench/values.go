// Values measures one operation of syscall/js and prints how many millions of
// it a second saw. The first argument is ignored; without a second one it lists
// the operations. bench/rates.sh runs it.
package main

import (
	"fmt"
	"os"
	"syscall/js"
	"time"
)

var (
	value  js.Value
	number float64
	length int
	text   string
)

type operation struct {
	name string
	run  func(n int)
}

func operations() []operation {
	global := js.Global()
	object := global.Get("Object")
	empty := global.Get("Function").New()
	holder := object.New()
	holder.Set("empty", empty)
	holder.Set("number", 5)
	holder.Set("object", object.New())
	holder.Set("text", "a string of some length")
	array := global.Get("Array").New(7)
	held := holder.Get("text")
	five := holder.Get("number")
	math := global.Get("Math")
	few, small := global.Get("Uint8Array").New(16), make([]byte, 16)
	many, large := global.Get("Uint8Array").New(1<<16), make([]byte, 1<<16)
	callback := js.FuncOf(func(js.Value, []js.Value) any { return nil })

	return []operation{
		{"Call()", func(n int) {
			for i := 0; i < n; i++ {
				value = holder.Call("empty")
			}
		}},
		{"Call(int)", func(n int) {
			for i := 0; i < n; i++ {
				value = holder.Call("empty", i)
			}
		}},
		{"Call(3 ints)", func(n int) {
			for i := 0; i < n; i++ {
				value = holder.Call("empty", i, i, i)
			}
		}},
		{"Call(value)", func(n int) {
			for i := 0; i < n; i++ {
				value = holder.Call("empty", holder)
			}
		}},
		{"Call(string)", func(n int) {
			for i := 0; i < n; i++ {
				value = holder.Call("empty", "hello")
			}
		}},
		{"Math.abs(int)", func(n int) {
			for i := 0; i < n; i++ {
				value = math.Call("abs", i)
			}
		}},
		{"Invoke()", func(n int) {
			for i := 0; i < n; i++ {
				value = empty.Invoke()
			}
		}},
		{"New()", func(n int) {
			for i := 0; i < n; i++ {
				value = object.New()
			}
		}},
		{"Get number", func(n int) {
			for i := 0; i < n; i++ {
				value = holder.Get("number")
			}
		}},
		{"Get object", func(n int) {
			for i := 0; i < n; i++ {
				value = holder.Get("object")
			}
		}},
		{"Get string", func(n int) {
			for i := 0; i < n; i++ {
				text = holder.Get("text").String()
			}
		}},
		{"Set int", func(n int) {
			for i := 0; i < n; i++ {
				holder.Set("number", i)
			}
		}},
		{"Set string", func(n int) {
			for i := 0; i < n; i++ {
				holder.Set("another", "hello")
			}
		}},
		{"Index", func(n int) {
			for i := 0; i < n; i++ {
				value = array.Index(0)
			}
		}},
		{"SetIndex", func(n int) {
			for i := 0; i < n; i++ {
				array.SetIndex(0, i)
			}
		}},
		{"Length", func(n int) {
			for i := 0; i < n; i++ {
				length = array.Length()
			}
		}},
		{"Float", func(n int) {
			for i := 0; i < n; i++ {
				number = five.Float()
			}
		}},
		{"String", func(n int) {
			for i := 0; i < n; i++ {
				text = held.String()
			}
		}},
		{"ValueOf(string)", func(n int) {
			for i := 0; i < n; i++ {
				value = js.ValueOf("hello")
			}
		}},
		{"InstanceOf", func(n int) {
			for i := 0; i < n; i++ {
				holder.InstanceOf(object)
			}
		}},
		{"CopyBytesToGo 16", func(n int) {
			for i := 0; i < n; i++ {
				js.CopyBytesToGo(small, few)
			}
		}},
		{"CopyBytesToGo 64k", func(n int) {
			for i := 0; i < n; i++ {
				js.CopyBytesToGo(large, many)
			}
		}},
		{"CopyBytesToJS 16", func(n int) {
			for i := 0; i < n; i++ {
				js.CopyBytesToJS(few, small)
			}
		}},
		{"CopyBytesToJS 64k", func(n int) {
			for i := 0; i < n; i++ {
				js.CopyBytesToJS(many, large)
			}
		}},
		{"FuncOf+Invoke", func(n int) {
			for i := 0; i < n; i++ {
				value = callback.Invoke()
			}
		}},
	}
}

func main() {
	for _, op := range operations() {
		if len(os.Args) < 3 {
			fmt.Println(op.name)
		} else if op.name == os.Args[2] {
			count, start := 0, time.Now()
			for time.Since(start) < 200*time.Millisecond {
				op.run(2000)
				count += 2000
			}
			fmt.Println(float64(count) / time.Since(start).Seconds() / 1e6)
		}
	}
}
