package main

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"time"

	"goshawk/corpus/kernel"
)

type level int

const (
	debug level = iota
	info
	warning
	failure
)

var levelNames = [...]string{"DEBUG", "INFO", "WARN", "ERROR"}

func (l level) String() string { return levelNames[l] }

type entry struct {
	when    time.Time
	level   level
	service string
	took    time.Duration
	message string
}

func parseEntry(line string) (entry, bool) {
	var e entry
	fields := strings.SplitN(line, " ", 5)
	if len(fields) != 5 {
		return e, false
	}
	when, err := time.Parse("2006-01-02T15:04:05Z", fields[0])
	if err != nil {
		return e, false
	}
	e.when = when
	for i, name := range levelNames {
		if strings.EqualFold(name, strings.Trim(fields[1], "[]")) {
			e.level = level(i)
		}
	}
	e.service = fields[2]
	e.took, err = time.ParseDuration(strings.TrimPrefix(fields[3], "took="))
	e.message = strings.ReplaceAll(fields[4], "\\n", "\n")
	return e, err == nil
}

type summary struct {
	count   [4]int
	longest time.Duration
	total   time.Duration
	perHour map[int]int
}

func logsKernel() uint64 {
	r := kernel.NewRand(20)
	var file bytes.Buffer
	when := time.Date(2024, 2, 27, 20, 0, 0, 0, time.UTC)
	out := bufio.NewWriter(&file)
	for i := 0; i < 1000; i++ {
		when = when.Add(time.Duration(r.Intn(300)) * time.Second)
		took := time.Duration(r.Intn(5000)) * time.Microsecond
		fmt.Fprintf(out, "%s [%v] %s took=%v %s\\n%s\n",
			when.Format(time.RFC3339), level(r.Intn(4)),
			[]string{"web", "db", "mail"}[r.Intn(3)], took, r.Word(), r.Word())
		if i%90 == 0 {
			fmt.Fprintln(out, "-- rotated --")
		}
	}
	out.Flush()

	services := map[string]*summary{}
	skipped := 0
	var first, last time.Time
	lines := bufio.NewScanner(&file)
	for lines.Scan() {
		e, ok := parseEntry(lines.Text())
		if !ok {
			skipped++
			continue
		}
		s := services[e.service]
		if s == nil {
			s = &summary{perHour: map[int]int{}}
			services[e.service] = s
		}
		s.count[e.level]++
		s.total += e.took
		if e.took > s.longest {
			s.longest = e.took
		}
		s.perHour[e.when.Hour()] += strings.Count(e.message, "\n")
		if first.IsZero() {
			first = e.when
		}
		last = e.when
	}
	var d kernel.Digest
	d.Int(skipped)
	d.Text(last.Sub(first).String())
	d.Text(last.Truncate(time.Hour).AddDate(0, 1, 0).Weekday().String())
	for _, name := range []string{"db", "mail", "web"} {
		s := services[name]
		for l, n := range s.count {
			d.Text(level(l).String())
			d.Int(n)
		}
		d.Text((s.total / 100).Round(time.Millisecond).String())
		d.Int(int(s.longest) + s.perHour[23])
	}
	return d.Value()
}
