// SPDX-License-Identifier: Apache-2.0

// Package controlplane runs a real kube-apiserver with its etcd on loopback,
// for the demo, the tests and the benchmarks. There is no kubelet, scheduler or
// controller manager: objects are stored, validated, watched and authorized as
// in any cluster, but nothing runs, and a deleted namespace never finishes
// terminating.
//
// Whatever happens to the calling process, the servers end with it (on Linux
// even when it is killed), and the folder with their data and keys is removed:
// at Stop, or by the next control plane that starts on the machine.
package controlplane

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/rest"
)

// defaultStartTimeout is generous: on a busy machine of two cores the API
// server has been seen to take half a minute.
const defaultStartTimeout = 3 * time.Minute

// Options say how a control plane is started. The zero value is a good choice
// for tests.
type Options struct {
	// CRDs are folders with CustomResourceDefinitions to install, as
	// InstallCRDs does, before Start returns.
	CRDs []string
	// EtcdArgs and APIServerArgs are appended to the command lines, such as
	// "--watch-cache-sizes=households.fangpin.io#0". A flag given here wins
	// over the package's own.
	EtcdArgs, APIServerArgs []string
	// SyncToDisk makes etcd wait for the disk at every commit, as it does in
	// production. Without it writes are only in the system's memory, which is
	// all that data that is thrown away needs.
	SyncToDisk bool
	// Log receives a line for each step of the start. Nil is silent.
	Log io.Writer
	// StartTimeout bounds the whole start; 0 means three minutes.
	StartTimeout time.Duration
}

// ControlPlane is a running API server and etcd. Its methods may be called from
// several goroutines.
type ControlPlane struct {
	folder    *folder
	authority *authority
	endpoint  string // https://127.0.0.1:port
	admin     *rest.Config
	etcd      *process
	apiServer *process

	stopping sync.Once
	done     chan struct{}
}

// Start starts etcd and the API server on free loopback ports and returns when
// the API server is ready and the CRDs are established. Cancelling ctx stops
// the control plane, also after Start has returned.
//
// An error from a server that did not come up carries the end of its log. If
// the binaries are missing, the error is a MissingBinaryError.
func Start(ctx context.Context, options Options) (*ControlPlane, error) {
	binaries, err := FindBinaries()
	if err != nil {
		return nil, err
	}
	timeout := options.StartTimeout
	if timeout == 0 {
		timeout = defaultStartTimeout
	}
	starting, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	// A free port can be taken by somebody else between being found and being
	// bound, so a start that fails for that reason is made again.
	for attempt := 1; ; attempt++ {
		cp, err := start(starting, binaries, options)
		if err == nil {
			context.AfterFunc(ctx, cp.Stop)
			return cp, nil
		}
		if attempt == 5 || !errors.Is(err, errPortTaken) {
			return nil, err
		}
	}
}

func start(ctx context.Context, binaries Binaries, options Options) (_ *ControlPlane, err error) {
	say := func(format string, args ...any) {
		if options.Log != nil {
			fmt.Fprintf(options.Log, format+"\n", args...)
		}
	}
	cp := &ControlPlane{done: make(chan struct{})}
	defer func() {
		if err != nil {
			cp.Stop()
		}
	}()
	if cp.folder, err = newFolder(); err != nil {
		return nil, err
	}
	if cp.authority, err = newAuthority(cp.folder.path); err != nil {
		return nil, err
	}
	say("Starting etcd.")
	storage, err := cp.startEtcd(ctx, binaries.Etcd, options)
	if err != nil {
		return nil, err
	}
	say("Starting kube-apiserver.")
	if err := cp.startAPIServer(ctx, binaries.APIServer, storage, options); err != nil {
		return nil, err
	}
	if len(options.CRDs) > 0 {
		say("Installing the custom resource definitions.")
		if err := cp.InstallCRDs(ctx, options.CRDs...); err != nil {
			return nil, err
		}
	}
	go cp.stopWhenAServerEnds()
	say("The API server is ready at %s.", cp.endpoint)
	return cp, nil
}

// stopWhenAServerEnds keeps half a control plane from being taken for a whole
// one.
func (cp *ControlPlane) stopWhenAServerEnds() {
	select {
	case <-cp.etcd.exited:
	case <-cp.apiServer.exited:
	}
	cp.Stop()
}

// Stop ends both servers and removes their folder. It may be called more than
// once; each call returns when everything is gone.
func (cp *ControlPlane) Stop() {
	cp.stopping.Do(func() {
		// Nothing of the data is kept, so the servers need no time to save it.
		for _, server := range []*process{cp.apiServer, cp.etcd} {
			if server != nil {
				server.kill()
			}
		}
		if cp.folder != nil {
			cp.folder.remove()
		}
		close(cp.done)
	})
}

// Done is closed when the control plane has stopped, whether by Stop, by the
// context of Start, or because a server ended by itself.
func (cp *ControlPlane) Done() <-chan struct{} {
	return cp.done
}

// Config returns a client configuration for the administrator, a member of
// system:masters: every request is allowed, and client-go does not limit its
// rate. The caller owns the copy.
//
// Whoever measures or tests authorization should use AddUser instead:
// system:masters is outside of RBAC and of priority and fairness.
func (cp *ControlPlane) Config() *rest.Config {
	return rest.CopyConfig(cp.admin)
}

// Kubeconfig returns the path of a kubeconfig file of the administrator, such
// as kubectl --kubeconfig takes. It lives as long as the control plane.
func (cp *ControlPlane) Kubeconfig() string {
	return filepath.Join(cp.folder.path, "admin.kubeconfig")
}

// APIServerPID returns the process id of kube-apiserver, for reading its CPU
// time and memory.
func (cp *ControlPlane) APIServerPID() int {
	return cp.apiServer.pid
}

// EtcdPID returns the process id of etcd.
func (cp *ControlPlane) EtcdPID() int {
	return cp.etcd.pid
}

// EtcdEndpoint returns etcd's client address without the scheme, for those who
// measure what is stored or load it in bulk.
func (cp *ControlPlane) EtcdEndpoint() string {
	return strings.TrimPrefix(cp.etcd.address, "http://")
}

// Folder returns the folder with the servers' logs (etcd.log and
// kube-apiserver.log), data and keys. It lives as long as the control plane.
func (cp *ControlPlane) Folder() string {
	return cp.folder.path
}

// writeFile writes a file that only the current user may read.
func writeFile(content []byte, path ...string) error {
	return os.WriteFile(filepath.Join(path...), content, 0o600)
}
