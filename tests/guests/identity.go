// Identity says who the program is, and what that means in the directory given
// as its argument.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

func main() {
	fmt.Printf("user %d %d, group %d %d\n", os.Getuid(), os.Geteuid(), os.Getgid(), os.Getegid())
	path := filepath.Join(os.Args[1], "identity-guest")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	defer os.Remove(path)
	info, err := os.Stat(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	stat := info.Sys().(*syscall.Stat_t)
	fmt.Println("file of", stat.Uid, stat.Gid)
	err = os.Chown(path, 12345, 12345)
	if errors.Is(err, syscall.EPERM) {
		fmt.Println("given away: operation not permitted")
	} else {
		fmt.Println("given away:", err)
	}
}
