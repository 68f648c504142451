// Exports has functions for the host (//go:wasmexport, Go 1.24 and later), and
// imports with the types that came with them.
package main

import (
	"fmt"
	"os"
	"syscall/js"
	"time"
	"unsafe"
)

//go:wasmimport env greet
func greet(name string, loud bool) *int32

//go:wasmimport env again
func again(depth int32) int32

var total int64

//go:wasmexport add
func add(a int32, b int64, c float32, d float64, e bool) float64 {
	sum := float64(a) + float64(b) + float64(c) + d
	if e {
		sum = -sum
	}
	return sum
}

//go:wasmexport nothing
func nothing() { total++ }

//go:wasmexport calls
func calls() int64 { return total }

// address is of four bytes that the host may look at.
//
//go:wasmexport address
func address() unsafe.Pointer { return unsafe.Pointer(&data[0]) }

var data = [4]byte{1, 2, 3, 4}

func grow(n int) int {
	var room [100]byte
	if n > 0 {
		return grow(n-1) + int(room[n%100])
	}
	return 0
}

// work changes goroutines, moves the stack and reads a file on the way.
//
//go:wasmexport work
func work(n int32) int32 {
	grow(1000)
	values := make(chan int32)
	for i := int32(1); i <= n; i++ {
		go func() { values <- i }()
	}
	sum := int32(0)
	for i := int32(0); i < n; i++ {
		sum += <-values
	}
	if _, err := os.Stat("/missing"); err == nil {
		return -1
	}
	return sum
}

//go:wasmexport nest
func nest(depth int32) int32 {
	if depth == 0 {
		return 1
	}
	return again(depth-1) + 1
}

//go:wasmexport leave
func leave(code int32) { os.Exit(int(code)) }

// wait waits for a timer, for a goroutine that waits for one, and for a file.
//
//go:wasmexport wait
func wait(ms int32) int32 {
	pause := time.Duration(ms) * time.Millisecond / 2
	time.Sleep(pause)
	done := make(chan int)
	go func() {
		time.Sleep(pause)
		done <- grow(1000)
	}()
	<-done
	if _, err := os.Stat("/missing"); err == nil {
		return -1
	}
	return ms + 1
}

// hear waits until JavaScript calls say(x), and returns x.
//
//go:wasmexport hear
func hear(twice bool) float64 {
	said := make(chan float64)
	say := js.FuncOf(func(_ js.Value, args []js.Value) any {
		said <- args[0].Float()
		return "heard"
	})
	defer say.Release()
	js.Global().Set("say", say)
	if twice {
		return <-said + <-said
	}
	return <-said
}

// later leaves it to a goroutine to count.
//
//go:wasmexport later
func later() {
	go func() {
		time.Sleep(time.Millisecond)
		total++
	}()
}

//go:wasmexport forever
func forever() { select {} }

// end waits, then panics or exits.
//
//go:wasmexport end
func end(code int32) int64 {
	time.Sleep(time.Millisecond)
	if code < 0 {
		panic("the end")
	}
	os.Exit(int(code))
	return 0
}

func main() {
	p := greet("Gopher", true)
	fmt.Println(*p)
	select {}
}
