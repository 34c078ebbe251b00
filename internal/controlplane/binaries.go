// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
)

// assetsVariable is the variable by which the Kubernetes testing tools agree on
// where the control plane's binaries are.
const assetsVariable = "KUBEBUILDER_ASSETS"

// Binaries are the paths of the control plane's programs.
type Binaries struct {
	APIServer, Etcd string
}

// MissingBinaryError says that a program of the control plane was not found,
// and how to get it.
type MissingBinaryError struct {
	Name   string // such as kube-apiserver
	Folder string // where it was looked for
}

func (e MissingBinaryError) Error() string {
	return fmt.Sprintf("there is no %s in %s: run `make control-plane` in the repository, "+
		"or let %s name a folder that has kube-apiserver and etcd", e.Name, e.Folder, assetsVariable)
}

// FindBinaries looks in the folder that KUBEBUILDER_ASSETS names or, if that is
// not set, in the folder of the repository where `make control-plane` puts
// them.
func FindBinaries() (Binaries, error) {
	folder, err := binariesFolder()
	if err != nil {
		return Binaries{}, err
	}
	found := Binaries{
		APIServer: filepath.Join(folder, "kube-apiserver"),
		Etcd:      filepath.Join(folder, "etcd"),
	}
	for _, path := range []string{found.APIServer, found.Etcd} {
		if !isFile(path) {
			return Binaries{}, MissingBinaryError{Name: filepath.Base(path), Folder: folder}
		}
	}
	return found, nil
}

// FindKubectl returns a kubectl: the one in KUBEBUILDER_ASSETS, else the
// machine's own, else the one that `make control-plane` built.
func FindKubectl() (string, error) {
	if given := os.Getenv(assetsVariable); given != "" {
		if path := filepath.Join(given, "kubectl"); isFile(path) {
			return path, nil
		}
	}
	if path, err := exec.LookPath("kubectl"); err == nil {
		return path, nil
	}
	folder, err := binariesFolder()
	if err != nil {
		return "", err
	}
	path := filepath.Join(folder, "kubectl")
	if !isFile(path) {
		return "", MissingBinaryError{Name: "kubectl", Folder: folder + " or on PATH"}
	}
	return path, nil
}

func binariesFolder() (string, error) {
	if given := os.Getenv(assetsVariable); given != "" {
		return given, nil
	}
	root, err := RepositoryRoot()
	if err != nil {
		return "", err
	}
	version, err := pinnedVersion(filepath.Join(root, "hack", "controlplane", "go.mod"))
	if err != nil {
		return "", err
	}
	return filepath.Join(root, "bin", "k8s",
		fmt.Sprintf("%s-%s-%s", version, runtime.GOOS, runtime.GOARCH)), nil
}

var kubernetesRequirement = regexp.MustCompile(`(?m)^\s+k8s\.io/kubernetes v(\S+)`)

// pinnedVersion reads the version of Kubernetes from the module that builds the
// binaries, the one place that fixes it.
func pinnedVersion(goMod string) (string, error) {
	content, err := os.ReadFile(goMod)
	if err != nil {
		return "", fmt.Errorf("reading the pinned version of Kubernetes: %w", err)
	}
	match := kubernetesRequirement.FindSubmatch(content)
	if match == nil {
		return "", fmt.Errorf("%s does not require k8s.io/kubernetes, so there is no pinned version", goMod)
	}
	return string(match[1]), nil
}

var moduleLine = regexp.MustCompile(`(?m)^module fangpin\.io/fangpin\s*$`)

// RepositoryRoot returns the folder of this module: the nearest one above the
// working folder or, for an installed program such as bin/demo, above the
// program.
func RepositoryRoot() (string, error) {
	var starts []string
	if working, err := os.Getwd(); err == nil {
		starts = append(starts, working)
	}
	if program, err := os.Executable(); err == nil {
		starts = append(starts, filepath.Dir(program))
	}
	for _, folder := range starts {
		for ; ; folder = filepath.Dir(folder) {
			content, err := os.ReadFile(filepath.Join(folder, "go.mod"))
			if err == nil && moduleLine.Match(content) {
				return folder, nil
			}
			if folder == filepath.Dir(folder) {
				break
			}
		}
	}
	return "", fmt.Errorf("neither %v nor a folder above has the go.mod of fangpin.io/fangpin: "+
		"run this inside the repository, or set %s to a folder with kube-apiserver and etcd", starts, assetsVariable)
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
