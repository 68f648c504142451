// Files works on files and directories below the directory given as its
// argument, which it leaves as it was.
package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func check(what string, err error) {
	if err != nil {
		fmt.Println(what, "failed:", err)
		os.Exit(1)
	}
}

func list(directory string) {
	entries, err := os.ReadDir(directory)
	check("list", err)
	for _, entry := range entries {
		info, err := entry.Info()
		check("info", err)
		kind := "file"
		if info.IsDir() {
			kind = "directory"
		} else if info.Mode()&fs.ModeSymlink != 0 {
			kind = "link"
		}
		fmt.Println(" ", entry.Name(), kind)
	}
}

func contents(path string) {
	file, err := os.Create(path)
	check("create", err)
	_, err = file.WriteString("0123456789")
	check("write", err)
	position, err := file.Seek(-4, io.SeekEnd)
	check("seek", err)
	rest, err := io.ReadAll(file)
	check("read", err)
	fmt.Println("at", position, string(rest))
	_, err = file.WriteAt([]byte("ab"), 2)
	check("write at", err)
	some := make([]byte, 5)
	_, err = file.ReadAt(some, 1)
	check("read at", err)
	fmt.Println("read at 1", string(some))
	n, err := file.ReadAt(some, 8)
	fmt.Println("read over the end", n, err == io.EOF)
	check("truncate", file.Truncate(6))
	check("sync", file.Sync())
	info, err := file.Stat()
	check("stat", err)
	fmt.Println("stat", info.Name(), info.Size(), info.Mode().IsRegular())
	check("close", file.Close())
	fmt.Println("close again:", errors.Is(file.Close(), fs.ErrClosed))

	file, err = os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	check("append", err)
	_, err = file.WriteString("+more")
	check("append", err)
	check("close", file.Close())
	text, err := os.ReadFile(path)
	check("read all", err)
	fmt.Println("now", string(text))
}

func large(path string) {
	text := strings.Repeat("a line of some length\n", 100000)
	check("write large", os.WriteFile(path, []byte(text), 0o600))
	back, err := os.ReadFile(path)
	check("read large", err)
	fmt.Println("large", len(back), string(back) == text)
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: files DIRECTORY")
		os.Exit(64)
	}
	top := filepath.Join(os.Args[1], "files-guest")
	check("mkdir", os.Mkdir(top, 0o755))
	path := filepath.Join(top, "one")
	contents(path)
	large(filepath.Join(top, "large"))

	check("mkdir all", os.MkdirAll(filepath.Join(top, "a", "b", "c"), 0o755))
	check("rename", os.Rename(path, filepath.Join(top, "a", "two")))
	_, err := os.Stat(path)
	fmt.Println("gone:", errors.Is(err, fs.ErrNotExist))
	check("symlink", os.Symlink("a/two", filepath.Join(top, "link")))
	target, err := os.Readlink(filepath.Join(top, "link"))
	check("readlink", err)
	text, err := os.ReadFile(filepath.Join(top, "link"))
	check("read through the link", err)
	fmt.Println("link", target, string(text))
	check("link", os.Link(filepath.Join(top, "large"), filepath.Join(top, "hard")))

	check("chmod", os.Chmod(filepath.Join(top, "hard"), 0o640))
	when := time.Unix(1600000000, 0)
	check("chtimes", os.Chtimes(filepath.Join(top, "hard"), when, when))
	info, err := os.Lstat(filepath.Join(top, "large"))
	check("lstat", err)
	fmt.Println("large", info.Mode(), info.ModTime().Unix())

	fmt.Println("top:")
	list(top)
	fmt.Println("tree:")
	check("walk", filepath.WalkDir(top, func(p string, _ fs.DirEntry, err error) error {
		relative, _ := filepath.Rel(top, p)
		fmt.Println(" ", relative)
		return err
	}))

	check("chdir", os.Chdir(filepath.Join(top, "a")))
	text, err = os.ReadFile("two")
	check("relative", err)
	fmt.Println("relative", string(text))
	check("chdir", os.Chdir(filepath.Join(top, "..")))
	check("remove", os.Remove(filepath.Join(top, "large")))
	check("remove all", os.RemoveAll(top))
	_, err = os.Stat(top)
	fmt.Println("removed:", os.IsNotExist(err))
}
