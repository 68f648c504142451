package main

import (
	"strconv"
	"syscall/js"

	"goshawk/corpus/kernel"
)

type sale struct {
	Shop  string
	Price float64
	Count int
	Paid  bool
}

func (s sale) toJS() js.Value {
	v := objectClass.New()
	v.Set("shop", s.Shop)
	v.Set("price", s.Price)
	v.Set("count", s.Count)
	v.Set("paid", s.Paid)
	return v
}

func saleOf(v js.Value) sale {
	return sale{v.Get("shop").String(), v.Get("price").Float(),
		v.Get("count").Int(), v.Get("paid").Truthy()}
}

// with calls a method of v with a Go function, for as long as it runs.
func with(v js.Value, method string, f func(args []js.Value) any) js.Value {
	callback := js.FuncOf(func(_ js.Value, args []js.Value) any {
		return f(args)
	})
	defer callback.Release()
	return v.Call(method, callback)
}

func recordsKernel() uint64 {
	r := kernel.NewRand(203)
	var d kernel.Digest
	shops := make([]string, 9)
	for i := range shops {
		shops[i] = r.Word()
	}
	table := arrayClass.New()
	for i := 0; i < 400; i++ {
		table.SetIndex(i, sale{shops[r.Intn(len(shops))],
			float64(r.Intn(10000)) / 100, 1 + r.Intn(20), r.Intn(4) > 0}.toJS())
	}
	table = with(table, "filter", func(args []js.Value) any {
		return saleOf(args[0]).Paid
	})
	d.Int(table.Length())
	with(table, "sort", func(args []js.Value) any {
		a, b := args[0], args[1]
		if x, y := a.Get("shop").String(), b.Get("shop").String(); x != y {
			if x < y {
				return -1
			}
			return 1
		}
		return a.Get("price").Float() - b.Get("price").Float()
	})
	totals := js.Global().Get("Map").New()
	for i, n := 0, table.Length(); i < n; i++ {
		s := saleOf(table.Index(i))
		sum := float64(s.Count) * s.Price
		if totals.Call("has", s.Shop).Bool() {
			sum += totals.Call("get", s.Shop).Float()
		}
		totals.Call("set", s.Shop, sum)
		d.Text(s.Shop)
		d.Float(s.Price)
	}
	for _, shop := range shops {
		if sum := totals.Call("get", shop); !sum.IsUndefined() {
			d.Float(sum.Float())
		}
	}
	shown := with(table, "map", func(args []js.Value) any {
		return saleOf(args[0]).Shop + ":" + strconv.Itoa(args[1].Int())
	})
	d.Text(shown.Call("join", ";").String())
	return d.Value()
}
