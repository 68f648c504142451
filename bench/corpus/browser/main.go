// Browser is the part of the training corpus that lives among JavaScript's
// objects, as programs of a page do: it builds and reads them, is called back,
// waits for promises and gives resources back when nobody uses them any more.
package main

import "goshawk/corpus/kernel"

func main() {
	kernel.RunAll([]kernel.Kernel{
		{Name: "document", Run: documentKernel},
		{Name: "listeners", Run: listenersKernel},
		{Name: "records", Run: recordsKernel},
		{Name: "messages", Run: messagesKernel},
		{Name: "promises", Run: promisesKernel},
		{Name: "pixels", Run: pixelsKernel},
		{Name: "textures", Run: texturesKernel},
		{Name: "handles", Run: handlesKernel},
	})
}
