package main

import (
	"fmt"
	"strings"

	"goshawk/corpus/kernel"
)

// A processor of sixteen registers, whose instructions are words of 32 bits:
// eight for the opcode, three times eight for operands.
type cpu struct {
	regs   [16]uint32
	memory []uint16
	pc     uint32
	cycles int
	halted bool
}

type handler func(c *cpu, a, b, x uint32)

var mnemonics = []string{
	"halt", "set", "move", "add", "sub", "and", "xor", "shl", "shr",
	"load", "save", "addi", "jnz", "jlt", "call", "back",
}

var handlers = []handler{
	func(c *cpu, a, b, x uint32) { c.halted = true },
	func(c *cpu, a, b, x uint32) { c.regs[a] = b<<8 | x },
	func(c *cpu, a, b, x uint32) { c.regs[a] = c.regs[b] },
	func(c *cpu, a, b, x uint32) { c.regs[a] = c.regs[b] + c.regs[x] },
	func(c *cpu, a, b, x uint32) { c.regs[a] = c.regs[b] - c.regs[x] },
	func(c *cpu, a, b, x uint32) { c.regs[a] = c.regs[b] & c.regs[x] },
	func(c *cpu, a, b, x uint32) { c.regs[a] = c.regs[b] ^ c.regs[x] },
	func(c *cpu, a, b, x uint32) { c.regs[a] = c.regs[b] << x },
	func(c *cpu, a, b, x uint32) { c.regs[a] = c.regs[b] >> x },
	(*cpu).load,
	(*cpu).save,
	func(c *cpu, a, b, x uint32) { c.regs[a] = c.regs[b] + uint32(int8(x)) },
	func(c *cpu, a, b, x uint32) {
		if c.regs[a] != 0 {
			c.pc = b<<8 | x
		}
	},
	func(c *cpu, a, b, x uint32) {
		if c.regs[a] < c.regs[b] {
			c.pc = x
		}
	},
	func(c *cpu, a, b, x uint32) { c.regs[15], c.pc = c.pc, b<<8|x },
	func(c *cpu, a, b, x uint32) { c.pc = c.regs[15] },
}

func (c *cpu) load(a, b, x uint32) {
	c.regs[a] = uint32(c.memory[(c.regs[b]+x)%uint32(len(c.memory))])
}

func (c *cpu) save(a, b, x uint32) {
	c.memory[(c.regs[b]+x)%uint32(len(c.memory))] = uint16(c.regs[a])
}

func (c *cpu) run(code []uint32, limit int) error {
	for !c.halted {
		if c.pc >= uint32(len(code)) {
			return fmt.Errorf("left the program at %d", c.pc)
		}
		if c.cycles++; c.cycles > limit {
			return fmt.Errorf("no end after %d cycles", limit)
		}
		word := code[c.pc]
		c.pc++
		handlers[word>>24](c, word>>16&255, word>>8&255, word&255)
	}
	return nil
}

// assemble translates lines such as "start: add 1 2 3".
func assemble(source string) ([]uint32, error) {
	opcodes := make(map[string]uint32)
	for i, name := range mnemonics {
		opcodes[name] = uint32(i)
	}
	labels := map[string]uint32{}
	lines := strings.Split(strings.TrimSpace(source), "\n")
	for i, line := range lines {
		if label, rest, ok := strings.Cut(line, ":"); ok {
			labels[strings.TrimSpace(label)] = uint32(i)
			lines[i] = rest
		}
	}
	var code []uint32
	for i, line := range lines {
		fields := strings.Fields(line)
		op, ok := opcodes[fields[0]]
		if !ok {
			return nil, fmt.Errorf("line %d: no instruction %s", i+1, fields[0])
		}
		word := op
		for k := 1; k < 4; k++ {
			var v uint32
			if k < len(fields) {
				if at, ok := labels[fields[k]]; ok {
					v = at
				} else if _, err := fmt.Sscan(fields[k], &v); err != nil {
					return nil, fmt.Errorf("line %d: %w", i+1, err)
				}
			}
			word = word<<8 | v&255
		}
		code = append(code, word)
	}
	return code, nil
}

const shuffler = `
       set 1 0 7
       set 2 0 0
       set 3 44 0
 fill: call 0 0 mix
       save 1 2 0
       addi 2 2 1
       jlt 2 3 fill
       set 2 0 0
       set 4 0 0
  sum: load 5 2 0
       add 4 4 5
       shl 6 4 3
       xor 4 4 6
       addi 2 2 1
       jlt 2 3 sum
       halt
  mix: shl 7 1 13
       xor 1 1 7
       shr 7 1 17
       xor 1 1 7
       shl 7 1 5
       xor 1 1 7
       back
`

func registersKernel() uint64 {
	var d kernel.Digest
	code, err := assemble(shuffler)
	if err != nil {
		panic(err)
	}
	c := &cpu{memory: make([]uint16, 1<<14)}
	if err := c.run(code, 1000000); err != nil {
		panic(err)
	}
	for _, v := range c.regs {
		d.Add(uint64(v))
	}
	d.Int(c.cycles)
	if err := new(cpu).run([]uint32{0x0c000000, 0x0b000001, 0x0c000000}, 5000); err != nil {
		d.Text(err.Error())
	}
	if _, err := assemble("jump 1"); err != nil {
		d.Text(err.Error())
	}
	return d.Value()
}
