// SPDX-License-Identifier: Apache-2.0

// Command controlplane builds the local control plane, kube-apiserver, etcd and
// kubectl, from the modules that this module pins. The demo, the tests and the
// benchmarks run on it.
//
//	go run . [-out DIR]
//
// The binaries go to DIR/<kubernetes version>-<os>-<arch>. A binary that is
// there and was built from the same pins is not built again. kubectl is built
// only where PATH has none. Where KUBEBUILDER_ASSETS names a folder, that
// folder is used and nothing is built.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// assetsVariable is the variable by which the Kubernetes testing tools agree on
// where the control plane's binaries are.
const assetsVariable = "KUBEBUILDER_ASSETS"

// binary is one program of the control plane.
type binary struct {
	name        string // file name in the output folder
	mainPackage string // import path of the main package
	module      string // module whose pinned version is the program's version
}

var (
	etcd      = binary{"etcd", "go.etcd.io/etcd/server/v3", "go.etcd.io/etcd/server/v3"}
	apiServer = binary{"kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver", "k8s.io/kubernetes"}
	kubectl   = binary{"kubectl", "k8s.io/kubernetes/cmd/kubectl", "k8s.io/kubernetes"}
)

func main() {
	out := flag.String("out", filepath.Join("..", "..", "bin", "k8s"), "folder that receives a folder per version")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *out); err != nil {
		fmt.Fprintln(os.Stderr, "control plane:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out string) error {
	if given := os.Getenv(assetsVariable); given != "" {
		return useGiven(given)
	}
	pins, err := readPins(".")
	if err != nil {
		return err
	}
	folder, err := filepath.Abs(filepath.Join(out, pins.folder()))
	if err != nil {
		return err
	}
	wanted := []binary{etcd, apiServer}
	if _, err := exec.LookPath(kubectl.name); errors.Is(err, exec.ErrNotFound) {
		wanted = append(wanted, kubectl)
	}
	missing := missingFrom(folder, wanted, pins)
	if len(missing) == 0 {
		fmt.Printf("Control plane: kube-apiserver %s and etcd %s are in bin/k8s/%s.\n",
			pins.version(apiServer), pins.version(etcd), pins.folder())
		return nil
	}
	announce(missing, pins)
	began := time.Now()
	for _, b := range missing {
		if err := build(ctx, b, folder, pins); err != nil {
			return err
		}
	}
	fmt.Printf("Control plane: built in %s.\n", elapsed(time.Since(began)))
	return nil
}

// useGiven checks that a folder given by the environment has what is needed.
func useGiven(folder string) error {
	for _, b := range []binary{etcd, apiServer} {
		if info, err := os.Stat(filepath.Join(folder, b.name)); err != nil || info.IsDir() {
			return fmt.Errorf("%s is %s, but there is no %s in that folder: "+
				"put one there, or unset %s to build the pinned one",
				assetsVariable, folder, b.name, assetsVariable)
		}
	}
	fmt.Printf("Control plane: %s is set, using the binaries in %s.\n", assetsVariable, folder)
	return nil
}

// announce says before anything long begins what will be built and how long
// that takes.
func announce(missing []binary, pins pins) {
	var names []string
	for _, b := range missing {
		names = append(names, b.name+" "+pins.version(b))
	}
	fmt.Printf(`Control plane: building %s from pinned Go modules
into bin/k8s/%s. The first build downloads about 100 MB of modules,
needs about 3 GB of memory and 3 GB of disk for Go's caches, and takes 5 to 10
minutes on two cores (this machine has %d); afterwards it is skipped.
`, strings.Join(names, ", "), pins.folder(), runtime.NumCPU())
}
