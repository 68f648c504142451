// Package harness runs one program of the benchmark suite: it prepares the
// input once, times the computation alone a few times and prints one line
//
//	bench NAME size=N repeats=R checksum=X best_ms=B median_ms=M
//
// that bench/measure.py reads. The arguments of every program are
//
//	NAME [SIZE [REPEATS [BUDGET_MS]]]
//
// SIZE is a number, `full` (the default) or `small`, about a tenth of full's
// work, for engines that would take minutes. After the first repeat the
// program stops as soon as BUDGET_MS have been spent, so that a slow engine
// measures once what a fast one measures five times.
//
// The checksum depends on the program and the size only: no map order, no
// random seed, no clock may reach it. It is the same on every engine, and a
// repeat that gives another one ends the program with exit code 1.
package harness

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"strconv"
	"time"
)

const (
	defaultRepeats  = 5
	defaultBudgetMs = 1500
)

// Run measures one program of which the two named sizes are given. prepare
// builds the input for a size and returns the computation to be timed, which
// returns its checksum.
func Run(name string, full, small int,
	prepare func(size int) func() uint64) {
	size := full
	if len(os.Args) > 1 && os.Args[1] == "small" {
		size = small
	} else if len(os.Args) > 1 && os.Args[1] != "full" {
		size = argument(1, full)
	}
	repeats := argument(2, defaultRepeats)
	budget := time.Duration(argument(3, defaultBudgetMs)) * time.Millisecond

	compute := prepare(size)
	var times []time.Duration
	var checksum uint64
	var spent time.Duration
	for i := 0; i < repeats && (i == 0 || spent < budget); i++ {
		// The garbage of preparation and of the repeat before is not ours.
		runtime.GC()
		start := time.Now()
		sum := compute()
		elapsed := time.Since(start)
		if i > 0 && sum != checksum {
			Fail(fmt.Errorf("checksum %016x, then %016x", checksum, sum))
		}
		checksum = sum
		spent += elapsed
		times = append(times, elapsed)
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	fmt.Printf("bench %s size=%d repeats=%d checksum=%016x"+
		" best_ms=%.3f median_ms=%.3f\n", name, size, len(times), checksum,
		milliseconds(times[0]), milliseconds(median(times)))
}

// Fail ends the program with a message and exit code 1.
func Fail(err error) {
	fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[0], err)
	os.Exit(1)
}

// Check ends the program if err is not nil.
func Check(err error) {
	if err != nil {
		Fail(err)
	}
}

func argument(index, fallback int) int {
	if index >= len(os.Args) {
		return fallback
	}
	n, err := strconv.Atoi(os.Args[index])
	if err != nil || n < 1 {
		Fail(fmt.Errorf("argument %q is no count", os.Args[index]))
	}
	return n
}

func median(sorted []time.Duration) time.Duration {
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}

func milliseconds(d time.Duration) float64 {
	return float64(d) / float64(time.Millisecond)
}
