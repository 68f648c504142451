// Package records makes the data that the programs about JSON and templates
// share.
package records

import (
	"strconv"

	"goshawk/suite/harness"
)

// Order is a nested record with the kinds of fields that programs have.
type Order struct {
	ID       int               `json:"id"`
	Customer string            `json:"customer"`
	Paid     bool              `json:"paid"`
	Total    float64           `json:"total"`
	Note     *string           `json:"note,omitempty"`
	Items    []Item            `json:"items"`
	Labels   map[string]string `json:"labels"`
}

// Item is one line of an Order.
type Item struct {
	Name  string  `json:"name"`
	Count uint16  `json:"count"`
	Price float64 `json:"price"`
}

// Make returns count orders, always the same ones.
func Make(count int) []Order {
	random := harness.NewRandom()
	orders := make([]Order, count)
	for i := range orders {
		order := &orders[i]
		order.ID = i
		order.Customer = random.Word() + " <" + random.Word() + "@é>"
		order.Paid = i%3 == 0
		if i%5 == 0 {
			note := "say \"" + random.Word() + "\"\n& leave"
			order.Note = &note
		}
		for j := 0; j < 1+i%5; j++ {
			item := Item{random.Word(), uint16(1 + random.Below(9)),
				float64(random.Below(100000)) / 100}
			order.Total += float64(item.Count) * item.Price
			order.Items = append(order.Items, item)
		}
		order.Labels = map[string]string{"shelf": strconv.Itoa(i % 17)}
	}
	return orders
}
