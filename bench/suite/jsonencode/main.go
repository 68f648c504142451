// Jsonencode marshals nested records to JSON.
package main

import (
	"encoding/json"

	"goshawk/suite/harness"
	"goshawk/suite/records"
)

func main() {
	harness.Run("jsonencode", 15000, 1500, func(size int) func() uint64 {
		orders := records.Make(size)
		return func() uint64 {
			text, err := json.Marshal(orders)
			harness.Check(err)
			result := harness.NewChecksum()
			result.Bytes(text)
			return result.Value()
		}
	})
}
