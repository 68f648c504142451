package main

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"goshawk/corpus/kernel"
)

var errFunds = errors.New("insufficient funds")

type account struct {
	mu      sync.Mutex
	id      int
	balance int64
	history []int64
}

func (a *account) deposit(amount int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += amount
	a.history = append(a.history, amount)
}

func (a *account) withdraw(amount int64) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.balance < amount {
		return fmt.Errorf("account %d: %w", a.id, errFunds)
	}
	a.balance -= amount
	a.history = append(a.history, -amount)
	return nil
}

type bank struct {
	mu        sync.RWMutex
	accounts  map[int]*account
	transfers atomic.Int64
	refused   atomic.Int64
}

func (b *bank) lookup(id int) *account {
	b.mu.RLock()
	a := b.accounts[id]
	b.mu.RUnlock()
	if a != nil {
		return a
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if a = b.accounts[id]; a == nil {
		a = &account{id: id, balance: 1000}
		b.accounts[id] = a
	}
	return a
}

func (b *bank) transfer(from, to int, amount int64) error {
	if err := b.lookup(from).withdraw(amount); err != nil {
		b.refused.Add(1)
		return err
	}
	b.lookup(to).deposit(amount)
	b.transfers.Add(1)
	return nil
}

// shards counts under many locks.
type shards [8]struct {
	sync.Mutex
	counts map[string]int
}

func (s *shards) add(key string) {
	shard := &s[len(key)%len(s)]
	shard.Lock()
	if shard.counts == nil {
		shard.counts = map[string]int{}
	}
	shard.counts[key]++
	shard.Unlock()
}

func bankKernel() uint64 {
	b := &bank{accounts: map[int]*account{}}
	var counts shards
	var wg sync.WaitGroup
	for g := 0; g < 8; g++ {
		wg.Add(1)
		go func(seed uint64) {
			defer wg.Done()
			r := kernel.NewRand(seed)
			for i := 0; i < 500; i++ {
				// Each has accounts of its own, so that the order is all the same.
				from, to := int(seed)*10+r.Intn(10), int(seed)*10+r.Intn(10)
				if err := b.transfer(from, to, int64(r.Intn(900))); err != nil {
					counts.add(err.Error())
				}
				counts.add(r.Word())
			}
		}(uint64(g))
	}
	wg.Wait()
	var d kernel.Digest
	d.Int(int(b.transfers.Load()))
	d.Int(int(b.refused.Load()))
	for id := 0; id < 80; id++ {
		a := b.lookup(id)
		d.Int(int(a.balance) + len(a.history))
	}
	for i := range counts {
		d.Int(len(counts[i].counts))
	}
	return d.Value()
}
