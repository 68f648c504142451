// Panic panics two calls deep, after a panic that is recovered.
package main

import (
	"errors"
	"fmt"
)

//go:noinline
func fall(reason error) {
	panic(reason)
}

//go:noinline
func recovered() (reason interface{}) {
	defer func() { reason = recover() }()
	fall(errors.New("caught in time"))
	return nil
}

func main() {
	fmt.Println("recovered:", recovered())
	fall(errors.New("the sky is falling"))
}
