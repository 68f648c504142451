package main

import (
	"fmt"
	"sync"
	"time"

	"goshawk/corpus/kernel"
)

type request interface{ isRequest() }

type subscribe struct {
	topic string
	inbox chan<- string
	ok    chan<- bool
}

type publish struct {
	topic, text string
}

type statistics struct{ reply chan<- map[string]int }

func (subscribe) isRequest()  {}
func (publish) isRequest()    {}
func (statistics) isRequest() {}

// broker owns its maps; all others ask it by channel.
func broker(requests <-chan request, quit <-chan struct{}) {
	inboxes := make(map[string][]chan<- string)
	counts := make(map[string]int)
	for {
		select {
		case r := <-requests:
			switch r := r.(type) {
			case subscribe:
				inboxes[r.topic] = append(inboxes[r.topic], r.inbox)
				r.ok <- true
			case publish:
				counts[r.topic]++
				for _, inbox := range inboxes[r.topic] {
					inbox <- r.text
				}
			case statistics:
				copied := make(map[string]int, len(counts))
				for topic, n := range counts {
					copied[topic] = n
				}
				r.reply <- copied
			}
		case <-quit:
			for _, list := range inboxes {
				for _, inbox := range list {
					close(inbox)
				}
			}
			return
		}
	}
}

func brokerKernel() uint64 {
	const listeners, messages = 9, 1500
	requests := make(chan request)
	quit := make(chan struct{})
	go broker(requests, quit)
	topics := [...]string{"news", "sport", "weather"}
	sums := make([]int, listeners)
	var wg sync.WaitGroup
	for i := 0; i < listeners; i++ {
		inbox, ok := make(chan string, 3), make(chan bool)
		requests <- subscribe{topics[i%3], inbox, ok}
		<-ok
		wg.Add(1)
		go func(i int) {
			defer wg.Done()
			for text := range inbox {
				sums[i] = sums[i]*31 + len(text)
			}
		}(i)
	}
	r := kernel.NewRand(93)
	for i := 0; i < messages; i++ {
		requests <- publish{topics[r.Intn(3)], fmt.Sprint(i, " ", r.Word())}
	}
	reply := make(chan map[string]int)
	requests <- statistics{reply}
	counts := <-reply
	close(quit)
	wg.Wait()
	var d kernel.Digest
	for i, topic := range topics {
		d.Int(counts[topic])
		d.Int(sums[i])
	}
	timeouts := 0
	never := make(chan int)
	ticker := time.NewTicker(200 * time.Microsecond)
	defer ticker.Stop()
	for i := 0; i < 4; i++ {
		<-ticker.C
		select {
		case <-never:
		case <-time.After(50 * time.Microsecond):
			timeouts++
		}
	}
	d.Int(timeouts)
	return d.Value()
}
