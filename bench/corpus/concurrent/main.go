// Concurrent is the part of the training corpus with goroutines, and with
// what else the runtime is asked for: closures, defers, panics and timers.
package main

import "goshawk/corpus/kernel"

func main() {
	kernel.RunAll([]kernel.Kernel{
		{Name: "pool", Run: poolKernel},
		{Name: "pipeline", Run: pipelineKernel},
		{Name: "bank", Run: bankKernel},
		{Name: "memo", Run: memoKernel},
		{Name: "broker", Run: brokerKernel},
		{Name: "simulation", Run: simulationKernel},
		{Name: "recovery", Run: recoveryKernel},
		{Name: "middleware", Run: middlewareKernel},
		{Name: "calendar", Run: calendarKernel},
	})
}
