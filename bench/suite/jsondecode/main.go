// Jsondecode unmarshals JSON into structs and into untyped values.
package main

import (
	"encoding/json"

	"goshawk/suite/harness"
	"goshawk/suite/records"
)

func main() {
	harness.Run("jsondecode", 2000, 200, func(size int) func() uint64 {
		text, err := json.Marshal(records.Make(size))
		harness.Check(err)
		return func() uint64 { return compute(text) }
	})
}

func compute(text []byte) uint64 {
	result := harness.NewChecksum()
	var orders []records.Order
	harness.Check(json.Unmarshal(text, &orders))
	for _, order := range orders {
		result.String(order.Customer)
		result.Float(order.Total)
		if order.Note != nil {
			result.String(*order.Note)
		}
		result.Int(len(order.Items))
	}
	var untyped []map[string]interface{}
	harness.Check(json.Unmarshal(text, &untyped))
	for _, order := range untyped {
		result.Float(order["total"].(float64))
		result.Int(len(order["items"].([]interface{})))
	}
	return result.Value()
}
