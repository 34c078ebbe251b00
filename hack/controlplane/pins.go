// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// pins is what go.mod and go.sum fix.
type pins struct {
	versions map[string]string // module path to version, such as v1.36.3
	digest   string            // changes whenever any pin changes
}

var requirement = regexp.MustCompile(`(?m)^\s+(\S+) (v\S+)`)

// readPins reads go.mod and go.sum in the given folder.
func readPins(folder string) (pins, error) {
	mod, err := os.ReadFile(filepath.Join(folder, "go.mod"))
	if err != nil {
		return pins{}, fmt.Errorf("reading the pinned versions (run this from hack/controlplane): %w", err)
	}
	sum, err := os.ReadFile(filepath.Join(folder, "go.sum"))
	if err != nil {
		return pins{}, fmt.Errorf("reading the pinned checksums: %w", err)
	}
	digest := sha256.Sum256(append(mod, sum...))
	p := pins{versions: map[string]string{}, digest: hex.EncodeToString(digest[:8])}
	for _, match := range requirement.FindAllStringSubmatch(string(mod), -1) {
		p.versions[match[1]] = match[2]
	}
	for _, b := range []binary{etcd, apiServer, kubectl} {
		if p.versions[b.module] == "" {
			return pins{}, fmt.Errorf("go.mod in %s does not require %s, so there is no version of %s to build",
				folder, b.module, b.name)
		}
	}
	return p, nil
}

func (p pins) version(b binary) string {
	return strings.TrimPrefix(p.versions[b.module], "v")
}

// folder is the name of the folder for this version and machine.
func (p pins) folder() string {
	return fmt.Sprintf("%s-%s-%s", p.version(apiServer), runtime.GOOS, runtime.GOARCH)
}

// stamp is the line that a finished build of b leaves beside it.
func (p pins) stamp(b binary) string {
	return fmt.Sprintf("%s %s %s\n", b.name, p.versions[b.module], p.digest)
}

func stampFile(folder string, b binary) string {
	return filepath.Join(folder, b.name+".stamp")
}

// missingFrom returns the binaries that are not in folder, or were built from
// other pins.
func missingFrom(folder string, wanted []binary, p pins) []binary {
	var missing []binary
	for _, b := range wanted {
		stamp, err := os.ReadFile(stampFile(folder, b))
		info, errBinary := os.Stat(filepath.Join(folder, b.name))
		if err != nil || errBinary != nil || info.IsDir() || string(stamp) != p.stamp(b) {
			missing = append(missing, b)
		}
	}
	return missing
}

// linkerFlags strips the debugging data and writes the version into the
// program, without which kubectl cannot compare itself with the server.
func (p pins) linkerFlags(b binary) string {
	flags := []string{"-s", "-w"}
	if b.module != apiServer.module {
		return strings.Join(flags, " ")
	}
	numbers := strings.SplitN(p.version(b), ".", 3)
	for _, target := range []string{"k8s.io/component-base/version", "k8s.io/client-go/pkg/version"} {
		for _, set := range [][2]string{
			{"gitVersion", p.versions[b.module]},
			{"gitMajor", numbers[0]},
			{"gitMinor", numbers[1]},
			{"gitTreeState", "clean"},
			// A module carries no commit; what it was built from is its version.
			{"gitCommit", p.versions[b.module]},
		} {
			flags = append(flags, "-X", fmt.Sprintf("%s.%s=%s", target, set[0], set[1]))
		}
	}
	return strings.Join(flags, " ")
}
