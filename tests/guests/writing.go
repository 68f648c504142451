// Writing makes every call that would change something in the directory given
// as its argument, in which "file", "link" to it and the empty directory "dir"
// are, and prints the error of each.
package main

import (
	"fmt"
	"os"
	"syscall"
)

func main() {
	top := os.Args[1]
	file, link, dir, other := top+"/file", top+"/link", top+"/dir", top+"/other"
	open := func(path string, flags int) error {
		_, err := syscall.Open(path, flags, 0o666)
		return err
	}
	fd, err := syscall.Open(file, syscall.O_RDONLY, 0)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	times := make([]syscall.Timespec, 2)
	for _, call := range []struct {
		name string
		err  error
	}{
		{"open to write", open(file, syscall.O_WRONLY)},
		{"open to read and write", open(file, syscall.O_RDWR)},
		{"open to append", open(file, syscall.O_WRONLY|syscall.O_APPEND)},
		{"open to cut", open(file, syscall.O_RDONLY|syscall.O_TRUNC)},
		{"open a link to write", open(link, syscall.O_WRONLY)},
		{"create", open(other, syscall.O_RDONLY|syscall.O_CREAT)},
		{"create to write", open(other, syscall.O_WRONLY|syscall.O_CREAT)},
		{"create in a directory", open(dir+"/x", syscall.O_WRONLY|syscall.O_CREAT)},
		{"create anew", open(other, syscall.O_WRONLY|syscall.O_CREAT|syscall.O_EXCL)},
		{"mkdir", syscall.Mkdir(other, 0o777)},
		{"rmdir", syscall.Rmdir(dir)},
		{"unlink", syscall.Unlink(file)},
		{"unlink a link", syscall.Unlink(link)},
		{"rename", syscall.Rename(file, other)},
		{"rename a directory", syscall.Rename(dir, other)},
		{"link", syscall.Link(file, other)},
		{"symlink", syscall.Symlink("file", other)},
		{"chmod", syscall.Chmod(file, 0o600)},
		{"chown", syscall.Chown(file, 1, 1)},
		{"lchown", syscall.Lchown(link, 1, 1)},
		{"utimes", syscall.UtimesNano(file, times)},
		{"truncate", syscall.Truncate(file, 0)},
		{"fchmod", syscall.Fchmod(fd, 0o600)},
		{"fchown", syscall.Fchown(fd, 1, 1)},
	} {
		fmt.Printf("%s: %v\n", call.name, call.err)
	}
}
