package main

import (
	"container/heap"
	"errors"

	"goshawk/corpus/kernel"
)

type tree struct {
	weight      int
	symbol      byte
	order       int // Makes trees of equal weight comparable.
	left, right *tree
}

type forest []*tree

func (f forest) Len() int      { return len(f) }
func (f forest) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f forest) Less(i, j int) bool {
	if f[i].weight == f[j].weight {
		return f[i].order < f[j].order
	}
	return f[i].weight < f[j].weight
}
func (f *forest) Push(x any) { *f = append(*f, x.(*tree)) }
func (f *forest) Pop() any {
	n := len(*f) - 1
	t := (*f)[n]
	*f = (*f)[:n]
	return t
}

func plant(data []byte) *tree {
	var counts [256]int
	for _, b := range data {
		counts[b]++
	}
	f := &forest{}
	for symbol, n := range counts {
		if n > 0 {
			*f = append(*f, &tree{weight: n, symbol: byte(symbol), order: symbol})
		}
	}
	heap.Init(f)
	for order := 256; f.Len() > 1; order++ {
		a, b := heap.Pop(f).(*tree), heap.Pop(f).(*tree)
		heap.Push(f, &tree{weight: a.weight + b.weight, order: order,
			left: a, right: b})
	}
	return heap.Pop(f).(*tree)
}

type code struct {
	bits   uint32
	length uint8
}

func (t *tree) codes(prefix code, out *[256]code) {
	if t.left == nil {
		out[t.symbol] = prefix
		return
	}
	t.left.codes(code{prefix.bits << 1, prefix.length + 1}, out)
	t.right.codes(code{prefix.bits<<1 | 1, prefix.length + 1}, out)
}

func compress(data []byte, t *tree) []byte {
	var codes [256]code
	t.codes(code{}, &codes)
	var out []byte
	var pending uint64
	var count uint8
	for _, b := range data {
		c := codes[b]
		pending = pending<<c.length | uint64(c.bits)
		count += c.length
		for count >= 8 {
			count -= 8
			out = append(out, byte(pending>>count))
		}
	}
	return append(out, byte(pending<<(8-count)))
}

var errShort = errors.New("unexpected end of data")

func expand(packed []byte, t *tree, size int) ([]byte, error) {
	out := make([]byte, 0, size)
	node := t
	for _, b := range packed {
		for bit := 7; bit >= 0; bit-- {
			if b>>uint(bit)&1 == 0 {
				node = node.left
			} else {
				node = node.right
			}
			if node.left == nil {
				out = append(out, node.symbol)
				if len(out) == size {
					return out, nil
				}
				node = t
			}
		}
	}
	return out, errShort
}

func huffmanKernel() uint64 {
	data := []byte(kernel.NewRand(71).Prose(6500))
	t := plant(data)
	packed := compress(data, t)
	plain, err := expand(packed, t, len(data))
	if err != nil || string(plain) != string(data) {
		panic("what was packed is lost")
	}
	var d kernel.Digest
	d.Bytes(packed)
	if _, err := expand(packed[:len(packed)/2], t, len(data)); err != nil {
		d.Text(err.Error())
	}
	return d.Value()
}
