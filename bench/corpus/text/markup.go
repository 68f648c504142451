package main

import (
	"bufio"
	"strings"

	"goshawk/corpus/kernel"
)

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

type renderer struct {
	out    strings.Builder
	inList bool
	para   []string
}

func (r *renderer) closeBlocks() {
	if len(r.para) > 0 {
		r.out.WriteString("<p>" + inline(strings.Join(r.para, " ")) + "</p>\n")
		r.para = r.para[:0]
	}
	if r.inList {
		r.out.WriteString("</ul>\n")
		r.inList = false
	}
}

func (r *renderer) line(line string) {
	text := strings.TrimSpace(line)
	switch {
	case text == "":
		r.closeBlocks()
	case strings.HasPrefix(text, "#"):
		r.closeBlocks()
		depth := len(text) - len(strings.TrimLeft(text, "#"))
		tag := "h" + string(rune('0'+depth))
		title := inline(strings.TrimSpace(text[depth:]))
		r.out.WriteString("<" + tag + ">" + title + "</" + tag + ">\n")
	case strings.HasPrefix(text, "- "):
		if !r.inList {
			r.closeBlocks()
			r.out.WriteString("<ul>\n")
			r.inList = true
		}
		r.out.WriteString("<li>" + inline(text[2:]) + "</li>\n")
	default:
		r.para = append(r.para, text)
	}
}

// inline handles *emphasis*, `code` and [links](address).
func inline(text string) string {
	text = escaper.Replace(text)
	var b strings.Builder
	open := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '*':
			if open {
				b.WriteString("</em>")
			} else {
				b.WriteString("<em>")
			}
			open = !open
		case '`':
			end := strings.IndexByte(text[i+1:], '`')
			if end < 0 {
				b.WriteByte(c)
				continue
			}
			b.WriteString("<code>")
			b.WriteString(text[i+1 : i+1+end])
			b.WriteString("</code>")
			i += end + 1
		case '[':
			label, rest, ok := strings.Cut(text[i+1:], "](")
			address, _, closed := strings.Cut(rest, ")")
			if !ok || !closed {
				b.WriteByte(c)
				continue
			}
			b.WriteString(`<a href="` + address + `">` + label + "</a>")
			i += len(label) + len(address) + 3
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func markupKernel() uint64 {
	random := kernel.NewRand(21)
	var source strings.Builder
	for i := 0; i < 1800; i++ {
		switch random.Intn(6) {
		case 0:
			source.WriteString(strings.Repeat("#", 1+i%3) + " " + random.Word())
		case 1, 2:
			source.WriteString("  - a *" + random.Word() + "* & <b>")
		case 3:
		default:
			source.WriteString(random.Prose(4) + "`x < " + random.Word() +
				"` [" + random.Word() + "](#" + random.Word() + ") [open")
		}
		source.WriteByte('\n')
	}
	var r renderer
	lines := bufio.NewScanner(strings.NewReader(source.String()))
	for lines.Scan() {
		r.line(lines.Text())
	}
	r.closeBlocks()
	var d kernel.Digest
	d.Text(r.out.String())
	return d.Value()
}
