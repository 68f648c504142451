package main

import (
	"bufio"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"goshawk/corpus/kernel"
)

// config holds sections of named values.
type config map[string]map[string]string

type syntaxError struct {
	line int
	text string
}

func (e *syntaxError) Error() string {
	return fmt.Sprintf("line %d: cannot read %q", e.line, e.text)
}

func readConfig(source string) (config, []error) {
	result := config{}
	var errs []error
	section := ""
	lines := bufio.NewScanner(strings.NewReader(source))
	for number := 1; lines.Scan(); number++ {
		line, _, _ := strings.Cut(lines.Text(), ";")
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") {
			section = strings.ToLower(line[1 : len(line)-1])
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			errs = append(errs, &syntaxError{number, line})
			continue
		}
		if result[section] == nil {
			result[section] = make(map[string]string)
		}
		result[section][strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	return result, errs
}

// expand replaces ${section.key}, also in what it puts in.
func (c config) expand(value string, depth int) string {
	start := strings.Index(value, "${")
	if start < 0 || depth > 8 {
		return value
	}
	end := strings.IndexByte(value[start:], '}')
	if end < 0 {
		return value
	}
	end += start
	section, key, _ := strings.Cut(value[start+2:end], ".")
	return value[:start] + c.expand(c[section][key], depth+1) +
		c.expand(value[end+1:], depth)
}

func (c config) sections() []string {
	names := make([]string, 0, len(c))
	for name := range c {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func (c config) number(section, key string, fallback int) int {
	if n, err := strconv.Atoi(c[section][key]); err == nil {
		return n
	}
	return fallback
}

func configKernel() uint64 {
	r := kernel.NewRand(22)
	var b strings.Builder
	for i := 0; i < 300; i++ {
		fmt.Fprintf(&b, "[Part%d]  ; %s\n", i, r.Word())
		fmt.Fprintf(&b, "size = %d\nname=%s\n", r.Intn(500), r.Word())
		fmt.Fprintf(&b, "path = /${part%d.name}/${part%d.path}.d\n\n",
			i, r.Intn(i+1))
		if i%9 == 0 {
			fmt.Fprintln(&b, r.Word())
		}
	}
	c, errs := readConfig(b.String())
	var d kernel.Digest
	for _, err := range errs {
		d.Text(err.Error())
	}
	for _, section := range c.sections() {
		d.Text(c.expand(c[section]["path"], 0))
		d.Int(c.number(section, "size", 0) + c.number(section, "name", 1))
	}
	return d.Value()
}
