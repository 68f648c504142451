package main

import (
	"fmt"
	"strings"

	"goshawk/corpus/kernel"
)

// A document of nodes that visitors walk through.
type node interface {
	accept(v visitor)
}

type visitor interface {
	visitText(t *textNode)
	visitList(l *listNode)
	visitLink(l *linkNode)
}

type textNode struct{ words []string }

type listNode struct {
	ordered bool
	items   []node
}

type linkNode struct {
	target string
	inner  node
}

func (t *textNode) accept(v visitor) { v.visitText(t) }
func (l *listNode) accept(v visitor) { v.visitList(l) }
func (l *linkNode) accept(v visitor) { v.visitLink(l) }

type counter struct {
	words, links, depth, deepest int
}

func (c *counter) visitText(t *textNode) { c.words += len(t.words) }

func (c *counter) visitList(l *listNode) {
	c.depth++
	if c.depth > c.deepest {
		c.deepest = c.depth
	}
	for _, item := range l.items {
		item.accept(c)
	}
	c.depth--
}

func (c *counter) visitLink(l *linkNode) {
	c.links++
	l.inner.accept(c)
}

type printer struct {
	strings.Builder
	indent string
}

func (p *printer) visitText(t *textNode) {
	p.WriteString(p.indent)
	for _, word := range t.words {
		p.WriteString(word)
		p.WriteByte(' ')
	}
	p.WriteByte('\n')
}

func (p *printer) visitList(l *listNode) {
	outer := p.indent
	for i, item := range l.items {
		p.indent = outer + "* "
		if l.ordered {
			p.indent = fmt.Sprintf("%s%d. ", outer, i+1)
		}
		item.accept(p)
	}
	p.indent = outer
}

func (p *printer) visitLink(l *linkNode) {
	p.WriteString(p.indent + "-> " + l.target + "\n")
	l.inner.accept(p)
}

// collector has a function for each kind and embeds what it does not need.
type collector struct {
	*counter
	onLink func(target string)
}

func (c collector) visitLink(l *linkNode) { c.onLink(l.target) }

func document(r *kernel.Rand, depth int) node {
	switch kind := r.Intn(4); {
	case depth == 0 || kind == 0:
		words := make([]string, 1+r.Intn(4))
		for i := range words {
			words[i] = r.Word()
		}
		return &textNode{words}
	case kind == 1:
		return &linkNode{r.Word(), document(r, depth-1)}
	}
	l := &listNode{ordered: r.Intn(2) == 0}
	for i := 0; i < 4; i++ {
		l.items = append(l.items, document(r, depth-1))
	}
	return l
}

func visitorKernel() uint64 {
	r := kernel.NewRand(41)
	var d kernel.Digest
	for i := 0; i < 16; i++ {
		root := &listNode{items: []node{document(r, 5), document(r, 5)}}
		for k := 0; k < 10; k++ {
			c := new(counter)
			root.accept(c)
			d.Int(c.words*100 + c.links*10 + c.deepest)
		}
		p := new(printer)
		root.accept(p)
		d.Text(p.String())
		targets := ""
		root.accept(collector{new(counter), func(target string) {
			targets += target[:1]
		}})
		d.Text(targets)
	}
	return d.Value()
}
