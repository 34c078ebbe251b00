// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fangpin.io/fangpin/internal/cli/wording"
)

// Stdin is the path that stands for the standard input.
const Stdin = "-"

// File is one file to read.
type File struct {
	Path     string
	InFolder bool // found in a folder, not named
}

// Files returns the files behind paths: a file itself, of a folder every .yaml,
// .yml and .json file at any depth in alphabetical order, - for the standard
// input. A file that is reached twice is returned once.
func Files(paths []string) ([]File, error) {
	found := &fileList{seen: map[string]bool{}}
	var faults []error
	for _, path := range paths {
		if err := found.add(path); err != nil {
			faults = append(faults, err)
		}
	}
	return found.files, errors.Join(faults...)
}

type fileList struct {
	files []File
	seen  map[string]bool
}

func (l *fileList) add(path string) error {
	if path == Stdin {
		l.note(path, false)
		return nil
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return wording.Fault(wording.NoSuchFile, path)
	case err != nil:
		return wording.Fault(wording.CannotRead, path, err)
	case !info.IsDir():
		l.note(path, false)
		return nil
	}
	before := len(l.files)
	if err := l.addFolder(path); err != nil {
		return err
	}
	if len(l.files) == before && !l.seenIn(path) {
		return wording.Fault(wording.EmptyFolder, path)
	}
	return nil
}

func (l *fileList) addFolder(folder string) error {
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return wording.Fault(wording.CannotRead, path, err)
		}
		switch filepath.Ext(path) {
		case ".yaml", ".yml", ".json":
			if !entry.IsDir() {
				l.note(path, true)
			}
		}
		return nil
	})
}

func (l *fileList) note(path string, inFolder bool) {
	key := path
	if path != Stdin {
		key = absolute(path)
	}
	if !l.seen[key] {
		l.seen[key] = true
		l.files = append(l.files, File{path, inFolder})
	}
}

// seenIn says whether a file in the folder is listed already.
func (l *fileList) seenIn(folder string) bool {
	within := absolute(folder) + string(filepath.Separator)
	for path := range l.seen {
		if strings.HasPrefix(path, within) {
			return true
		}
	}
	return false
}

// absolute falls back to the path as given where the working folder is gone.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}
