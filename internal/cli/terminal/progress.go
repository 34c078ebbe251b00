// SPDX-License-Identifier: Apache-2.0

package terminal

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// Progress keeps one line of a terminal up to date. It says nothing on anything
// that is no terminal. It is for one goroutine at a time.
type Progress struct {
	out   io.Writer // nil: silent
	next  time.Time
	shown bool
}

// progressInterval is how often the line changes at most.
const progressInterval = 200 * time.Millisecond

// NewProgress returns a progress line on a stream.
func NewProgress(out io.Writer, env func(string) string) *Progress {
	file, isFile := out.(*os.File)
	if !isFile || env("TERM") == "dumb" || !term.IsTerminal(int(file.Fd())) {
		return &Progress{}
	}
	return &Progress{out: out}
}

// Show replaces the line, at most five times a second. The text is asked for only
// if it is shown.
func (p *Progress) Show(text func() string) {
	if p.out == nil {
		return
	}
	now := time.Now()
	if now.Before(p.next) {
		return
	}
	p.next, p.shown = now.Add(progressInterval), true
	_, _ = fmt.Fprint(p.out, "\r\x1b[K"+Line(text())) // whether it is seen does not matter
}

// End takes the line away.
func (p *Progress) End() {
	if p.shown {
		_, _ = fmt.Fprint(p.out, "\r\x1b[K")
		p.shown = false
	}
}
