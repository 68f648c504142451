// Deflate compresses text with compress/flate at two levels and inflates it
// again. The checksum is of the text: releases of Go compress differently.
package main

import (
	"bytes"
	"compress/flate"
	"io"

	"goshawk/suite/harness"
)

func main() {
	harness.Run("deflate", 180000, 20000, func(size int) func() uint64 {
		text := []byte(harness.NewRandom().Text(size))
		return func() uint64 {
			result := harness.NewChecksum()
			for _, level := range []int{flate.BestSpeed, 6} {
				back := roundTrip(text, level)
				if !bytes.Equal(back, text) {
					harness.Fail(io.ErrUnexpectedEOF)
				}
				result.Int(level)
				result.Bytes(back)
			}
			return result.Value()
		}
	})
}

func roundTrip(text []byte, level int) []byte {
	var packed bytes.Buffer
	writer, err := flate.NewWriter(&packed, level)
	harness.Check(err)
	_, err = writer.Write(text)
	harness.Check(err)
	harness.Check(writer.Close())
	back, err := io.ReadAll(flate.NewReader(&packed))
	harness.Check(err)
	return back
}
