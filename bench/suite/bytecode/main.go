// Bytecode runs a small virtual machine written as a loop over a switch: the
// interpreter inside the interpreter.
package main

import "goshawk/suite/harness"

type operation byte

const (
	push operation = iota
	load
	store
	add
	multiply
	modulo
	less
	jumpIfZero
	jump
	halt
)

type instruction struct {
	op      operation
	operand int
}

// program sums i*i mod 1009 for i below variable 0 into variable 2.
var program = []instruction{
	{push, 0}, {store, 1}, {push, 0}, {store, 2},
	{load, 1}, {load, 0}, {less, 0}, {jumpIfZero, 21},
	{load, 2}, {load, 1}, {load, 1}, {multiply, 0}, {push, 1009},
	{modulo, 0}, {add, 0}, {store, 2},
	{load, 1}, {push, 1}, {add, 0}, {store, 1}, {jump, 4},
	{halt, 0},
}

func main() {
	harness.Run("bytecode", 1200000, 120000, func(size int) func() uint64 {
		return func() uint64 {
			var variables [4]int
			variables[0] = size
			run(program, variables[:])
			return uint64(variables[2])
		}
	})
}

func run(code []instruction, variables []int) {
	var stack [16]int
	top := 0
	for pc := 0; ; pc++ {
		switch in := code[pc]; in.op {
		case push:
			stack[top] = in.operand
			top++
		case load:
			stack[top] = variables[in.operand]
			top++
		case store:
			top--
			variables[in.operand] = stack[top]
		case add:
			top--
			stack[top-1] += stack[top]
		case multiply:
			top--
			stack[top-1] *= stack[top]
		case modulo:
			top--
			stack[top-1] %= stack[top]
		case less:
			top--
			if stack[top-1] < stack[top] {
				stack[top-1] = 1
			} else {
				stack[top-1] = 0
			}
		case jumpIfZero:
			top--
			if stack[top] == 0 {
				pc = in.operand - 1
			}
		case jump:
			pc = in.operand - 1
		case halt:
			return
		}
	}
}
