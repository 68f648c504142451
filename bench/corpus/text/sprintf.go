package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"goshawk/corpus/kernel"
)

type color struct{ red, green, blue uint8 }

func (c color) String() string {
	return fmt.Sprintf("#%02x%02x%02x", c.red, c.green, c.blue)
}

type money int64

func (m money) Format(f fmt.State, verb rune) {
	if width, ok := f.Width(); ok {
		fmt.Fprintf(f, "%*d.%02d", width-3, int64(m)/100, int64(m)%100)
		return
	}
	fmt.Fprintf(f, "%d.%02d", int64(m)/100, int64(m)%100)
}

type item struct {
	Name  string
	Count int
	Color color
	Tags  []string
	Extra map[string]int
	next  *item
}

type notFound struct{ name string }

func (e notFound) Error() string { return "no item " + e.name }

func find(items []item, name string) (*item, error) {
	for i := range items {
		if items[i].Name == name {
			return &items[i], nil
		}
	}
	return nil, fmt.Errorf("find: %w", notFound{name})
}

func sprintfKernel() uint64 {
	r := kernel.NewRand(19)
	items := make([]item, 240)
	for i := range items {
		items[i] = item{
			Name:  r.Word(),
			Count: r.Intn(1000),
			Color: color{uint8(r.Intn(256)), uint8(i), 7},
			Tags:  []string{r.Word(), r.Word()},
			Extra: map[string]int{"a": i, "b": -i},
		}
	}
	var d kernel.Digest
	var table strings.Builder
	for i := range items {
		it := &items[i]
		fmt.Fprintf(&table, "|%-14s|%6d|%-8v|%8d|\n", it.Name, it.Count,
			it.Color, money(it.Count*37))
		d.Text(fmt.Sprintf("%+v", *it))
		d.Text(fmt.Sprintf("%v %q %x %08b", it.Tags, it.Name, it.Name, it.Count))
		d.Text(fmt.Sprintf("%T %t %c %U", it, it.next == nil, 'a'+i%26, 'ä'))
		d.Text(fmt.Sprintf("%8.3f|%-8.2e|%g", float64(it.Count)/7,
			float64(it.Count), float64(i)/4))
		if _, err := find(items, it.Name+"x"[:i%2]); err != nil {
			var missing notFound
			if errors.As(err, &missing) {
				d.Text(err.Error())
			}
		}
	}
	d.Text(table.String())
	d.Text(fmt.Sprint(len(os.Args) > 0, 1, 2, "x", "y", 3.5, nil))
	d.Text(fmt.Sprintln("total", len(items), []byte("ok"), [2]bool{true}))
	return d.Value()
}
