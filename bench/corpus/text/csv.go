package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"goshawk/corpus/kernel"
)

var errQuote = errors.New("quote is not closed")

// parseRecord splits a line at commas; fields may be quoted.
func parseRecord(line string, fields []string) ([]string, error) {
	fields = fields[:0]
	for {
		if !strings.HasPrefix(line, `"`) {
			i := strings.IndexByte(line, ',')
			if i < 0 {
				return append(fields, line), nil
			}
			fields = append(fields, line[:i])
			line = line[i+1:]
			continue
		}
		var field []byte
		i := 1
		for ; ; i++ {
			if i >= len(line) {
				return fields, errQuote
			}
			if line[i] == '"' {
				if i+1 < len(line) && line[i+1] == '"' {
					i++
				} else {
					break
				}
			}
			field = append(field, line[i])
		}
		fields = append(fields, string(field))
		if i+1 == len(line) {
			return fields, nil
		}
		line = line[i+2:]
	}
}

type sale struct {
	region, product string
	units           int
	price           float64
}

func parseSale(fields []string) (s sale, err error) {
	if len(fields) != 4 {
		return s, fmt.Errorf("%d fields instead of 4", len(fields))
	}
	s.region, s.product = fields[0], strings.TrimSpace(fields[1])
	if s.units, err = strconv.Atoi(fields[2]); err != nil {
		return s, err
	}
	s.price, err = strconv.ParseFloat(fields[3], 64)
	return s, err
}

func csvKernel() uint64 {
	r := kernel.NewRand(12)
	var b strings.Builder
	for i := 0; i < 1800; i++ {
		fmt.Fprintf(&b, "%s,\"%s, \"\"%s\"\" \",%d,%d.%02d\n", r.Word(),
			r.Word(), r.Word(), r.Intn(50), r.Intn(200), r.Intn(100))
		if i%100 == 99 {
			b.WriteString("broken,\"line\n")
		}
	}
	var fields []string
	var err error
	failed := 0
	totals := make(map[string]float64)
	var best sale
	for _, line := range strings.Split(b.String(), "\n") {
		if fields, err = parseRecord(line, fields); err != nil {
			failed++
			continue
		}
		s, err := parseSale(fields)
		if err != nil {
			failed++
			continue
		}
		value := float64(s.units) * s.price
		totals[s.region] += value
		if value > float64(best.units)*best.price {
			best = s
		}
	}
	var d kernel.Digest
	d.Int(failed)
	d.Int(len(totals))
	d.Text(best.product)
	d.Int(int(totals[best.region] * 100))
	return d.Value()
}
