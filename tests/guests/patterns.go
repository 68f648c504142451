//go:build js && wasm

// Patterns uses regular expressions of JavaScript by way of eval and prints
// what they find.
package main

import (
	"fmt"
	"strings"
	"syscall/js"
)

func eval(source string) {
	defer func() {
		if thrown := recover(); thrown != nil {
			fmt.Println(source, "throws", thrown)
		}
	}()
	value := js.Global().Call("eval", source)
	fmt.Println(source, "=", js.Global().Get("JSON").Call("stringify", value))
}

// One expression a line.
const lines = `
/a(b)?(c)/.exec('xacb')
/a(b)?(c)/.exec('xacb').index
/(a*)*/.exec('b')
/(?:a|ab)(?:c|bcd)(?:d*)/.exec('abcd')
/(z)((a+)?(b+)?(c))*/.exec('zaacbbbcac')
/(?=(a+))/.exec('baaabac')
/(?=(a+))a*b\1/.exec('baaabac')
/(.*?)a(?!(a+)b\2c)\2(.*)/.exec('baaabaac')
/(?!foo)...$/.exec('xfoobar')
'The quick brown fox'.match(/\b\w+\b/g)
'aBc'.replace(/b/i, '[$&]')
'2026-11-23'.replace(/(\d+)-(\d+)-(\d+)/, '$3.$2.$1$$')
'2026-11-23'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y>')
/(?<y>\d+)-(?<m>\d+)/.exec('2026-11').groups.m
'a.b.c'.split('.')
'a1b22c'.split(/\d+/)
'a1b22c'.split(/(\d)+/)
'abc'.split(/(?:)/)
''.split(/x/)
''.split(/(?:)/)
'abc'.split(/b/, 1)
'x=1;y=2'.replace(/(\w)=(\d)/g, function (m, k, v, at) { return v + k + at })
'aaa'.replace(/a{2}/, 'b')
'aaaa'.replace(/a{1,2}?/g, 'b')
'a{,2}'.match(/a{,2}/)
/[^]/.test('\n')
/./.test('\n')
/./s.test('\n')
'a\nb'.match(/^b$/m)
/[\d-x]+/.exec('1-x')
/[a-c\]]+/.exec('xab]c')
/\u0041\x42\103/.test('ABC')
/\cJ/.test('\n')
/[\b]/.test('\b')
/\0/.test('\0')
/^(?:0|[1-9]\d*)$/.test('10')
/^(?:0|[1-9]\d*)$/.test('01')
'hasOwnProperty'.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
'f(x) [y]'.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
'a.b[0]["c"]'.replace(/[^.[\]]+|\[(?:(-?\d+(?:\.\d+)?)|(["'])((?:(?!\2)[^\\]|\\.)*?)\2)\]|(?=(?:\.|\[\])(?:\.|\[\]|$))/g, function (m, n, q, s) { return '<' + (q ? s : n || m) + '>' })
'  x '.replace(/^\s+|\s+$/g, '')
'abcabc'.search(/c/)
'abc'.search('d')
var g = /a/g; [g.test('aa'), g.lastIndex, g.test('aa'), g.lastIndex, g.test('aa'), g.lastIndex]
var y = /b/y; [y.test('ab'), y.lastIndex = 1, y.test('ab'), y.lastIndex]
'日本語x'.match(/x/).index
'a😀b'.replace(/./g, '-')
'ÄÖ'.replace(/ä/i, 'a')
'x'.replace(/x/, '$1$0$')
'abcdefghijkl'.replace(/(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)(k)/, '$11-$10-$1')
String(/a\/[/]b/gi)
String(new RegExp(''))
new RegExp('a+', 'g').flags
RegExp('\\d').source
/a/.global
[...'a1b2'.matchAll(/[a-z](\d)/g)].map(m => m[1] + m.index)
'aXbX'.replaceAll(/x/gi, '.')
/(a)|b/.exec('b')
/(?:(a)|b)*/.exec('ab')
/(a|b)*?c/.exec('abc')
/x*?$/.exec('xx')
/(?:)/.exec('')
/a|/.exec('b')
/[]/.test('a')
/\w\W\s\S\d\D/.test('a- b1c')
/[\w-]+@[\w.]+/.exec('mail bob-x@go.dev now')
/^(\w+)\s\1$/.test('hey hey')
/\k<a>(?<a>x)/.test('x')
/\8/.test('8')
/(?=a)*/.test('')
'aaa'.lastIndexOf('a')
/(?:a?){3}b/.test('aab')
/((a)|(b))+/.exec('ab')
Object.prototype.toString.call(/x/)
/x/ instanceof RegExp
typeof /x/
'a-b_c'.split(/[-_]/).join('')
1 / 2 / 4
var a = 8, b = 2, i = 1; a /b/i
'(' + /(/.source
new RegExp('(')
new RegExp('a**')
new RegExp('[b-a]')
new RegExp('a{2,1}')
new RegExp('\\')
new RegExp('x', 'gg')
/[a/
/a\nb/.source
'x'.replaceAll(/x/, '')
'x'.matchAll(/x/)
new RegExp('[')
new RegExp(')')
new RegExp('(?<a>x)(?<a>y)')
new RegExp('(?<a')
new RegExp('(?a)')
RegExp(/x/g).flags
new RegExp(/x/g, 'i').flags
Object.keys(/x/)
`

func main() {
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		eval(line)
	}
	// As a program has them without eval.
	pattern := js.Global().Get("RegExp").New(`(\w+)@(\w+)`, "g")
	text := js.ValueOf("ann@home bob@work")
	fmt.Println(js.Global().Get("String").Get("prototype").Get("replace").Call("call", text, pattern, "$2: $1"))
	for found := pattern.Call("exec", text); !found.IsNull(); found = pattern.Call("exec", text) {
		fmt.Println(found.Get("index"), found.Index(1), found.Index(2), pattern.Get("lastIndex"))
	}
}
