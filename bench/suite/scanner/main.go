// Scanner reads lines and words with bufio and writes them again.
package main

import (
	"bufio"
	"bytes"
	"io"
	"strings"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("scanner", 450000, 50000, func(size int) func() uint64 {
		text := harness.NewRandom().Text(size)
		return func() uint64 { return compute(text) }
	})
}

func compute(text string) uint64 {
	result := harness.NewChecksum()
	var out bytes.Buffer
	writer := bufio.NewWriter(&out)
	lines := bufio.NewScanner(strings.NewReader(text))
	for lines.Scan() {
		line := lines.Bytes()
		for i := len(line) - 1; i >= 0; i-- {
			harness.Check(writer.WriteByte(line[i]))
		}
		harness.Check(writer.WriteByte('\n'))
	}
	harness.Check(writer.Flush())
	words := bufio.NewScanner(&out)
	words.Split(bufio.ScanWords)
	count, length := 0, 0
	for words.Scan() {
		count++
		length += len(words.Bytes())
	}
	result.Int(count)
	result.Int(length)
	reader := bufio.NewReader(strings.NewReader(text))
	for {
		field, err := reader.ReadString('e')
		result.Int(len(field))
		if err == io.EOF {
			return result.Value()
		}
		harness.Check(err)
	}
}
