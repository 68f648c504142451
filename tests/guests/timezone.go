// Timezone prints the local time zone and one moment in several zones.
package main

import (
	"fmt"
	"time"
)

func main() {
	moment := time.Unix(1700000000, 123456789)
	fmt.Println("utc", moment.UTC().Format(time.RFC3339Nano))
	fmt.Println("fixed", moment.In(time.FixedZone("X", -5400)).Format(time.RFC1123Z))
	name, offset := moment.Zone()
	fmt.Println("local", name, offset, moment.Format(time.RFC3339))
	if zone, err := time.LoadLocation("UTC"); err != nil {
		fmt.Println(err)
	} else {
		fmt.Println("loaded", zone)
	}
	_, err := time.LoadLocation("Nowhere/Never")
	fmt.Println(err)
	now := time.Now()
	fmt.Println("after 2023:", now.After(moment), "monotonic:", !time.Now().Before(now))
}
