// Structures is the part of the training corpus that builds and searches data
// structures.
package main

import "goshawk/corpus/kernel"

func main() {
	kernel.RunAll([]kernel.Kernel{
		{Name: "hashtable", Run: hashTableKernel},
		{Name: "avl", Run: avlKernel},
		{Name: "skiplist", Run: skipListKernel},
		{Name: "trie", Run: trieKernel},
		{Name: "unionfind", Run: unionFindKernel},
		{Name: "lru", Run: lruKernel},
		{Name: "containers", Run: containersKernel},
		{Name: "ranges", Run: rangesKernel},
		{Name: "bitset", Run: bitsetKernel},
		{Name: "linked", Run: linkedKernel},
		{Name: "visitor", Run: visitorKernel},
		{Name: "entities", Run: entitiesKernel},
		{Name: "btree", Run: btreeKernel},
	})
}
