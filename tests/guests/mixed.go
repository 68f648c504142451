// Mixed does some of everything that programs do, from a fixed seed, and
// prints one checksum for each part.
package main

import (
	"bytes"
	"compress/gzip"
	"container/heap"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"text/template"
	"unicode"
)

// A random generator of fixed sequence, whatever the version of Go.
type generator uint64

func (g *generator) next(limit int) int {
	*g = *g*6364136223846793005 + 1442695040888963407
	return int(uint64(*g)>>33) % limit
}

func (g *generator) word() string {
	letters := []rune("abcdefghijklmnopqrstuvwxyzäöüßéñ日本語")
	word := make([]rune, 1+g.next(8))
	for i := range word {
		word[i] = letters[g.next(len(letters))]
	}
	return string(word)
}

type record struct {
	Name   string             `json:"name"`
	Tags   []string           `json:"tags,omitempty"`
	Scores map[string]float64 `json:"scores"`
	Next   *record            `json:"next,omitempty"`
}

func jsonPart(g *generator) []byte {
	var list []*record
	for i := 0; i < 200; i++ {
		r := &record{Name: g.word(), Scores: map[string]float64{}}
		for j := g.next(4); j > 0; j-- {
			r.Tags = append(r.Tags, g.word())
			r.Scores[g.word()] = float64(g.next(100000)) / 64
		}
		if i%3 == 0 && i > 0 {
			r.Next = list[i-1]
		}
		list = append(list, r)
	}
	text, err := json.Marshal(list)
	check(err)
	var back []*record
	check(json.Unmarshal(text, &back))
	again, err := json.MarshalIndent(back, "", " ")
	check(err)
	var bad []int
	err = json.Unmarshal([]byte(`[1, "two"]`), &bad)
	var wrongType *json.UnmarshalTypeError
	return append(again, strconv.FormatBool(errors.As(err, &wrongType))...)
}

func mapPart(g *generator) []byte {
	counts := map[string]int{}
	for i := 0; i < 30000; i++ {
		counts[g.word()]++
	}
	for word := range counts {
		if len(word)%2 == 0 {
			delete(counts, word)
		}
	}
	words := make([]string, 0, len(counts))
	for word := range counts {
		words = append(words, word)
	}
	sort.Slice(words, func(i, j int) bool {
		if counts[words[i]] != counts[words[j]] {
			return counts[words[i]] > counts[words[j]]
		}
		return words[i] < words[j]
	})
	var out strings.Builder
	for _, word := range words {
		fmt.Fprintf(&out, "%s=%d;", word, counts[word])
	}
	return []byte(out.String())
}

func stringPart(g *generator) []byte {
	var words []string
	for i := 0; i < 2000; i++ {
		words = append(words, g.word())
	}
	text := strings.Join(words, " ")
	text = strings.Map(func(r rune) rune {
		if r == 'x' {
			return -1
		}
		return unicode.ToUpper(r)
	}, text)
	text = strings.NewReplacer("A", "<a>", "É", "<é>").Replace(text)
	pattern := regexp.MustCompile(`<(\pL)>(\S*)`)
	text = pattern.ReplaceAllString(text, "[$2:$1]")
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' })
	return []byte(fmt.Sprintf("%q %d %v", fields, strings.Count(text, "["),
		strings.Contains(text, "日本")))
}

type queue []int

func (q queue) Len() int            { return len(q) }
func (q queue) Less(i, j int) bool  { return q[i] < q[j] }
func (q queue) Swap(i, j int)       { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x interface{}) { *q = append(*q, x.(int)) }
func (q *queue) Pop() interface{} {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

func sortPart(g *generator) []byte {
	q := &queue{}
	for i := 0; i < 5000; i++ {
		heap.Push(q, g.next(1000000))
	}
	out := make([]byte, 0, 20000)
	for q.Len() > 0 {
		out = binary.LittleEndian.AppendUint32(out, uint32(heap.Pop(q).(int)))
	}
	return out
}

func codecPart(g *generator) []byte {
	data := make([]byte, 50000)
	for i := range data {
		data[i] = byte(g.next(1 + i%200))
	}
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, err := writer.Write(data)
	check(err)
	check(writer.Close())
	reader, err := gzip.NewReader(&packed)
	check(err)
	back, err := io.ReadAll(reader)
	check(err)
	text := base64.StdEncoding.EncodeToString(back)
	hash := fnv.New64a()
	io.WriteString(hash, text)
	return []byte(fmt.Sprint(bytes.Equal(back, data), hash.Sum64(),
		crc32.ChecksumIEEE(back), md5.Sum(back), sha1.Sum(back)))
}

func templatePart(g *generator) []byte {
	page := template.Must(template.New("page").Parse(
		`{{range $i, $w := .}}{{if $i}}, {{end}}{{printf "%-6q" $w}}{{end}}`))
	var words []string
	for i := 0; i < 100; i++ {
		words = append(words, g.word())
	}
	var out bytes.Buffer
	check(page.Execute(&out, words))
	return out.Bytes()
}

func check(err error) {
	if err != nil {
		fmt.Println("failed:", err)
		os.Exit(1)
	}
}

func main() {
	parts := []struct {
		name string
		run  func(*generator) []byte
	}{
		{"json", jsonPart}, {"maps", mapPart}, {"strings", stringPart},
		{"sort", sortPart}, {"codecs", codecPart}, {"template", templatePart},
	}
	all := sha256.New()
	for _, part := range parts {
		g := generator(42)
		result := part.run(&g)
		all.Write(result)
		sum := sha256.Sum256(result)
		fmt.Println(part.name, len(result), hex.EncodeToString(sum[:8]))
	}
	fmt.Printf("checksum %x\n", all.Sum(nil))
}
