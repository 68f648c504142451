// Panics defers, panics and recovers at several depths, with errors that are
// wrapped and unwrapped.
package main

import (
	"errors"
	"fmt"

	"goshawk/suite/harness"
)

var errBase = errors.New("base")

type depthError struct {
	depth int
	cause error
}

func (e *depthError) Error() string { return fmt.Sprint("depth ", e.depth) }
func (e *depthError) Unwrap() error { return e.cause }

func main() {
	harness.Run("panics", 15000, 1500, func(size int) func() uint64 {
		return func() uint64 {
			sum := 0
			for i := 0; i < size; i++ {
				err := guarded(i % 8)
				var deep *depthError
				if errors.As(err, &deep) && errors.Is(err, errBase) {
					sum += deep.depth
				}
				sum += bounds(i%20) + unwind(i%12)
			}
			return uint64(sum)
		}
	})
}

// guarded turns the panic of a callee into the error that it carries.
func guarded(depth int) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("recovered: %w", reason.(error))
		}
	}()
	fall(depth, depth)
	return nil
}

func fall(depth, start int) {
	defer func() {}()
	if depth == 0 {
		panic(&depthError{start, errBase})
	}
	fall(depth-1, start)
}

// bounds recovers from the runtime's own panic.
func bounds(index int) (got int) {
	defer func() {
		if recover() != nil {
			got = -1
		}
	}()
	var numbers [10]int
	slice := numbers[:]
	return slice[index] + index
}

// unwind runs deferred closures without any panic, in a loop.
func unwind(count int) (sum int) {
	for i := 0; i < count; i++ {
		defer func(n int) { sum = sum*3 + n }(i)
	}
	return 0
}
