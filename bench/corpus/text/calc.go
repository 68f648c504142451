package main

import (
	"fmt"
	"strconv"
	"strings"

	"goshawk/corpus/kernel"
)

type tokenKind int

const (
	tokenEOF tokenKind = iota
	tokenNumber
	tokenName
	tokenOperator
)

type token struct {
	kind  tokenKind
	text  string
	value float64
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_'
}

func tokenize(input string) ([]token, error) {
	var tokens []token
	for i := 0; i < len(input); {
		c := input[i]
		start := i
		switch {
		case c == ' ' || c == '\t':
			i++
		case isDigit(c):
			for i < len(input) && (isDigit(input[i]) || input[i] == '.') {
				i++
			}
			value, err := strconv.ParseFloat(input[start:i], 64)
			if err != nil {
				return nil, err
			}
			tokens = append(tokens, token{tokenNumber, input[start:i], value})
		case isLetter(c):
			for i < len(input) && (isLetter(input[i]) || isDigit(input[i])) {
				i++
			}
			tokens = append(tokens, token{kind: tokenName, text: input[start:i]})
		case strings.IndexByte("+-*/^()", c) >= 0:
			i++
			tokens = append(tokens, token{kind: tokenOperator, text: input[start:i]})
		default:
			return nil, fmt.Errorf("unexpected %q at %d", c, i)
		}
	}
	return append(tokens, token{}), nil
}

// A tree of expressions.
type (
	expr interface {
		eval(env map[string]float64) float64
	}
	number   float64
	variable string
	unary    struct{ operand expr }
	binary   struct {
		op          byte
		left, right expr
	}
)

func (n number) eval(map[string]float64) float64       { return float64(n) }
func (v variable) eval(env map[string]float64) float64 { return env[string(v)] }
func (u *unary) eval(env map[string]float64) float64   { return -u.operand.eval(env) }
func (b *binary) eval(env map[string]float64) float64 {
	l, r := b.left.eval(env), b.right.eval(env)
	switch b.op {
	case '+':
		return l + r
	case '-':
		return l - r
	case '*':
		return l * r
	case '/':
		if r == 0 {
			return 0
		}
		return l / r
	case '^':
		result := 1.0
		for ; r >= 1; r-- {
			result *= l
		}
		return result
	}
	panic("unknown operator " + string(b.op))
}

type parser struct {
	tokens []token
	pos    int
}

// accept moves on if the next token is one of the operators.
func (p *parser) accept(operators string) (byte, bool) {
	t := p.tokens[p.pos]
	if t.kind == tokenOperator && strings.Contains(operators, t.text) {
		p.pos++
		return t.text[0], true
	}
	return 0, false
}

func (p *parser) sum() (expr, error) {
	left, err := p.product()
	for err == nil {
		op, ok := p.accept("+-")
		if !ok {
			return left, nil
		}
		var right expr
		right, err = p.product()
		left = &binary{op, left, right}
	}
	return nil, err
}

func (p *parser) product() (expr, error) {
	left, err := p.power()
	for err == nil {
		op, ok := p.accept("*/")
		if !ok {
			return left, nil
		}
		var right expr
		right, err = p.power()
		left = &binary{op, left, right}
	}
	return nil, err
}

func (p *parser) power() (expr, error) {
	base, err := p.primary()
	if err != nil {
		return nil, err
	}
	if op, ok := p.accept("^"); ok {
		exponent, err := p.power()
		return &binary{op, base, exponent}, err
	}
	return base, nil
}

func (p *parser) primary() (expr, error) {
	if _, ok := p.accept("-"); ok {
		operand, err := p.primary()
		return &unary{operand}, err
	}
	if _, ok := p.accept("("); ok {
		inner, err := p.sum()
		if err != nil {
			return nil, err
		}
		if _, ok := p.accept(")"); !ok {
			return nil, fmt.Errorf("no ) at token %d", p.pos)
		}
		return inner, nil
	}
	t := p.tokens[p.pos]
	p.pos++
	switch t.kind {
	case tokenNumber:
		return number(t.value), nil
	case tokenName:
		return variable(t.text), nil
	}
	return nil, fmt.Errorf("unexpected token %q", t.text)
}

func parse(input string) (expr, error) {
	tokens, err := tokenize(input)
	if err != nil {
		return nil, err
	}
	p := parser{tokens: tokens}
	e, err := p.sum()
	if err == nil && p.tokens[p.pos].kind != tokenEOF {
		return nil, fmt.Errorf("trailing %q", p.tokens[p.pos].text)
	}
	return e, err
}

// formula writes a random expression.
func formula(r *kernel.Rand, depth int) string {
	switch {
	case depth == 0 && r.Intn(2) == 0:
		return string(rune('a' + r.Intn(4)))
	case depth == 0:
		return strconv.Itoa(r.Intn(20)) + ".5"
	case r.Intn(5) == 0:
		return "-(" + formula(r, depth-1) + ")"
	case r.Intn(6) == 0:
		return formula(r, 0) + "^2"
	}
	op := []string{" + ", " - ", "*", "/"}[r.Intn(4)]
	return "(" + formula(r, depth-1) + op + formula(r, depth-1) + ")"
}

func calcKernel() uint64 {
	r := kernel.NewRand(13)
	var d kernel.Digest
	for i := 0; i < 300; i++ {
		text := formula(r, 2+i%5)
		if i%10 == 9 {
			text += []string{")", "$", " 1"}[i/10%3]
		}
		e, err := parse(text)
		if err != nil {
			d.Text(err.Error())
			continue
		}
		env := map[string]float64{"a": 1, "b": 2.5, "c": -3}
		sum := 0.0
		for k := 0; k < 8; k++ {
			env["d"] = float64(k)
			sum += e.eval(env)
		}
		d.Float(sum)
	}
	return d.Value()
}
