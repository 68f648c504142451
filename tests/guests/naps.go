// Naps sleeps for so short that each time has come before Go has gone idle, and
// uses files after each.
package main

import (
	"fmt"
	"os"
	"time"
)

func main() {
	for nap := time.Duration(1); nap < 200*time.Microsecond; nap *= 2 {
		time.Sleep(nap)
		fmt.Print(nap, " ")
		_, err := os.Stat("/")
		if err != nil {
			fmt.Println(err)
		}
	}
	time.Sleep(time.Millisecond)
	fmt.Println("done")
}
