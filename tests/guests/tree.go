// Tree appends to the files of the directory given first what they are called,
// as the other arguments name them, and prints all there is, with contents.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

func main() {
	top := os.Args[1]
	for _, name := range os.Args[2:] {
		file, err := os.OpenFile(filepath.Join(top, name), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
		if err == nil {
			_, err = file.WriteString(name)
		}
		if err == nil {
			err = file.Close()
		}
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	}
	err := fs.WalkDir(os.DirFS(top), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == "." {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		fmt.Print(path, " ", info.Mode())
		if info.Mode().IsRegular() {
			text, err := os.ReadFile(filepath.Join(top, path))
			if err != nil {
				return err
			}
			fmt.Print(" ", string(text))
		}
		fmt.Println()
		return nil
	})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
