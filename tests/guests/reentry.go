//go:build js && wasm

// Reentry lets Go and JavaScript call each other until no more is possible,
// and goes on. (Node would crash.)
package main

import (
	"fmt"
	"syscall/js"
)

// What a call comes to: its result, or the error that it throws.
func result(f func() js.Value) (v js.Value) {
	defer func() {
		if err, ok := recover().(js.Error); ok {
			v = js.ValueOf(err.Error())
		}
	}()
	return f()
}

func main() {
	depth := 0
	var direct js.Func
	direct = js.FuncOf(func(js.Value, []js.Value) any {
		depth++
		v := result(func() js.Value { return direct.Invoke() })
		if depth%100 == 0 {
			depth++
			fmt.Println("on the way back:", v)
		}
		return v
	})
	fmt.Println(result(func() js.Value { return direct.Invoke() }), depth > 500)

	script := js.Global().Call("eval", "(f, n) => [n].map(n => f(f, n + 1))[0]")
	var through js.Func
	through = js.FuncOf(func(_ js.Value, args []js.Value) any {
		return result(func() js.Value { return script.Invoke(args[0], args[1]) })
	})
	fmt.Println(result(func() js.Value { return script.Invoke(through, 0) }))
	fmt.Println("done")
}
