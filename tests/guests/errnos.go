// Errnos provokes the failures of file operations below the directory given
// as its argument, and prints the error of each.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

func report(what string, err error) {
	var errno syscall.Errno
	switch {
	case err == nil:
		fmt.Println(what+":", "no error")
	case errors.As(err, &errno):
		fmt.Printf("%s: errno %d, %v\n", what, int(errno), errno)
	default:
		fmt.Println(what+":", err)
	}
}

func open(path string, flags int) error {
	file, err := os.OpenFile(path, flags, 0o644)
	if err == nil {
		file.Close()
	}
	return err
}

func read(path string) error {
	_, err := os.ReadFile(path)
	return err
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: errnos DIRECTORY")
		os.Exit(64)
	}
	top := filepath.Join(os.Args[1], "errnos-guest")
	if err := os.Mkdir(top, 0o755); err != nil {
		// With no file system at all this is the only answer.
		report("mkdir", err)
		report("open", open(top, os.O_RDONLY))
		os.Exit(1)
	}
	defer os.RemoveAll(top)
	file := filepath.Join(top, "file")
	missing := filepath.Join(top, "missing")
	full := filepath.Join(top, "full")
	report("create", os.WriteFile(file, []byte("text"), 0o644))
	report("mkdir", os.MkdirAll(filepath.Join(full, "inner"), 0o755))

	err := open(missing, os.O_RDONLY)
	report("open a missing file", err)
	fmt.Println("is ErrNotExist:", errors.Is(err, fs.ErrNotExist))
	report("open in a missing directory", open(filepath.Join(missing, "x"), os.O_CREATE|os.O_WRONLY))
	report("open below a file", open(filepath.Join(file, "x"), os.O_RDONLY))
	err = open(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY)
	report("create what exists", err)
	fmt.Println("is ErrExist:", errors.Is(err, fs.ErrExist))
	report("open a directory to write", open(full, os.O_WRONLY))
	report("read a directory", read(full))
	report("open an empty name", open("", os.O_RDONLY))
	report("open a long name", open(filepath.Join(top, strings.Repeat("n", 300)), os.O_RDONLY))
	report("open a name with a NUL", open(file+"\x00", os.O_RDONLY))

	report("create a slash", open(missing+"/", os.O_CREATE|os.O_WRONLY))
	report("create a dot", open(missing+"/.", os.O_CREATE|os.O_WRONLY))
	report("create a slash in a missing directory", open(missing+"/x/", os.O_CREATE|os.O_WRONLY))
	report("create a slash after a file", open(file+"/", os.O_CREATE|os.O_RDONLY))
	report("create a slash after a directory", open(full+"/", os.O_CREATE|os.O_RDONLY))

	report("mkdir what exists", os.Mkdir(full, 0o755))
	report("mkdir a dot", syscall.Mkdir(full+"/.", 0o755))
	report("mkdir a missing dot", syscall.Mkdir(missing+"/.", 0o755))
	report("mkdir a dot after a file", syscall.Mkdir(file+"/.", 0o755))
	report("mkdir a slash after a file", syscall.Mkdir(file+"/", 0o755))
	report("mkdir dots", syscall.Mkdir(full+"/..", 0o755))
	report("rmdir a full directory", syscall.Rmdir(full))
	report("rmdir a file", syscall.Rmdir(file))
	report("unlink a missing file", syscall.Unlink(missing))
	report("list a file", func() error { _, err := os.ReadDir(file); return err }())
	report("list a missing directory", func() error { _, err := os.ReadDir(missing); return err }())
	report("rename a missing file", os.Rename(missing, file))
	report("rename a directory into itself", syscall.Rename(full, filepath.Join(full, "inner", "x")))
	report("rename to a dot", syscall.Rename(full, filepath.Join(top, "x")+"/."))
	report("rename from a dot", syscall.Rename(full+"/.", missing))
	report("rename from dots", syscall.Rename(full+"/inner/..", missing))
	report("rmdir a dot", syscall.Rmdir(full+"/inner/."))
	report("rmdir dots", syscall.Rmdir(full+"/inner/.."))
	report("readlink of a file", func() error { _, err := os.Readlink(file); return err }())
	report("chdir to a file", os.Chdir(file))
	report("chmod a missing file", os.Chmod(missing, 0o600))
	report("truncate a missing file", os.Truncate(missing, 1))

	loop := filepath.Join(top, "loop")
	report("symlink", os.Symlink("loop", loop))
	report("open a loop of links", open(loop, os.O_RDONLY))
	report("symlink over what exists", os.Symlink("x", loop))

	buffer := make([]byte, 1)
	_, err = syscall.Read(99, buffer)
	report("read a bad descriptor", err)
	_, err = syscall.Write(99, buffer)
	report("write a bad descriptor", err)
	report("close a bad descriptor", syscall.Close(99))
	readOnly, err := os.Open(file)
	report("open", err)
	_, err = readOnly.Write(buffer)
	report("write what is open to read", err)
	report("close", readOnly.Close())

	_, err = os.StartProcess("/bin/true", []string{"true"}, &os.ProcAttr{})
	fmt.Println("start a process fails:", err != nil)
}
