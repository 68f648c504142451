// Hello prints one line. It is measured as a whole process: the cold start.
package main

import "fmt"

func main() {
	fmt.Println("hello, world")
}
