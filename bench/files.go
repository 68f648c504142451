// Files measures one kind of file work in the directory given first, and prints
// how much of it a second saw. Without a kind it lists them. bench/rates.sh runs
// it.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	entries = 10000
	mib     = 1024
	crowd   = 2000
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "files:", err)
		os.Exit(1)
	}
}

// measure prints the rate at which `work` does `count` things.
func measure(count int, work func()) {
	start := time.Now()
	work()
	fmt.Printf("%.1f\n", float64(count)/time.Since(start).Seconds())
}

func fill(directory string) {
	check(os.Mkdir(directory, 0o755))
	for i := 0; i < entries; i++ {
		check(os.WriteFile(filepath.Join(directory, fmt.Sprintf("file-%05d", i)), nil, 0o644))
	}
}

// large gives a file of 1 GiB, and the piece of which it is made.
func large(path string) (*os.File, []byte) {
	file, err := os.Create(path)
	check(err)
	piece := make([]byte, 1<<20)
	for i := range piece {
		piece[i] = byte(i)
	}
	return file, piece
}

func write(file *os.File, piece []byte) {
	for i := 0; i < mib; i++ {
		_, err := file.Write(piece)
		check(err)
	}
}

func main() {
	if len(os.Args) == 2 {
		fmt.Println("open\nstat\nreaddir\nnames\nwrite\nread\ncrowd")
		return
	}
	top, err := os.MkdirTemp(os.Args[1], "files")
	check(err)
	defer os.RemoveAll(top)
	path := filepath.Join(top, "small")
	check(os.WriteFile(path, make([]byte, 1000), 0o644))
	buffer := make([]byte, 4096)
	switch os.Args[2] {
	case "open":
		measure(20000, func() {
			for i := 0; i < 20000; i++ {
				file, err := os.Open(path)
				check(err)
				_, err = file.Read(buffer)
				check(err)
				check(file.Close())
			}
		})
	case "stat":
		measure(50000, func() {
			for i := 0; i < 50000; i++ {
				_, err := os.Stat(path)
				check(err)
			}
		})
	case "readdir":
		directory := filepath.Join(top, "many")
		fill(directory)
		measure(5, func() {
			for i := 0; i < 5; i++ {
				_, err := os.ReadDir(directory)
				check(err)
			}
		})
	case "names":
		directory := filepath.Join(top, "many")
		fill(directory)
		measure(20, func() {
			for i := 0; i < 20; i++ {
				file, err := os.Open(directory)
				check(err)
				_, err = file.Readdirnames(-1)
				check(err)
				check(file.Close())
			}
		})
	case "write":
		file, piece := large(path)
		measure(mib, func() { write(file, piece) })
	case "read":
		file, piece := large(path)
		write(file, piece)
		_, err := file.Seek(0, 0)
		check(err)
		measure(mib, func() {
			for i := 0; i < mib; i++ {
				_, err := file.Read(piece)
				check(err)
			}
		})
	case "crowd":
		measure(crowd, func() {
			var group sync.WaitGroup
			for i := 0; i < crowd; i++ {
				group.Add(1)
				go func(path string) {
					defer group.Done()
					check(os.WriteFile(path, buffer, 0o644))
					_, err := os.ReadFile(path)
					check(err)
					check(os.Remove(path))
				}(filepath.Join(top, fmt.Sprint(i)))
			}
			group.Wait()
		})
	}
}
