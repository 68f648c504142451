package main

import (
	"container/heap"
	"fmt"
	"strings"

	"goshawk/corpus/kernel"
)

// A shop, simulated event by event: closures that happen at a time.
type happening struct {
	at     float64
	serial int
	run    func()
}

type schedule []*happening

func (s schedule) Len() int      { return len(s) }
func (s schedule) Swap(i, j int) { s[i], s[j] = s[j], s[i] }
func (s schedule) Less(i, j int) bool {
	return s[i].at < s[j].at || s[i].at == s[j].at && s[i].serial < s[j].serial
}
func (s *schedule) Push(x any) { *s = append(*s, x.(*happening)) }
func (s *schedule) Pop() any {
	old := *s
	x := old[len(old)-1]
	old[len(old)-1] = nil
	*s = old[:len(old)-1]
	return x
}

type shop struct {
	now     float64
	serial  int
	plan    schedule
	waiting []*customer
	free    int
	served  int
	waited  float64
	random  *kernel.Rand
	log     strings.Builder
}

type customer struct {
	name    string
	arrived float64
}

func (s *shop) after(delay float64, run func()) {
	s.serial++
	heap.Push(&s.plan, &happening{s.now + delay, s.serial, run})
}

func (s *shop) arrive() {
	c := &customer{s.random.Word(), s.now}
	s.waiting = append(s.waiting, c)
	s.serve()
	s.after(2*s.random.Float64(), s.arrive)
}

func (s *shop) serve() {
	if s.free == 0 || len(s.waiting) == 0 {
		return
	}
	c := s.waiting[0]
	s.waiting = s.waiting[1:]
	s.free--
	s.waited += s.now - c.arrived
	s.after(1+3*s.random.Float64(), func() {
		s.free++
		if s.served++; s.served%100 == 0 {
			fmt.Fprintf(&s.log, "%.2f %s\n", s.now, c.name)
		}
		s.serve()
	})
}

func (s *shop) run(until float64) {
	for len(s.plan) > 0 && s.now < until {
		next := heap.Pop(&s.plan).(*happening)
		s.now = next.at
		next.run()
	}
}

func simulationKernel() uint64 {
	var d kernel.Digest
	for clerks := 2; clerks < 5; clerks++ {
		s := &shop{free: clerks, random: kernel.NewRand(94)}
		s.after(0, s.arrive)
		s.run(1800)
		d.Int(s.served)
		d.Int(len(s.waiting))
		d.Float(s.waited)
		d.Text(s.log.String())
	}
	return d.Value()
}
