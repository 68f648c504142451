package main

import (
	"fmt"
	"strings"
	"time"

	"goshawk/corpus/kernel"
)

// easter is Gauss' rule.
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	month := (h + l - 7*m + 114) / 31
	day := (h+l-7*m+114)%31 + 1
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func workdays(from, to time.Time, holidays map[time.Time]bool) (n int) {
	for day := from; day.Before(to); day = day.AddDate(0, 0, 1) {
		switch day.Weekday() {
		case time.Saturday, time.Sunday:
			continue
		}
		if !holidays[day] {
			n++
		}
	}
	return n
}

func month(year int, m time.Month) string {
	var b strings.Builder
	first := time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)
	fmt.Fprintf(&b, "%s %d\n%s", m, year,
		strings.Repeat("   ", int(first.Weekday())))
	for day := first; day.Month() == m; day = day.AddDate(0, 0, 1) {
		fmt.Fprintf(&b, "%3d", day.Day())
		if day.Weekday() == time.Saturday {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

type appointment struct {
	start    time.Time
	duration time.Duration
	title    string
}

func (a appointment) end() time.Time { return a.start.Add(a.duration) }

func overlaps(all []appointment) (count int, longest time.Duration) {
	for i, a := range all {
		for _, b := range all[:i] {
			if !a.start.Before(b.end()) || !b.start.Before(a.end()) {
				continue
			}
			count++
			from, to := a.start, a.end()
			if b.start.After(from) {
				from = b.start
			}
			if b.end().Before(to) {
				to = b.end()
			}
			if d := to.Sub(from); d > longest {
				longest = d
			}
		}
	}
	return count, longest
}

func calendarKernel() uint64 {
	var d kernel.Digest
	holidays := map[time.Time]bool{}
	for year := 2000; year < 2030; year++ {
		day := easter(year)
		holidays[day.AddDate(0, 0, -2)] = true
		holidays[day.AddDate(0, 0, 1)] = true
		holidays[time.Date(year, 12, 25, 0, 0, 0, 0, time.UTC)] = true
		d.Int(day.YearDay())
	}
	from := time.Date(2021, 1, 31, 0, 0, 0, 0, time.UTC)
	d.Int(workdays(from, from.AddDate(6, 1, 0), holidays))
	for m := time.January; m <= time.December; m++ {
		d.Text(month(2024, m))
	}
	r := kernel.NewRand(97)
	zone := time.FixedZone("here", 2*60*60)
	all := make([]appointment, 300)
	for i := range all {
		start := from.Add(time.Duration(r.Intn(30*24*60)) * time.Minute)
		all[i] = appointment{start.In(zone),
			time.Duration(1+r.Intn(12)) * 15 * time.Minute, r.Word()}
	}
	count, longest := overlaps(all)
	d.Int(count)
	d.Text(longest.String())
	for _, a := range all {
		d.Text(a.start.Format("Mon 2 Jan 15:04 MST") + " " + a.title)
		year, week := a.start.ISOWeek()
		d.Int(year*100 + week)
	}
	return d.Value()
}
