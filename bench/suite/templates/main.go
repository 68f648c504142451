// Templates fills text/template templates: reflection, method calls by name,
// pipelines.
package main

import (
	"bytes"
	"strings"
	"text/template"

	"goshawk/suite/harness"
	"goshawk/suite/records"
)

const page = `{{define "item"}}<li>{{.Name | upper}} x{{.Count}}:` +
	` {{printf "%.2f" .Price}}</li>{{end -}}
{{range $i, $o := .}}<h2>{{$i}}: {{html $o.Customer}}</h2>
{{if $o.Paid}}paid{{else if gt $o.Total 1000.0}}remind{{else}}wait{{end}}
{{with $o.Note}}<p>{{. | html}}</p>{{end}}
<ul>{{range $o.Items}}{{template "item" .}}{{end}}</ul>
{{range $key, $value := $o.Labels}}{{$key}}={{$value}}{{end}}
{{end}}`

func main() {
	harness.Run("templates", 2200, 200, func(size int) func() uint64 {
		orders := records.Make(size)
		return func() uint64 {
			functions := template.FuncMap{"upper": strings.ToUpper}
			parsed, err := template.New("page").Funcs(functions).Parse(page)
			harness.Check(err)
			var out bytes.Buffer
			harness.Check(parsed.Execute(&out, orders))
			result := harness.NewChecksum()
			result.Bytes(out.Bytes())
			return result.Value()
		}
	})
}
