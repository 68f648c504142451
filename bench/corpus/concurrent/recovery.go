package main

import (
	"errors"
	"fmt"
	"strings"

	"goshawk/corpus/kernel"
)

// failure is what the reader below panics with, and nobody else.
type failure struct {
	offset int
	reason string
}

func (f failure) Error() string { return fmt.Sprintf("%d: %s", f.offset, f.reason) }

// reader reads S-expressions; a failure unwinds all of it.
type reader struct {
	text string
	at   int
}

type symbol string

func readAll(text string) (list []interface{}, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			err = r
		default:
			panic(r)
		}
	}()
	r := &reader{text: text}
	for r.skip(); r.at < len(text); r.skip() {
		list = append(list, r.value())
	}
	return list, nil
}

func (r *reader) fail(format string, args ...interface{}) {
	panic(failure{r.at, fmt.Sprintf(format, args...)})
}

func (r *reader) skip() {
	for r.at < len(r.text) && r.text[r.at] == ' ' {
		r.at++
	}
}

func (r *reader) value() interface{} {
	r.skip()
	if r.at == len(r.text) {
		r.fail("unexpected end")
	}
	switch c := r.text[r.at]; {
	case c == '(':
		r.at++
		var list []interface{}
		for {
			if r.skip(); r.at < len(r.text) && r.text[r.at] == ')' {
				r.at++
				return list
			}
			list = append(list, r.value())
		}
	case c >= '0' && c <= '9':
		n := 0
		for r.at < len(r.text) && r.text[r.at] >= '0' && r.text[r.at] <= '9' {
			n = n*10 + int(r.text[r.at]-'0')
			r.at++
		}
		return n
	case strings.IndexByte("+-*/?<", c) >= 0:
		r.at++
		return symbol(r.text[r.at-1 : r.at])
	default:
		r.fail("unexpected %q", c)
	}
	return nil
}

// evaluate lets the runtime find some of the errors.
func evaluate(v interface{}) int {
	switch v := v.(type) {
	case int:
		return v
	case []interface{}:
		op := v[0].(symbol)
		total := evaluate(v[1])
		for _, operand := range v[2:] {
			n := evaluate(operand)
			switch op {
			case "+":
				total += n
			case "-":
				total -= n
			case "*":
				total = total * n % 1000003
			case "/":
				total /= n
			}
		}
		return total
	}
	panic(fmt.Errorf("cannot evaluate %v", v))
}

func protect(f func() int) (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			var ok bool
			if err, ok = r.(error); !ok {
				err = fmt.Errorf("panic: %v", r)
			}
		}
	}()
	return f(), nil
}

// resource says when it is released, in the order of that.
type resource struct {
	name string
	log  *[]string
}

func open(name string, log *[]string) (*resource, error) {
	if strings.HasSuffix(name, "ix") {
		return nil, errors.New("cannot open " + name)
	}
	return &resource{name, log}, nil
}

func (r *resource) close() { *r.log = append(*r.log, r.name) }

func copyAll(names []string, log *[]string) (n int, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("after %d: %w", n, err)
		}
	}()
	for _, name := range names {
		r, err := open(name, log)
		if err != nil {
			return n, err
		}
		defer r.close()
		n += len(name)
	}
	return n, nil
}

func sexpr(r *kernel.Rand, depth int) string {
	if depth == 0 || r.Intn(5) == 0 {
		return fmt.Sprint(r.Intn(40))
	}
	op := "+-*+-*+-*/"[r.Intn(10)]
	return fmt.Sprintf("(%c %s %s %d)", op, sexpr(r, depth-1),
		sexpr(r, depth-1), 1+r.Intn(9))
}

func recoveryKernel() uint64 {
	r := kernel.NewRand(95)
	var d kernel.Digest
	for i := 0; i < 280; i++ {
		text := sexpr(r, i%7)
		switch i % 8 {
		case 5:
			text = text[:len(text)-1]
		case 6:
			text += " (? " + text
		case 7:
			text = "(" + text + ")"
		}
		list, err := readAll(text)
		if err != nil {
			d.Text(err.Error())
		}
		for _, v := range list {
			n, err := protect(func() int { return evaluate(v) })
			if err != nil {
				d.Int(len(err.Error()) % 2)
			}
			d.Int(n)
		}
	}
	for i := 0; i < 500; i++ {
		var log []string
		n, err := copyAll([]string{r.Word(), r.Word(), r.Word()}, &log)
		if err != nil {
			d.Text(err.Error())
		}
		d.Int(n + len(log))
	}
	return d.Value()
}
