package main

import (
	"fmt"

	"goshawk/corpus/kernel"
)

// triangle prints A, AB and so on up to the whole alphabet, ten times.
const triangle = `
++++++++++ [
  >> [-] +++++ [ - < +++++ > ] < +       the rows to come
  >>>> [-] ++++++++++ <<<<               a line feed
  [
    >+ [ - > + >>> + <<<< ] >>>> [ - <<<< + >>>> ]
    ++++++++ [ - << ++++++++ >> ]        what comes before A
    <<< [ - > + . < ] > [-] > . <<<< -
  ]
  < -
]`

// jumps finds the partner of each bracket.
func jumps(program string) (map[int]int, error) {
	partner := make(map[int]int)
	var open []int
	for at, c := range program {
		switch c {
		case '[':
			open = append(open, at)
		case ']':
			if len(open) == 0 {
				return nil, fmt.Errorf("] without [ at %d", at)
			}
			last := open[len(open)-1]
			open = open[:len(open)-1]
			partner[last], partner[at] = at, last
		}
	}
	if len(open) > 0 {
		return nil, fmt.Errorf("[ without ] at %d", open[0])
	}
	return partner, nil
}

// interpret runs the text as it stands, for a number of steps at most.
func interpret(program string, limit int) (string, error) {
	partner, err := jumps(program)
	if err != nil {
		return "", err
	}
	tape := make([]byte, 300)
	at := 0
	var out []byte
	for pc := 0; pc < len(program) && limit > 0; pc++ {
		limit--
		switch program[pc] {
		case '>':
			at++
		case '<':
			at--
		case '+':
			tape[at]++
		case '-':
			tape[at]--
		case '.':
			out = append(out, tape[at])
		case '[':
			if tape[at] == 0 {
				pc = partner[pc]
			}
		case ']':
			if tape[at] != 0 {
				pc = partner[pc]
			}
		}
	}
	return string(out), nil
}

// The same, made into closures that call each other.
type machine struct {
	tape []byte
	at   int
	out  []byte
}

type action func(m *machine)

func compile(program string) (action, string) {
	var body []action
	for program != "" {
		c := program[0]
		n := 1
		for n < len(program) && program[n] == c && c != '[' && c != ']' {
			n++
		}
		program = program[n:]
		switch c {
		case '>':
			body = append(body, func(m *machine) { m.at += n })
		case '<':
			body = append(body, func(m *machine) { m.at -= n })
		case '+':
			body = append(body, func(m *machine) { m.tape[m.at] += byte(n) })
		case '-':
			body = append(body, func(m *machine) { m.tape[m.at] -= byte(n) })
		case '.':
			body = append(body, func(m *machine) {
				m.out = append(m.out, m.tape[m.at])
			})
		case '[':
			var inner action
			inner, program = compile(program)
			body = append(body, func(m *machine) {
				for m.tape[m.at] != 0 {
					inner(m)
				}
			})
		case ']':
			return sequence(body), program
		}
	}
	return sequence(body), ""
}

func sequence(actions []action) action {
	return func(m *machine) {
		for _, a := range actions {
			a(m)
		}
	}
}

func brainfuckKernel() uint64 {
	var d kernel.Digest
	out, err := interpret(triangle, 1000000)
	if err != nil {
		panic(err)
	}
	d.Text(out)
	run, _ := compile(triangle)
	m := &machine{tape: make([]byte, 300)}
	run(m)
	if string(m.out) != out {
		panic("the two do not agree")
	}
	_, err = interpret("+[>[-]", 10)
	d.Text(err.Error())
	return d.Value()
}
