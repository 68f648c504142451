// Fetch makes requests with net/http to the server of tests/program/http_server
// and prints what comes of them:
//
//	fetch errors BASE [URL...]   each way in which a request can go wrong
//	fetch load BASE              1,000 requests, 100 at a time
package main

import (
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"os"
	"sort"
	"strings"
	"sync"
	"time"
)

func pattern(size int) []byte {
	data := make([]byte, size)
	for i := 0; i < size && i < 4096; i++ {
		data[i] = byte(i*i>>3 + size)
	}
	for done := 4096; done < size; done *= 2 {
		copy(data[done:], data[:done])
	}
	return data
}

func echo(base string, size int) error {
	body := pattern(size)
	response, err := http.Post(base+"/echo", "application/octet-stream", bytes.NewReader(body))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	hash := crc32.NewIEEE()
	n, err := io.Copy(hash, response.Body)
	if err != nil {
		return err
	}
	if n != int64(size) || hash.Sum32() != crc32.ChecksumIEEE(body) {
		return fmt.Errorf("%d bytes came back of %d, or other ones", n, size)
	}
	return nil
}

func load(base string) {
	sizes := []int{64 << 20, 16 << 20, 1 << 20, 0, 1, 70000}
	for len(sizes) < 1000 {
		sizes = append(sizes, len(sizes)*37%10000)
	}
	var group sync.WaitGroup
	var mutex sync.Mutex
	failures, total := 0, 0
	tokens := make(chan bool, 100)
	for _, size := range sizes {
		tokens <- true
		group.Add(1)
		go func(size int) {
			err := echo(base, size)
			mutex.Lock()
			if err != nil {
				failures++
				fmt.Println(size, err)
			}
			total += size
			mutex.Unlock()
			<-tokens
			group.Done()
		}(size)
	}
	group.Wait()
	fmt.Println("failures:", failures, "bytes:", total)
}

// get prints what a request gives: the error, or status, body and its error.
func get(name string, request *http.Request) {
	start := time.Now()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	response, err := client.Do(request)
	if err != nil {
		fmt.Println(name, "error:", err)
		return
	}
	body, err := io.ReadAll(response.Body)
	response.Body.Close()
	text := string(body)
	if len(text) > 200 {
		text = fmt.Sprint(len(text), " bytes")
	}
	fmt.Printf("%s %d %q %v\n", name, response.StatusCode, text, err)
	if time.Since(start) > time.Minute {
		fmt.Println("too late")
	}
}

func request(method, url string) *http.Request {
	request, err := http.NewRequest(method, url, nil)
	if err != nil {
		panic(err)
	}
	return request
}

func failures(base string, urls []string) {
	get("hello", request("GET", base+"/hello"))
	get("missing", request("GET", base+"/none"))
	get("head", request("HEAD", base+"/hello"))
	get("gzip", request("GET", base+"/gzip"))
	get("closed", request("GET", base+"/closed"))
	get("early", request("GET", base+"/early"))
	get("redirect", request("GET", base+"/redirect/302/hello"))
	get("loop", request("GET", base+"/redirect/302/redirect/302/"))
	for _, mode := range []string{"manual", "error"} {
		r := request("GET", base+"/redirect/302/hello")
		r.Header.Set("js.fetch:redirect", mode)
		get(mode, r)
	}
	post, _ := http.NewRequest("POST", base+"/redirect/303/method", strings.NewReader("x"))
	get("303", post)
	post, _ = http.NewRequest("PUT", base+"/redirect/308/method", strings.NewReader("x"))
	get("308", post)
	r := request("GET", base+"/headers")
	r.Header.Add("X-Two", "1")
	r.Header.Add("X-Two", "2")
	get("headers", r)

	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	get("timeout", request("GET", base+"/never").WithContext(ctx))
	cancel()
	ctx, cancel = context.WithCancel(context.Background())
	response, err := http.DefaultClient.Do(request("GET", base+"/slow").WithContext(ctx))
	if err != nil {
		fmt.Println("slow", err)
	} else {
		data := make([]byte, 4)
		n, err := io.ReadFull(response.Body, data)
		fmt.Println("slow", n, string(data), err)
		fmt.Println("close:", response.Body.Close())
		_, err = response.Body.Read(data)
		fmt.Println("read after close:", err)
	}
	cancel()
	response, err = http.Get(base + "/bytes/5000000")
	if err == nil {
		data := make([]byte, 4)
		io.ReadFull(response.Body, data)
		fmt.Println("stopped early:", string(data), response.Header["X-Kind"], response.ContentLength)
		response.Body.Close()
	}
	for _, url := range urls {
		get(url, request("GET", url))
	}
}

func main() {
	switch base := os.Args[2]; os.Args[1] {
	case "load":
		load(base)
	case "errors":
		urls := append([]string(nil), os.Args[3:]...)
		sort.Strings(urls)
		failures(base, urls)
	}
}
