// Algorithms is the part of the training corpus that searches, sorts and
// counts.
package main

import "goshawk/corpus/kernel"

func main() {
	kernel.RunAll([]kernel.Kernel{
		{Name: "floyd", Run: floydKernel},
		{Name: "dijkstra", Run: dijkstraKernel},
		{Name: "graph", Run: graphKernel},
		{Name: "flood", Run: floodKernel},
		{Name: "life", Run: lifeKernel},
		{Name: "knapsack", Run: knapsackKernel},
		{Name: "sudoku", Run: sudokuKernel},
		{Name: "quicksort", Run: quicksortKernel},
		{Name: "mergesort", Run: mergesortKernel},
		{Name: "radixsort", Run: radixsortKernel},
		{Name: "bitboard", Run: bitboardKernel},
		{Name: "primes", Run: primesKernel},
		{Name: "hull", Run: hullKernel},
		{Name: "minimax", Run: minimaxKernel},
		{Name: "combine", Run: combineKernel},
		{Name: "digits", Run: digitsKernel},
	})
}
