//go:build js && wasm

// Dropped makes values of many kinds and lets go of them, as many of each kind
// as its second argument says. JavaScript is to keep no more of them than of
// the first few, and the process is to grow no more; statm of the process,
// which is itself in the folder that is the first argument, says how large it
// is.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"syscall/js"
	"time"
	"unsafe"
)

// What syscall/js calls jsGo: "_values" of it are those that Go holds.
var goObject = *(*js.Value)(unsafe.Pointer(&struct {
	_     [0]func()
	ref   uint64
	gcPtr *uint64
}{ref: 0x7FF80001<<32 | 6}))

var global = js.Global()

func noop(js.Value, []js.Value) interface{} { return nil }

// Promises whose callbacks have not been called.
var waiting int

type kind struct {
	name string
	make func(i int)
}

func kinds() []kind {
	object, array, bytes := global.Get("Object"), global.Get("Array"), global.Get("Uint8Array")
	function, symbol, text := global.Get("Function"), global.Get("Symbol"), global.Get("String")
	promise := global.Get("Promise")
	errorType, mapType := global.Get("Error"), global.Get("Map")
	holder := object.New()
	identity := js.FuncOf(func(_ js.Value, args []js.Value) interface{} { return args[0] })
	settled := js.FuncOf(func(_ js.Value, args []js.Value) interface{} {
		waiting--
		return args[0]
	})
	return []kind{
		{"objects", func(int) { object.New() }},
		{"objects of maps", func(i int) { js.ValueOf(map[string]interface{}{"i": i}) }},
		{"strings", func(i int) { js.ValueOf("string " + strconv.Itoa(i)) }},
		{"property names", func(i int) {
			name := "name " + strconv.Itoa(i)
			holder.Set(name, i)
			holder.Delete(name)
		}},
		{"String objects", func(i int) { text.New(strconv.Itoa(i)) }},
		{"symbols", func(int) { symbol.Invoke("a symbol") }},
		{"arrays", func(i int) { array.New(i, "element", object) }},
		{"bytes", func(i int) {
			js.CopyBytesToJS(bytes.New(1000), []byte("some bytes"))
		}},
		{"errors", func(int) { errorType.New("an error") }},
		{"maps", func(i int) { mapType.New().Call("set", "key", i).Call("entries") }},
		{"thrown errors", func(int) {
			defer func() {
				if err, ok := recover().(error); !ok || !errors.As(err, new(js.Error)) {
					panic("nothing was thrown")
				}
			}()
			global.Get("JSON").Call("parse", "{")
		}},
		{"methods", func(int) { object.New().Get("toString") }},
		{"bound functions", func(i int) { identity.Call("bind", holder, i) }},
		{"functions", func(int) {
			f := js.FuncOf(noop)
			f.Release()
		}},
		{"called functions", func(i int) {
			f := js.FuncOf(func(js.Value, []js.Value) interface{} { return i })
			holder.Set("f", f)
			holder.Call("f", object.New())
			f.Release()
		}},
		{"arguments and results", func(i int) { identity.Invoke(array.Call("of", i)) }},
		{"circles of objects", func(int) {
			a, b := object.New(), array.New()
			a.Set("b", b)
			b.SetIndex(0, a)
		}},
		{"circles with functions", func(int) {
			o, f := object.New(), js.FuncOf(noop)
			o.Set("f", f)
			f.Set("o", o)
			f.Release()
		}},
		{"circles with promises", func(int) {
			o := object.New()
			o.Set("p", promise.Call("resolve", o).Call("then", settled))
			waiting++
		}},
		{"circles with scripts", func(int) {
			function.New("o", "o.f = function () { return o }; return o").Invoke(object.New())
		}},
	}
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

// The memory that the process has, in pages.
func resident(folder string) int {
	text, err := os.ReadFile(folder + "/statm")
	if err != nil {
		panic(err)
	}
	var size, pages int
	fmt.Sscan(string(text), &size, &pages)
	return pages
}

func main() {
	count, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	const batch, first = 2000, 10
	for _, kind := range kinds() {
		if len(os.Args) > 4 && kind.name != os.Args[4] {
			continue
		}
		// The most that there are after the first batches, and after all. The
		// process may give memory back and take it again.
		var references, pages [2]int
		for done := 0; done < count; done += batch {
			for i := 0; i < batch; i++ {
				kind.make(done + i)
			}
			runtime.GC()
			for settle := true; settle || waiting > 0; settle = false {
				time.Sleep(time.Millisecond) // for finalizers as well
			}
			phase := 0
			if done >= first*batch {
				phase = 1
			}
			references[phase] = max(references[phase], goObject.Get("_values").Length())
			pages[phase] = max(pages[phase], resident(os.Args[1]))
		}
		moreReferences, morePages := references[1]-references[0], pages[1]-pages[0]
		fmt.Println(kind.name, moreReferences < batch/50, morePages < 300)
		if len(os.Args) > 3 {
			fmt.Println("  more references:", moreReferences, "more pages:", morePages)
		}
	}
}
