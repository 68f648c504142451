//go:build js && wasm

// Scripts runs JavaScript of all kinds by way of eval and prints what it comes
// to: values, and the errors that a program would see.
package main

import (
	"fmt"
	"strings"
	"syscall/js"
)

var global = js.Global()

// What value is as text; objects as JSON.
func show(value js.Value) string {
	if value.Type() == js.TypeObject {
		if text := global.Get("JSON").Call("stringify", value); text.Type() == js.TypeString {
			return text.String()
		}
	}
	if value.Type() == js.TypeFunction {
		return global.Get("String").Invoke(value).String()
	}
	return value.String()
}

func eval(source string) {
	defer func() {
		if thrown := recover(); thrown != nil {
			if err, ok := thrown.(js.Error); ok {
				fmt.Println(source, "throws",
					global.Get("String").Invoke(err.Value), err.Value.Get("code"))
			} else {
				fmt.Println(source, "panics", thrown)
			}
		}
	}()
	fmt.Println(source, "=", show(global.Call("eval", source)))
}

// One expression a line.
const lines = `
1 + 2 * 3 ** 2 % 5 - -1
7 >>> 1 | 8 & ~3 ^ 5 << 2
'5' * '2' + '5' + 2
[] + {} + [1, [2, 3]] + null
1 < 2 < 3, 'a' < 'B', null == undefined, '1' == 1, NaN != NaN
typeof missing + typeof null + typeof (() => 1) + typeof Symbol()
void 0 ?? 'default'
({}).a?.b.c.d
({a: {b: 1}}).a?.b
undefined?.[missing()]
(function() { return [this === globalThis, arguments.length, [...arguments]] })(1, 2)
((a, b = a + 1, ...rest) => [a, b, rest])(1, undefined, 3, 4)
(() => { let all = []; for (let i = 0; i < 3; i++) all.push(() => i); return all.map(f => f()) })()
(() => { for (var i = 0; ; i++) { if (i == 2) continue; if (i > 4) break } return i })()
(() => { let all = []; for (const k in {b: 1, a: 2, 1: 3}) all.push(k); for (const x of 'a\u{1F600}') all.push(x); return all })()
(() => { let n = 0; outer: for (let i = 0; i < 3; i++) { for (let j = 0; j < 3; j++) { if (j > i) continue outer; if (i == 2) break outer; n += 10 * i + j } } return n })()
(() => { let s = ''; a: b: for (const x of [1, 2, 3]) { c: { for (const y in {p: 1, q: 2}) { if (x == 1) continue a; if (x == 2) break c; if (y == 'q') continue b; s += x + y } s += '!' } s += ';' } return s })()
(() => { let n = 0; out: while (true) { do { try { n++; break out } finally { for (;;) break } } while (true) } return n })()
(() => { x: { y: { break x } return 1 } return 2 })()
(() => { here: switch (1) { case 1: for (;;) break here; default: return 1 } return 2 })()
a: a: 1
a: break b
a: { continue a }
a: (() => { break a })()
(() => { try { throw new TypeError('t') } catch (e) { return e.name } finally { 1 } })()
(() => { try { return 1 } finally { return 2 } })()
(x => { switch (x) { case 1: return 'one'; case 2: x = 3; default: return x } })(2)
(() => { function F(a) { this.a = a } F.prototype.twice = function() { return this.a * 2 }; return [new F(4).twice(), new F(1) instanceof F, F.name, F.length] })()
(() => { var o = {get x() { return this.y * 2 }, set x(v) { this.y = v }, ['a' + 1]: 5, f() { return 7 }, ...{s: 1}}; o.x = 21; return [o, o.f(), delete o.a1, 'a1' in o] })()
(() => { let it = {[Symbol.iterator]() { let i = 0; return {next: () => ({value: i, done: i++ >= 3})} }}; return [...it, ...Array.from(it, x => x * 2)] })()
(() => { 'hoisted'; return f(); function f() { return g; } var g = 1 })()
(() => { let x = 1; { let x = 2; { x = 3 } } return x })()
(() => { var f = function fact(n) { return n < 2 ? 1 : n * fact(n - 1) }; return f(20) })()
new Function('a', 'b', 'return a + b')
new Function('a', 'b', 'return a + b')(1, 2)
Function('}); (function(){')
Function('a b', 'return 1')
if (true) 5
{1; 2}
'use strict'; 4
x y
(a, b
f(a b)
var 5
1 = 2
{
#
"abc
undefined.x
null.x = 1
var empty = {}; empty.f()
empty.a.b()
new 5
new (() => 1)
5 in 6
({}) instanceof 5
let a; let a
const a
const a = 1; a = 2
b; let b = 1
return 1
break
continue
Symbol() + ''
+Symbol()
[1, 2, 3].map(x => x * 2)
[3, 1, 2, undefined, 10].sort()
[3, 1, 2].sort((a, b) => a - b)
[1, [2, [3, [4]]]].flat(Infinity)
[[1, 2], [3]].flatMap(x => x)
[1, 2, 3].at(-1) + [1, 2, 3].reduce((a, b) => a + b) + [1, 2, 3].indexOf(3)
[1, 2, 3, 4].filter(x => x % 2).concat([5], 6).join('-')
[1, 2, 3].includes(2) && [1, 2].some(x => x > 1) && ![1, 2].every(x => x > 1)
[1, 2, 3, 4, 5].splice(1, 2)
[1, 2, 3].fill(0, 1).reverse()
Array.from({length: 3}, (_, i) => i * i)
[...[7, 8].entries()]
[].reduce((a, b) => a)
new Array(-1)
Object.freeze([1]).push(2)
'abc'.padStart(5, 'xy') + 'a-b-c'.split('-') + 'aXbXc'.replace('X', '$&$&') + 'aXbXc'.replaceAll('X', (m, i) => i)
'\u{1F600}x'.length + [...'\u{1F600}x'].length + 'abc'.slice(-2) + 'abc'.substring(2, 0) + 'abc'.at(-1)
' x '.trim() + 'aé'.toUpperCase() + 'ABC'.toLowerCase() + 'ab'.repeat(2) + 'abc'.indexOf('c') + 'abab'.lastIndexOf('ab')
'\u{1F600}'.charCodeAt(1) + 'a'.codePointAt(0) + String.fromCharCode(97, 0xd83d, 0xde00)
'x'.repeat(-1)
String.fromCodePoint(-1)
[(1.005).toFixed(2), (0.5).toFixed(0), (2.5).toFixed(0), (1e21).toFixed(2), (-1.5).toFixed(0), (0).toFixed(2)]
[(123.456).toPrecision(4), (0.00001).toPrecision(1), (12345.678).toExponential(2), (123.456).toExponential()]
[(255).toString(16), (0.1).toString(3), (-255.5).toString(2), (1e21).toString(), 1e-7, 123456789012345680000, 5e-324]
(5).toFixed(200)
(5).toString(1)
[parseInt('12px'), parseFloat('1.5e3x'), Number('  12  '), Number(''), Number('0x1f'), Number('1_0')]
Math.max(1, 2, 3) + Math.hypot(3, 4) + Math.cbrt(27) + Math.sign(-3) + Math.trunc(-4.7)
Object.entries({b: 1, a: 2, 1: 3})
Object.assign({}, {a: 1}, null, {b: 2})
Object.fromEntries([['a', 1], ['b', 2]])
Object.keys('ab').concat(Object.values({x: 1}))
Object.getOwnPropertyDescriptor({get a() { return 1 }}, 'a').set
Object.isFrozen(Object.freeze({a: 1})) && Object.hasOwn({a: 1}, 'a')
Object.keys(null)
Object.create(1)
Object.defineProperty(1, 'a', {})
Object.setPrototypeOf({}, 1)
Reflect.ownKeys({a: 1, b: 2})
Reflect.get(1, 'a')
Reflect.apply(1, null, [])
[...new Map([[1, 'a'], ['k', {x: 1}], [NaN, 5]]).set(-0, 'z')]
(() => { let s = new Set([1, 2, 2, 3]); s.delete(2); s.add(9); s.forEach(v => { if (v < 20) s.add(v + 20) }); return [...s, s.size] })()
new Map(5)
new Map([5])
Map()
JSON.stringify({a: [1, {b: 2}], c: '\u2028"\n\ud800', d: undefined, e: () => 1, f: NaN, g: new Date(0), h: [undefined]}, null, 2)
JSON.stringify({a: 1, b: 2, c: {a: 3}}, ['a', 'c'])
JSON.stringify({a: 5}, (k, v) => k === 'a' ? v + 1 : v)
JSON.stringify([[], {}, [1]], null, '--')
JSON.parse('{"a": [1, 2, {"b": null}], "__proto__": 1}', (k, v) => typeof v === 'number' ? v * 10 : v)
(() => { let o = {a: {b: {}}}; o.a.b.c = o; return JSON.stringify(o) })()
(() => { let o = [1]; o[1] = o; return JSON.stringify(o) })()
String(Symbol('q')) + (Symbol.for('a') === Symbol.for('a')) + Symbol.keyFor(Symbol.for('z')) + Symbol('d').description
new TextDecoder().decode(new Uint8Array([0xef, 0xbb, 0xbf, 104, 0xe2, 0x82, 0xac, 0xff, 0xe2, 0x82]))
Array.from(new TextEncoder().encode('h€\ud800'))
(() => { let d = new TextDecoder(); return d.decode(new Uint8Array([0xe2, 0x82]), {stream: true}) + d.decode(new Uint8Array([0xac]), {stream: true}) + d.decode() })()
new TextDecoder('utf-8', {fatal: true}).decode(new Uint8Array([0xff]))
new TextDecoder('nope')
new TextDecoder().decode(5)
(() => { let c = new AbortController(), log = []; c.signal.addEventListener('abort', e => log.push(e.type)); c.abort(); c.abort(); return [log, c.signal.aborted, c.signal.reason.name, c.signal.reason.code] })()
(() => { let c = new AbortController(); c.abort(); c.signal.throwIfAborted() })()
AbortSignal.abort('x').reason
new AbortSignal()
setTimeout()
queueMicrotask(5)
process.nextTick('x')
new Promise()
Promise()
[new Date(Date.UTC(2020, 1, 29, 12)).toISOString(), new Date('2020-01-02T03:04:05.678Z').getTime(), new Date(NaN).getTime()]
new Date(NaN).toISOString()
[new Date(0).toUTCString(), new Date(NaN).toJSON(), new Date(Date.UTC(99, 0)).getUTCFullYear(), new Date(2020, 0, 31).setMonth(1)]
(() => { let d = new Date(Date.UTC(2020, 5, 15, 10, 20, 30, 400)); d.setUTCHours(25, 61); d.setUTCDate(0); return [d.toISOString(), d.setUTCFullYear(2021, 1, 29), d.setMilliseconds(), d + ''] })()
(() => { let d = new Date(2021, 6, 4, 1, 2, 3); d.setHours(30); d.setMinutes(5, 6, 7); return [d.toISOString(), d.toDateString(), d.getTimezoneOffset(), d - new Date(2021, 6, 4)] })()
new Uint8Array(-1)
new Uint8Array(1e12)
new ArrayBuffer(-1)
`

