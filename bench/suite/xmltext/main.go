// Xmltext writes records as XML and reads the tokens back, and as CSV.
package main

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"strconv"

	"goshawk/suite/harness"
)

type entry struct {
	XMLName xml.Name `xml:"entry"`
	ID      int      `xml:"id,attr"`
	Title   string   `xml:"title"`
	Tags    []string `xml:"tags>tag"`
}

func main() {
	harness.Run("xmltext", 4000, 400, func(size int) func() uint64 {
		random := harness.NewRandom()
		entries := make([]entry, size)
		for i := range entries {
			entries[i].ID = i
			entries[i].Title = random.Word() + " & <" + random.Word() + ">"
			for j := 0; j < i%4; j++ {
				entries[i].Tags = append(entries[i].Tags, random.Word())
			}
		}
		return func() uint64 { return compute(entries) }
	})
}

func compute(entries []entry) uint64 {
	result := harness.NewChecksum()
	text, err := xml.Marshal(entries)
	harness.Check(err)
	result.Bytes(text)
	decoder := xml.NewDecoder(bytes.NewReader(text))
	for {
		var back entry
		err := decoder.Decode(&back)
		if err == io.EOF {
			break
		}
		harness.Check(err)
		result.Int(back.ID + len(back.Tags))
	}

	var table bytes.Buffer
	writer := csv.NewWriter(&table)
	for _, e := range entries {
		row := append([]string{strconv.Itoa(e.ID), e.Title}, e.Tags...)
		harness.Check(writer.Write(row))
	}
	writer.Flush()
	reader := csv.NewReader(&table)
	reader.FieldsPerRecord = -1
	rows, err := reader.ReadAll()
	harness.Check(err)
	for _, row := range rows {
		result.String(row[1])
	}
	return result.Value()
}
