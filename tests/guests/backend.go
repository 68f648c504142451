// Backend checks the tree that it finds, or makes with the argument "make":
// with testing/fstest, and what people tried first who brought their own files
// to Go programs.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing/fstest"
)

var files = map[string]string{
	"hello.txt":           "hello, world\n",
	"empty":               "",
	"sub/inner.txt":       "inner",
	"sub/deeper/last.txt": "last",
}

func must(err error) {
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

func expect(what string, ok bool) {
	if !ok {
		fmt.Println("wrong:", what)
	}
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "make" {
		must(os.MkdirAll("/sub/deeper", 0o755))
		for name, text := range files {
			must(os.WriteFile("/"+name, []byte(text), 0o644))
		}
	}
	var names []string
	for name, text := range files {
		names = append(names, name)
		got, err := os.ReadFile("/" + name)
		must(err)
		expect(name, string(got) == text)
	}
	if err := fstest.TestFS(os.DirFS("/"), names...); err != nil {
		fmt.Println(err)
	}

	for _, name := range []string{"hello.txt", "empty", "sub", "sub/deeper"} {
		with, err := os.Stat("/" + name)
		must(err)
		without, err := os.Stat(name)
		must(err)
		expect("the same with and without a slash: "+name, os.SameFile(with, without))
	}
	err := os.Chdir("/hello.txt")
	expect("chdir to a file", errors.Is(err, syscall.ENOTDIR))
	err = os.Chdir("/missing")
	expect("chdir to nothing", errors.Is(err, fs.ErrNotExist))
	must(os.Chdir("sub"))
	directory, err := os.Getwd()
	must(err)
	expect("the new directory", directory == "/sub")
	_, err = os.Stat("inner.txt")
	must(err)
	_, err = os.Stat("../hello.txt")
	must(err)
	entries, err := os.ReadDir(".")
	must(err)
	expect("its entries", len(entries) == 2 && entries[0].IsDir() && !entries[1].IsDir())
	info, err := os.Stat("/empty")
	must(err)
	expect("an empty file", info.Size() == 0 && info.Mode().IsRegular())
	_, err = os.Open("/sub/inner.txt/x")
	expect("below a file", errors.Is(err, syscall.ENOTDIR))
	fmt.Println("checked")
}
