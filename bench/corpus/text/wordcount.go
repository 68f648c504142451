package main

import (
	"sort"
	"strings"

	"goshawk/corpus/kernel"
)

// splitWords cuts at everything that is no letter.
func splitWords(text string) []string {
	var words []string
	start := -1
	for i := 0; i < len(text); i++ {
		c := text[i] | 0x20
		if c >= 'a' && c <= 'z' {
			if start < 0 {
				start = i
			}
		} else if start >= 0 {
			words = append(words, text[start:i])
			start = -1
		}
	}
	if start >= 0 {
		words = append(words, text[start:])
	}
	return words
}

type wordStat struct {
	word         string
	count, lines int
	last         int
}

type byCount []*wordStat

func (s byCount) Len() int      { return len(s) }
func (s byCount) Swap(i, j int) { s[i], s[j] = s[j], s[i] }
func (s byCount) Less(i, j int) bool {
	if s[i].count != s[j].count {
		return s[i].count > s[j].count
	}
	return s[i].word < s[j].word
}

func wordCountKernel() uint64 {
	text := kernel.NewRand(11).Prose(6000)
	stats := map[string]*wordStat{}
	pairs := map[[2]string]int{}
	for number, line := range strings.Split(text, "\n") {
		previous := ""
		for _, word := range splitWords(line) {
			s, ok := stats[word]
			if !ok {
				s = &wordStat{word: word, last: -1}
				stats[word] = s
			}
			s.count++
			if s.last != number {
				s.lines++
				s.last = number
			}
			if previous != "" && len(word) < 5 {
				pairs[[2]string{previous, word}]++
			}
			previous = word
		}
	}
	ranked := make(byCount, 0, len(stats))
	for _, s := range stats {
		ranked = append(ranked, s)
	}
	sort.Sort(ranked)
	var d kernel.Digest
	d.Int(len(pairs))
	for _, s := range ranked[:20] {
		d.Text(s.word)
		d.Int(s.count*1000 + s.lines)
	}
	return d.Value()
}
