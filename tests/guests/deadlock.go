// Deadlock leaves every goroutine waiting; the Go runtime reports it.
package main

import "fmt"

func main() {
	fmt.Println("waiting")
	first, second := make(chan int), make(chan int)
	go func() { first <- <-second }()
	second <- <-first
}
