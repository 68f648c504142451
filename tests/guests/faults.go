// Faults makes each call of package syscall that gets to a file system, twice,
// on files that it finds there, and prints those that fail with the error's
// number.
package main

import (
	"errors"
	"fmt"
	"syscall"
)

func check(name string, i int, err error) bool {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		fmt.Printf("%s %d: %d\n", name, i, int(errno))
	} else if err != nil {
		fmt.Printf("%s %d: %v\n", name, i, err)
	}
	return err == nil
}

func onFile() {
	fd, err := syscall.Open("/f", syscall.O_RDWR, 0)
	if !check("open", 0, err) {
		return
	}
	buffer := []byte("12")
	for i := 1; i <= 2; i++ {
		_, err := syscall.Read(fd, buffer)
		check("read", i, err)
		_, err = syscall.Pread(fd, buffer, 1)
		check("pread", i, err)
		_, err = syscall.Write(fd, buffer)
		check("write", i, err)
		_, err = syscall.Pwrite(fd, buffer, 1)
		check("pwrite", i, err)
		check("fstat", i, syscall.Fstat(fd, new(syscall.Stat_t)))
		check("ftruncate", i, syscall.Ftruncate(fd, 4))
		check("fsync", i, syscall.Fsync(fd))
		check("fchmod", i, syscall.Fchmod(fd, 0o600))
		check("fchown", i, syscall.Fchown(fd, 0, 0))
	}
	for i := 1; i <= 2; i++ {
		another, err := syscall.Open("/f", syscall.O_RDONLY, 0)
		if check("open", i, err) {
			check("close", i, syscall.Close(another))
		}
	}
}

func onPaths() {
	for i := 1; i <= 2; i++ {
		name := func(stem string) string { return fmt.Sprintf("/%s%d", stem, i) }
		check("stat", i, syscall.Stat("/f", new(syscall.Stat_t)))
		check("lstat", i, syscall.Lstat("/s", new(syscall.Stat_t)))
		_, err := syscall.Readlink("/s", make([]byte, 9))
		check("readlink", i, err)
		check("mkdir", i, syscall.Mkdir(name("made"), 0o777))
		check("rmdir", i, syscall.Rmdir(name("empty")))
		check("unlink", i, syscall.Unlink(name("gone")))
		check("rename", i, syscall.Rename(name("from"), name("to")))
		check("link", i, syscall.Link("/f", name("hard")))
		check("symlink", i, syscall.Symlink("f", name("soft")))
		check("chmod", i, syscall.Chmod("/f", 0o600))
		check("chown", i, syscall.Chown("/f", 0, 0))
		check("lchown", i, syscall.Lchown("/s", 0, 0))
		check("utimes", i, syscall.UtimesNano("/f", make([]syscall.Timespec, 2)))
		check("truncate", i, syscall.Truncate("/f", 4))
	}
	for i := 1; i <= 2; i++ {
		_, err := syscall.Open("/empty3", syscall.O_RDONLY, 0)
		check("readdir", i, err)
	}
}

func main() {
	onFile()
	onPaths()
	fmt.Println("end")
}
