package main

import (
	"fmt"
	"strings"
	"syscall/js"

	"goshawk/corpus/kernel"
)

var (
	objectClass = js.Global().Get("Object")
	arrayClass  = js.Global().Get("Array")
)

// element is a node of a document that JavaScript holds.
type element struct{ js.Value }

func newElement(tag string) element {
	e := element{objectClass.New()}
	e.Set("tag", tag)
	e.Set("parent", nil)
	e.Set("children", arrayClass.New())
	e.Set("attributes", objectClass.New())
	return e
}

func (e element) set(name, value string) element {
	e.Get("attributes").Set(name, value)
	return e
}

func (e element) attribute(name string) (string, bool) {
	v := e.Get("attributes").Get(name)
	if v.IsUndefined() {
		return "", false
	}
	return v.String(), true
}

func (e element) add(children ...element) element {
	list := e.Get("children")
	for _, child := range children {
		child.Set("parent", e.Value)
		list.Call("push", child.Value)
	}
	return e
}

func (e element) addText(text string) element {
	e.Get("children").Call("push", text)
	return e
}

// each calls f for all elements below, parents first.
func (e element) each(f func(element)) {
	f(e)
	list := e.Get("children")
	for i, n := 0, list.Length(); i < n; i++ {
		if child := list.Index(i); child.Type() == js.TypeObject {
			element{child}.each(f)
		}
	}
}

// find returns those that have a class.
func (e element) find(class string) (found []element) {
	e.each(func(e element) {
		classes, ok := e.attribute("class")
		if !ok {
			return
		}
		for _, name := range strings.Fields(classes) {
			if name == class {
				found = append(found, e)
				return
			}
		}
	})
	return found
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;")

func (e element) render(out *strings.Builder) {
	tag := e.Get("tag").String()
	out.WriteString("<" + tag)
	attributes := e.Get("attributes")
	keys := objectClass.Call("keys", attributes)
	for i, n := 0, keys.Length(); i < n; i++ {
		name := keys.Index(i).String()
		fmt.Fprintf(out, ` %s="%s"`, name,
			escaper.Replace(attributes.Get(name).String()))
	}
	out.WriteByte('>')
	list := e.Get("children")
	for i, n := 0, list.Length(); i < n; i++ {
		switch child := list.Index(i); child.Type() {
		case js.TypeString:
			escaper.WriteString(out, child.String())
		case js.TypeObject:
			element{child}.render(out)
		}
	}
	out.WriteString("</" + tag + ">")
}

// path names an element by what is above it.
func (e element) path() string {
	var steps []string
	for v := e.Value; v.Truthy(); v = v.Get("parent") {
		steps = append(steps, v.Get("tag").String())
	}
	return strings.Join(steps, "<")
}

func newPage(r *kernel.Rand, articles int) element {
	body := newElement("body").set("class", "page")
	menu := newElement("ul").set("id", "menu")
	for i := 0; i < articles; i++ {
		title := r.Word()
		id := fmt.Sprint("article-", i)
		link := newElement("a").set("href", "#"+id).addText(title)
		menu.add(newElement("li").add(link))
		article := newElement("article").set("id", id).set("class", "box wide")
		article.add(newElement("h2").addText(title))
		for k := r.Intn(4); k >= 0; k-- {
			text := newElement("p").addText(r.Prose(12))
			if r.Intn(3) == 0 {
				text.set("class", "first marked")
				text.add(newElement("em").addText(r.Word() + " & <" + r.Word()))
			}
			article.add(text)
		}
		body.add(article)
	}
	return body.add(menu)
}

func documentKernel() uint64 {
	r := kernel.NewRand(201)
	var d kernel.Digest
	page := newPage(r, 60)
	for round := 0; round < 3; round++ {
		for _, e := range page.find("marked") {
			d.Text(e.path())
			e.set("title", r.Word())
		}
		count := 0
		page.each(func(element) { count++ })
		d.Int(count)
		var out strings.Builder
		page.render(&out)
		d.Text(out.String())
	}
	return d.Value()
}
