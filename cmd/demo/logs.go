// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"sync"

	"github.com/go-logr/logr"
	"github.com/go-logr/logr/funcr"
	"k8s.io/klog/v2"
	ctrl "sigs.k8s.io/controller-runtime"
)

// keptLines is how many errors are kept, to be shown if the demo fails.
const keptLines = 8

// information is how the lines begin that report no error.
const information = `"level"=`

// tail keeps the last errors that the manager logs: they would spoil the screen.
type tail struct {
	mu    sync.Mutex
	lines []string
}

func (t *tail) write(prefix, args string) {
	if strings.HasPrefix(args, information) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = append(t.lines, strings.TrimSpace(prefix+" "+args))
	t.lines = t.lines[max(len(t.lines)-keptLines, 0):]
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.lines, "\n")
}

// logger returns a logger that writes into the tail, and has the libraries use
// it too.
func (t *tail) logger() logr.Logger {
	logger := funcr.New(t.write, funcr.Options{})
	ctrl.SetLogger(logger)
	klog.SetLogger(logger)
	return logger
}
