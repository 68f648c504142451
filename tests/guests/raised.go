// Raised makes each call of package syscall that can fail on a path or an open
// file, for each of the names given as arguments, and prints the error's number
// if all calls agree. File systems raise at "/NAME" what NAME stands for, and
// open "/file/NAME" to raise it then.
package main

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

type call struct {
	name string
	make func(path string) error
}

var onPaths = []call{
	{"stat", func(path string) error { return syscall.Stat(path, new(syscall.Stat_t)) }},
	{"lstat", func(path string) error { return syscall.Lstat(path, new(syscall.Stat_t)) }},
	{"open", func(path string) error { _, err := syscall.Open(path, syscall.O_RDONLY, 0); return err }},
	{"create", func(path string) error {
		_, err := syscall.Open(path, syscall.O_CREAT|syscall.O_RDWR, 0o666)
		return err
	}},
	{"mkdir", func(path string) error { return syscall.Mkdir(path, 0o777) }},
	{"rmdir", syscall.Rmdir},
	{"unlink", syscall.Unlink},
	{"readlink", func(path string) error { _, err := syscall.Readlink(path, make([]byte, 99)); return err }},
	{"rename from", func(path string) error { return syscall.Rename(path, "/x") }},
	{"link from", func(path string) error { return syscall.Link(path, "/x") }},
	{"symlink", func(path string) error { return syscall.Symlink("x", path) }},
	{"chmod", func(path string) error { return syscall.Chmod(path, 0o777) }},
	{"chown", func(path string) error { return syscall.Chown(path, 1, 1) }},
	{"lchown", func(path string) error { return syscall.Lchown(path, 1, 1) }},
	{"utimes", func(path string) error { return syscall.UtimesNano(path, make([]syscall.Timespec, 2)) }},
	{"truncate", func(path string) error { return syscall.Truncate(path, 1) }},
	{"chdir", syscall.Chdir},
}

var onFiles = []struct {
	name string
	make func(fd int) error
}{
	{"read", func(fd int) error { _, err := syscall.Read(fd, make([]byte, 1)); return err }},
	{"pread", func(fd int) error { _, err := syscall.Pread(fd, make([]byte, 1), 1); return err }},
	{"write", func(fd int) error { _, err := syscall.Write(fd, make([]byte, 1)); return err }},
	{"pwrite", func(fd int) error { _, err := syscall.Pwrite(fd, make([]byte, 1), 1); return err }},
	{"fstat", func(fd int) error { return syscall.Fstat(fd, new(syscall.Stat_t)) }},
	{"ftruncate", func(fd int) error { return syscall.Ftruncate(fd, 1) }},
	{"fsync", syscall.Fsync},
	{"fchmod", func(fd int) error { return syscall.Fchmod(fd, 0o777) }},
	{"fchown", func(fd int) error { return syscall.Fchown(fd, 1, 1) }},
	{"close", syscall.Close},
}

func main() {
	for _, name := range os.Args[1:] {
		first := -1
		check := func(call string, err error) {
			var errno syscall.Errno
			if !errors.As(err, &errno) {
				fmt.Printf("%s: %s gives %v\n", name, call, err)
			} else if first < 0 {
				first = int(errno)
			} else if int(errno) != first {
				fmt.Printf("%s: %s gives %d\n", name, call, int(errno))
			}
		}
		for _, c := range onPaths {
			check(c.name, c.make("/"+name))
		}
		for _, c := range onFiles {
			fd, err := syscall.Open("/file/"+name, syscall.O_RDWR, 0)
			if err != nil {
				fmt.Println("open", err)
				os.Exit(1)
			}
			check(c.name, c.make(fd))
		}
		fmt.Println(name, first)
	}
}
