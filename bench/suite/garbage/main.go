// Garbage keeps a working set of objects of many sizes alive while it makes
// garbage: allocator size classes, write barriers, marking and sweeping.
package main

import (
	"runtime"

	"goshawk/suite/harness"
)

type object struct {
	next    *object
	payload []byte
	name    string
}

func main() {
	harness.Run("garbage", 250000, 25000, func(size int) func() uint64 {
		return func() uint64 {
			random := harness.NewRandom()
			alive := make([]*object, 4096)
			result := harness.NewChecksum()
			for i := 0; i < size; i++ {
				slot := random.Below(len(alive))
				made := &object{payload: make([]byte, 8+random.Below(256))}
				made.payload[0] = byte(i)
				if i%16 == 0 {
					made.name = string(made.payload[:4])
				}
				// Chains of up to four keep old objects reachable.
				if old := alive[slot]; old != nil && i%4 != 0 {
					made.next = old
					old.next = nil
				}
				alive[slot] = made
			}
			runtime.GC()
			for _, first := range alive {
				for o := first; o != nil; o = o.next {
					result.Int(len(o.payload) + int(o.payload[0]))
				}
			}
			return result.Value()
		}
	})
}
