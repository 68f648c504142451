package main

import "goshawk/corpus/kernel"

type trie struct {
	children [26]*trie
	weight   int
	terminal bool
}

func (t *trie) insert(word string, weight int) {
	for i := 0; i < len(word); i++ {
		c := word[i] - 'a'
		if t.children[c] == nil {
			t.children[c] = new(trie)
		}
		t = t.children[c]
		if weight > t.weight {
			t.weight = weight
		}
	}
	t.terminal = true
}

func (t *trie) descend(prefix string) *trie {
	for i := 0; i < len(prefix) && t != nil; i++ {
		t = t.children[prefix[i]-'a']
	}
	return t
}

// complete appends up to limit words that start with prefix.
func (t *trie) complete(prefix []byte, out []string, limit int) []string {
	if t.terminal {
		out = append(out, string(prefix))
	}
	for c, child := range t.children {
		if len(out) >= limit {
			break
		}
		if child != nil {
			out = child.complete(append(prefix, byte('a'+c)), out, limit)
		}
	}
	return out
}

// runeTrie is the same with maps, for any letters.
type runeTrie struct {
	children map[rune]*runeTrie
	count    int
}

func (t *runeTrie) insert(word string) {
	for _, r := range word {
		if t.children == nil {
			t.children = make(map[rune]*runeTrie)
		}
		next, ok := t.children[r]
		if !ok {
			next = &runeTrie{}
			t.children[r] = next
		}
		next.count++
		t = next
	}
}

func (t *runeTrie) nodes() int {
	n := 1
	for _, child := range t.children {
		n += child.nodes()
	}
	return n
}

func trieKernel() uint64 {
	r := kernel.NewRand(34)
	root, runes := new(trie), new(runeTrie)
	for i := 0; i < 3500; i++ {
		word := r.Word()
		root.insert(word, r.Intn(1000))
		if i%4 == 0 {
			runes.insert("é" + word)
		}
	}
	var d kernel.Digest
	for i := 0; i < 300; i++ {
		prefix := r.Word()[:3]
		node := root.descend(prefix)
		if node == nil {
			continue
		}
		d.Int(node.weight)
		for _, word := range node.complete([]byte(prefix), nil, 8) {
			d.Text(word)
		}
	}
	d.Int(runes.nodes())
	return d.Value()
}
