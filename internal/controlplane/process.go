// SPDX-License-Identifier: Apache-2.0

package controlplane

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
)

// errPortTaken marks a start that lost its port to another process.
var errPortTaken = errors.New("the port was taken meanwhile")

// process is a server that this process started.
type process struct {
	name    string
	address string // the URL that clients use
	logFile string
	pid     int
	exited  chan struct{} // closed when the server has ended and was waited for
}

// startProcess starts a server in a process group of its own, so that a Ctrl-C
// meant for us does not reach it first, and bound to our life (endWithParent).
func startProcess(path string, args []string, address, folder string) (*process, error) {
	name := filepath.Base(path)
	p := &process{
		name:    name,
		address: address,
		logFile: filepath.Join(folder, name+".log"),
		exited:  make(chan struct{}),
	}
	output, err := os.Create(p.logFile)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, args...)
	cmd.Dir = folder
	cmd.Stdout, cmd.Stderr = output, output
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	endWithParent(cmd.SysProcAttr)

	started := make(chan error)
	go func() {
		// The kernel ties the child's life to the thread that started it, and
		// Go ends threads as it likes: this one is kept until the child ends.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer func() { _ = output.Close() }()
		err := cmd.Start()
		started <- err
		if err != nil {
			return
		}
		_ = cmd.Wait()
		close(p.exited)
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	p.pid = cmd.Process.Pid
	return p, nil
}

// kill ends the server's process group and waits until it is gone.
func (p *process) kill() {
	select {
	case <-p.exited:
		return // its number may belong to somebody else by now
	default:
	}
	_ = syscall.Kill(-p.pid, syscall.SIGKILL)
	<-p.exited
}

// waitUntil polls ready until it holds, the server ends, or ctx does.
func (p *process) waitUntil(ctx context.Context, ready func(context.Context) error) error {
	var last error
	err := wait.PollUntilContextCancel(ctx, 100*time.Millisecond, true, func(ctx context.Context) (bool, error) {
		select {
		case <-p.exited:
			return false, p.ended()
		default:
		}
		last = ready(ctx)
		return last == nil, nil
	})
	if wait.Interrupted(err) {
		return fmt.Errorf("%s did not become ready in time (%v); its last lines:\n%s", p.name, last, p.lastLines())
	}
	return err
}

// ended describes a server that ended by itself.
func (p *process) ended() error {
	lines := p.lastLines()
	if strings.Contains(lines, "address already in use") {
		return fmt.Errorf("%s: %w", p.name, errPortTaken)
	}
	return fmt.Errorf("%s ended while starting; its last lines:\n%s", p.name, lines)
}

// lastLines returns the end of the server's log.
func (p *process) lastLines() string {
	content, err := os.ReadFile(p.logFile)
	if err != nil {
		return fmt.Sprintf("(no log: %v)", err)
	}
	lines := strings.Split(strings.TrimRight(string(content), "\n"), "\n")
	return strings.Join(lines[max(0, len(lines)-20):], "\n")
}

// freePort returns a loopback port that nobody listened on a moment ago.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("looking for a free port: %w", err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port, nil
}