// Texts that JSON.parse refuses, and some that it takes.
var texts = []string{"", "{", "[1", "[1 2]", "1 2", `"a`, "\"\n\"", `"\x"`,
	`"\u12"`, "-", "-a", "1.", "1e", "1ea", "01", `{"a"1}`, `{"a":1 "b"}`,
	"{a:1}", `{"a":1,}`, "[1,]", "undefined", "[object Object]", "nul", "nulx",
	"abc", "[1,2,x,4]", `{"a": tru}`, strings.Repeat("x", 60),
	"[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,@,22,23,24,25,26]",
	"{1:2}", `{"a":`, ",", "é", "\"\x01\"", "+1", ".5", "NaN", `{"a":1}}`,
	`"\ud83d\ude00"`, " [1e3, -0, true, null]\n", `{"a":{"a":1},"b":[]}`}

const order = `
var log = [], say = s => log.push(s);
setTimeout(() => { say('timeout'); Promise.resolve().then(() => say('m in t')); process.nextTick(() => say('t in t')) }, 0);
setTimeout(() => say('timeout 2'), 0);
queueMicrotask(() => say('microtask'));
Promise.resolve(1).then(v => { say('then ' + v); return new Promise(r => r(2)) }).then(v => say('then ' + v)).finally(() => say('finally'));
process.nextTick(a => say('tick ' + a), 1);
Promise.reject(new Error('x')).catch(e => say('caught ' + e.message));
Promise.all([1, Promise.resolve(2), new Promise(r => setTimeout(r, 40, 3))]).then(v => say('all ' + v));
Promise.allSettled([Promise.reject(1), 2]).then(v => say('settled ' + JSON.stringify(v)));
Promise.any([Promise.reject(1), new Promise(r => setTimeout(() => r(7), 20))]).then(v => say('any ' + v));
Promise.any([Promise.reject(1)]).catch(e => say(e.constructor.name + ' ' + e.message + ' ' + e.errors));
Promise.race([new Promise(r => setTimeout(r, 50)), Promise.resolve('fast')]).then(v => say('race ' + v));
Promise.resolve({then(f) { f('thenable') }}).then(say);
say('sync')
`

// Promises of JavaScript and channels of Go.
func promises() {
	global.Call("eval", order)
	done := make(chan string)
	then := js.FuncOf(func(_ js.Value, args []js.Value) any {
		go func() { done <- args[0].String() }()
		return nil
	})
	defer then.Release()
	global.Call("eval", "new Promise(r => setTimeout(() => r('later'), 100))").Call("then", then)
	fmt.Println(<-done, show(global.Get("log")))
	global.Get("Promise").Call("reject", "no").Call("then", nil, then)
	fmt.Println(<-done)
}

func main() {
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		eval(line)
	}
	for _, text := range texts {
		global.Set("text", text)
		fmt.Printf("%q ", text)
		eval("JSON.stringify(JSON.parse(text))")
	}
	promises()
}
