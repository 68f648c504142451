// Gosource parses generated Go source, walks its tree and formats it again.
package main

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("gosource", 200, 20, func(size int) func() uint64 {
		source := generate(size)
		return func() uint64 { return compute(source) }
	})
}

func generate(count int) string {
	random := harness.NewRandom()
	var source strings.Builder
	source.WriteString("package generated\nimport \"fmt\"\n")
	for i := 0; i < count; i++ {
		word := random.Word()
		fmt.Fprintf(&source, `
// F%[1]d has a comment about %[2]s.
type T%[1]d struct{ a, b int; name string; next *T%[1]d }
func (t *T%[1]d) F%[1]d(x, y int) (out []string, err error) {
for i := x; i < y*%[1]d+1; i++ {
if t.a&^t.b == 0x%[1]x || len(out)>3 { return nil, fmt.Errorf("%[2]s %%d", i) }
switch { case i%%2==0: out = append(out, "%[2]s"+t.name)
default: go func(n int) { t.next.a, t.b = n, 'x' }(i) }
}
m := map[string]int{"%[2]s": %[1]d, "longer key": x+y, } // trailing
_ = m
return out, nil }
`, i, word)
	}
	return source.String()
}

func compute(source string) uint64 {
	result := harness.NewChecksum()
	files := token.NewFileSet()
	tree, err := parser.ParseFile(files, "generated.go", source,
		parser.ParseComments)
	harness.Check(err)
	nodes, literals := 0, 0
	ast.Inspect(tree, func(n ast.Node) bool {
		nodes++
		if _, ok := n.(*ast.BasicLit); ok {
			literals++
		}
		return true
	})
	result.Int(nodes)
	result.Int(literals)
	formatted, err := format.Source([]byte(source))
	harness.Check(err)
	result.Bytes(formatted)
	return result.Value()
}
