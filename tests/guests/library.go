// Library sets functions and values on the global object and waits to be
// called, as programs do that are used as libraries.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall/js"
	"time"
)

func function(f func(args []js.Value) any) js.Func {
	return js.FuncOf(func(_ js.Value, args []js.Value) any { return f(args) })
}

func anys(values []js.Value) (list []any) {
	for _, value := range values {
		list = append(list, value)
	}
	return list
}

// attempt says what f panicked with.
func attempt(f func() js.Value) (result string) {
	defer func() {
		if r := recover(); r != nil {
			err, ok := r.(js.Error)
			if !ok {
				result = fmt.Sprint("panic: ", r)
				return
			}
			result = err.Error() + " / " + err.Get("code").String()
		}
	}()
	return f().String()
}

// later returns an object with a method then, as promises have, that is
// fulfilled with what f returns, or rejected with its error.
func later(wait time.Duration, f func() (any, error)) any {
	done := make(chan struct{})
	var value any
	var err error
	go func() {
		time.Sleep(wait)
		value, err = f()
		close(done)
	}()
	return map[string]any{"then": function(func(args []js.Value) any {
		go func() {
			<-done
			if err != nil {
				args[1].Invoke(js.Global().Get("Error").New(err.Error()))
			} else {
				args[0].Invoke(value)
			}
		}()
		return nil
	})}
}

func main() {
	global := js.Global()
	released := function(func([]js.Value) any { return 1 })
	released.Release()
	library := global.Get("Object").New()
	global.Set("lib", library)
	library.Set("version", "1.2")
	library.Set("released", released)
	library.Set("this", js.FuncOf(func(this js.Value, _ []js.Value) any {
		return this.Get("version")
	}))
	for name, f := range map[string]func([]js.Value) any{
		"add": func(args []js.Value) any {
			return args[0].Float() + args[1].Float()
		},
		"upper": func(args []js.Value) any {
			return strings.ToUpper(args[0].String())
		},
		// Each byte plus one, in a new array.
		"increment": func(args []js.Value) any {
			data := make([]byte, args[0].Length())
			js.CopyBytesToGo(data, args[0])
			for i := range data {
				data[i]++
			}
			array := global.Get("Uint8Array").New(len(data))
			js.CopyBytesToJS(array, data)
			return array
		},
		"echo": func(args []js.Value) any { return args[0] },
		// Calls what it is given and says what came of it.
		"attempt": func(args []js.Value) any {
			return attempt(func() js.Value { return args[0].Invoke(anys(args[1:])...) })
		},
		"apply": func(args []js.Value) any {
			return args[0].Invoke(args[1])
		},
		"exit": func(args []js.Value) any {
			os.Exit(args[0].Int())
			return nil
		},
		"panic": func([]js.Value) any { panic("no") },
		// Functions that C++ calls may wait for time and goroutines, but not for
		// events.
		"nap": func(args []js.Value) any {
			woke := make(chan int)
			go func() {
				time.Sleep(2 * time.Millisecond)
				woke <- args[0].Int()
			}()
			return <-woke
		},
		"deaf": func([]js.Value) any {
			heard := make(chan any)
			global.Set("tell", function(func([]js.Value) any { close(heard); return nil }))
			return <-heard
		},
		"later": func(args []js.Value) any {
			return later(time.Millisecond, func() (any, error) { return args[0], nil })
		},
		"failing": func([]js.Value) any {
			return later(0, func() (any, error) { return nil, errors.New("too late") })
		},
		// Calls args[0].add(i) from goroutines, then args[0].done(), which is
		// given what the calls return.
		"count": func(args []js.Value) any {
			object, n := args[0], args[1].Int()
			sums := make(chan float64)
			for i := 1; i <= n; i++ {
				go func(i int) {
					time.Sleep(time.Duration(n-i) * time.Millisecond)
					sums <- object.Call("add", i).Float()
				}(i)
			}
			go func() {
				last := 0.0
				for i := 0; i < n; i++ {
					if sum := <-sums; sum > last {
						last = sum
					}
				}
				object.Call("done", last)
			}()
			return nil
		},
		"never": func([]js.Value) any {
			return later(0, func() (any, error) { select {} })
		},
	} {
		library.Set(name, function(f))
	}
	if f := global.Get("atStart"); f.Type() == js.TypeFunction {
		fmt.Println(attempt(func() js.Value { return f.Invoke("ready") }))
	}
	select {}
}
