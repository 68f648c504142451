package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"goshawk/corpus/kernel"
)

type job struct {
	id   int
	text string
}

type result struct {
	job   job
	words map[byte]int
	err   error
}

var errEmpty = errors.New("empty text")

func process(j job) result {
	if j.text == "" {
		return result{job: j, err: fmt.Errorf("job %d: %w", j.id, errEmpty)}
	}
	words := make(map[byte]int)
	start := true
	for i := 0; i < len(j.text); i++ {
		if j.text[i] == ' ' {
			start = true
		} else if start {
			words[j.text[i]]++
			start = false
		}
	}
	return result{job: j, words: words}
}

// runPool lets workers take jobs until there are none or one fails.
func runPool(ctx context.Context, workers int, jobs []job) ([]result, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	queue := make(chan job)
	results := make(chan result, workers)
	var wg sync.WaitGroup
	for i := 0; i < workers; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range queue {
				select {
				case results <- process(j):
				case <-ctx.Done():
					return
				}
			}
		}()
	}
	go func() {
		defer close(queue)
		for _, j := range jobs {
			select {
			case queue <- j:
			case <-ctx.Done():
				return
			}
		}
	}()
	go func() {
		wg.Wait()
		close(results)
	}()
	ordered := make([]result, len(jobs))
	for r := range results {
		if r.err != nil {
			return nil, r.err
		}
		ordered[r.job.id] = r
	}
	return ordered, ctx.Err()
}

func poolKernel() uint64 {
	r := kernel.NewRand(91)
	jobs := make([]job, 500)
	for i := range jobs {
		jobs[i] = job{i, r.Prose(20)}
	}
	var d kernel.Digest
	results, err := runPool(context.Background(), 6, jobs)
	if err != nil {
		panic(err)
	}
	for _, r := range results {
		for c := byte('a'); c <= 'z'; c++ {
			d.Int(r.words[c])
		}
	}
	jobs[250].text = ""
	if _, err = runPool(context.Background(), 3, jobs); errors.Is(err, errEmpty) {
		d.Text(err.Error())
	}
	return d.Value()
}
