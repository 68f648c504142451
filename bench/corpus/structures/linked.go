package main

import "goshawk/corpus/kernel"

type person struct {
	name string
	age  int
	next *person
}

func less(a, b *person) bool {
	return a.age < b.age || a.age == b.age && a.name < b.name
}

// merge joins two sorted lists.
func merge(a, b *person) *person {
	var head person
	tail := &head
	for a != nil && b != nil {
		if less(b, a) {
			tail.next, b = b, b.next
		} else {
			tail.next, a = a, a.next
		}
		tail = tail.next
	}
	if a != nil {
		tail.next = a
	} else {
		tail.next = b
	}
	return head.next
}

func sortList(list *person) *person {
	if list == nil || list.next == nil {
		return list
	}
	slow, fast := list, list.next
	for fast != nil && fast.next != nil {
		slow, fast = slow.next, fast.next.next
	}
	right := slow.next
	slow.next = nil
	return merge(sortList(list), sortList(right))
}

func reverseList(list *person) (out *person) {
	for list != nil {
		list, list.next, out = list.next, out, list
	}
	return out
}

// Pairs as in Lisp.
type cons struct {
	car interface{}
	cdr *cons
}

func flatten(list *cons, out []int) []int {
	for ; list != nil; list = list.cdr {
		switch v := list.car.(type) {
		case int:
			out = append(out, v)
		case *cons:
			out = flatten(v, out)
		}
	}
	return out
}

func nested(r *kernel.Rand, depth int) (list *cons) {
	for i := 0; i < 5; i++ {
		if depth > 0 && r.Intn(2) == 0 {
			list = &cons{nested(r, depth-1), list}
		} else {
			list = &cons{r.Intn(100), list}
		}
	}
	return list
}

func linkedKernel() uint64 {
	r := kernel.NewRand(40)
	var list *person
	for i := 0; i < 8000; i++ {
		list = &person{r.Word(), r.Intn(90), list}
	}
	list = reverseList(sortList(list))
	var d kernel.Digest
	for p := list; p != nil; p = p.next {
		d.Int(p.age)
	}
	d.Text(list.name)
	sum := 0
	for _, v := range flatten(nested(r, 7), nil) {
		sum = sum*7 + v
	}
	d.Int(sum)
	return d.Value()
}
