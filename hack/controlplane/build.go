// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// heartbeat is how often a long build says that it is alive.
const heartbeat = 15 * time.Second

// build compiles b under a temporary name and renames it when it is whole, so
// that an interrupted build leaves nothing that looks finished.
func build(ctx context.Context, b binary, folder string, p pins) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	unfinished := filepath.Join(folder, fmt.Sprintf(".%s.%d", b.name, os.Getpid()))
	defer func() { _ = os.Remove(unfinished) }()

	if err := compile(ctx, b, unfinished, p); err != nil {
		return err
	}
	// The old stamp goes first: between the two renames there must be no
	// moment at which an old stamp vouches for a new binary.
	if err := os.Remove(stampFile(folder, b)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Rename(unfinished, filepath.Join(folder, b.name)); err != nil {
		return err
	}
	return os.WriteFile(stampFile(folder, b), []byte(p.stamp(b)), 0o644)
}

func compile(ctx context.Context, b binary, output string, p pins) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-v", "-buildvcs=false", "-mod=readonly",
		"-ldflags", p.linkerFlags(b), "-o", output, b.mainPackage)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("starting go build: %w", err)
	}
	began := time.Now()
	progress := &progress{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		progress.read(stderr)
	}()
	report(done, func() {
		fmt.Printf("  %-14s %6s  %s\n", b.name, elapsed(time.Since(began)), progress)
	})
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			return errors.New("interrupted; what was compiled so far is kept in Go's build cache")
		}
		return fmt.Errorf("building %s %s: %w\n%s", b.name, p.version(b), err, progress.messages())
	}
	fmt.Printf("  %-14s %6s  done\n", b.name, elapsed(time.Since(began)))
	return nil
}

// report calls say at every heartbeat until done is closed.
func report(done <-chan struct{}, say func()) {
	ticker := time.NewTicker(heartbeat)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case <-ticker.C:
			say()
		}
	}
}

// progress counts what go build -v tells: a line for each module fetched, a
// line for each package compiled.
type progress struct {
	mutex    sync.Mutex
	modules  int
	packages int
	other    []string
}

func (p *progress) read(output io.Reader) {
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		p.add(lines.Text())
	}
	// A line too long to be scanned must not make the build wait for a reader.
	_, _ = io.Copy(io.Discard, output)
}

func (p *progress) add(line string) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	switch {
	case strings.HasPrefix(line, "go: downloading "):
		p.modules++
	case !strings.ContainsAny(line, " \t:#"):
		p.packages++
	default:
		p.other = append(p.other, line)
	}
}

// String says how far the build is.
func (p *progress) String() string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	switch {
	case p.packages == 0 && p.modules > 0:
		return fmt.Sprintf("fetching modules (%d so far)", p.modules)
	case p.packages == 0:
		return "looking into Go's build cache"
	}
	return fmt.Sprintf("%d packages compiled", p.packages)
}

// messages returns what the build said besides its progress.
func (p *progress) messages() string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return strings.Join(p.other, "\n")
}

// elapsed writes a duration as people do: 45s, 6m05s.
func elapsed(d time.Duration) string {
	seconds := int(d.Round(time.Second).Seconds())
	if seconds < 60 {
		return fmt.Sprintf("%ds", seconds)
	}
	return fmt.Sprintf("%dm%02ds", seconds/60, seconds%60)
}
