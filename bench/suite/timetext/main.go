// Timetext formats and parses times and durations and computes with the
// calendar, all in UTC and fixed zones.
package main

import (
	"time"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("timetext", 45000, 4500, func(size int) func() uint64 {
		return func() uint64 { return compute(size) }
	})
}

func compute(size int) uint64 {
	result := harness.NewChecksum()
	random := harness.NewRandom()
	zone := time.FixedZone("HAWK", 5*3600+1800)
	var text []byte
	for i := 0; i < size; i++ {
		moment := time.Unix(int64(random.Below(1<<32)), int64(i)*1000).UTC()
		text = moment.AppendFormat(text[:0], time.RFC3339Nano)
		back, err := time.Parse(time.RFC3339Nano, string(text))
		harness.Check(err)
		if !back.Equal(moment) {
			harness.Fail(&time.ParseError{Value: string(text)})
		}
		result.Bytes(text)
		result.String(moment.In(zone).Format("Monday, 2 Jan 2006 15:04 MST"))
		later := moment.AddDate(0, i%30, -i%50)
		year, week := later.ISOWeek()
		result.Int(year*100 + week)
		text := later.Sub(moment).String()
		span, err := time.ParseDuration(text)
		harness.Check(err)
		result.Int(int(span.Truncate(time.Hour)))
	}
	return result.Value()
}
