// SPDX-License-Identifier: Apache-2.0

// Package archtest keeps the project's shape: which package may know which, and
// that the judgment of a family depends on nothing but facts, plans and the day.
// Its checks run as this package's tests.
package archtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
)

// Module is the path of the module whose packages are checked.
const Module = "fangpin.io/fangpin"

// Package is one package of the module as `go list` sees it.
type Package struct {
	// Path is the import path without the module's, such as internal/civil.
	Path string
	// Imports and TestImports are import paths; those of the module are
	// shortened in the same way as Path.
	Imports, TestImports []string
	// Files are the paths of the Go files other than tests.
	Files []string
}

// Violation is one breach of a rule.
type Violation struct {
	Where string // a package, or a position in a file
	What  string // what is wrong, and what would be right
}

func (v Violation) String() string {
	return v.Where + ": " + v.What
}

// listed is the part of `go list -json` that is of use here.
type listed struct {
	Dir          string
	ImportPath   string
	GoFiles      []string
	IgnoredFiles []string `json:"IgnoredGoFiles"`
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// List returns the packages of the module that root belongs to. Modules below
// it, such as hack/tools, are not part of it.
func List(root string) ([]Package, error) {
	cmd := exec.Command("go", "list", "-e",
		"-json=Dir,ImportPath,GoFiles,IgnoredGoFiles,Imports,TestImports,XTestImports", Module+"/...")
	cmd.Dir = root
	output, err := cmd.Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			return nil, fmt.Errorf("listing the packages of %s: %w\n%s", Module, err, failed.Stderr)
		}
		return nil, fmt.Errorf("listing the packages of %s: %w", Module, err)
	}
	return decode(output)
}

func decode(output []byte) ([]Package, error) {
	var packages []Package
	for decoder := json.NewDecoder(bytes.NewReader(output)); ; {
		var one listed
		err := decoder.Decode(&one)
		if errors.Is(err, io.EOF) {
			return packages, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading the output of go list: %w", err)
		}
		p := Package{
			Path:        short(one.ImportPath),
			Imports:     shortAll(one.Imports),
			TestImports: shortAll(append(one.TestImports, one.XTestImports...)),
		}
		// Files for other systems are read too: a rule holds on all of them.
		for _, file := range append(one.GoFiles, one.IgnoredFiles...) {
			if !strings.HasSuffix(file, "_test.go") {
				p.Files = append(p.Files, filepath.Join(one.Dir, file))
			}
		}
		packages = append(packages, p)
	}
}

// short turns fangpin.io/fangpin/internal/civil into internal/civil.
func short(path string) string {
	if rest, ok := strings.CutPrefix(path, Module+"/"); ok {
		return rest
	}
	return path
}

func shortAll(paths []string) []string {
	var all []string
	for _, path := range paths {
		all = append(all, short(path))
	}
	return all
}

// within says whether path is the folder or below it.
func within(path string, folders ...string) bool {
	for _, folder := range folders {
		if path == folder || strings.HasPrefix(path, folder+"/") {
			return true
		}
	}
	return false
}
