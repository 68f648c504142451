// Nilderef writes through a nil pointer: once recovered, once not.
package main

import "fmt"

type node struct {
	next  *node
	value int
}

//go:noinline
func set(n *node, value int) {
	n.value = value
}

func try() (err interface{}) {
	defer func() { err = recover() }()
	set(nil, 1)
	return nil
}

func main() {
	fmt.Println("recovered:", try())
	set((&node{}).next, 2)
}
