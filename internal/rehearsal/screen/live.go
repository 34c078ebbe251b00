// SPDX-License-Identifier: Apache-2.0

package screen

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// Control sequences of ANSI terminals (ECMA-48, and xterm's alternate screen).
const (
	enter     = "\x1b[?1049h\x1b[?25l" // the alternate screen, without a cursor
	leave     = "\x1b[?25h\x1b[?1049l"
	home      = "\x1b[H"
	endOfLine = "\x1b[K"
	below     = "\x1b[J"
)

// Terminal is a terminal that shows one screen, drawn again and again. What
// stood there before comes back when it is left.
type Terminal struct {
	file *os.File

	mu      sync.Mutex
	entered bool
}

// OpenTerminal returns the terminal of a file, and false if the file is none
// that can be drawn on.
func OpenTerminal(file *os.File, env func(string) string) (*Terminal, bool) {
	if !term.IsTerminal(int(file.Fd())) || env("TERM") == "dumb" || env("TERM") == "" {
		return nil, false
	}
	return &Terminal{file: file}, true
}

// defaultSize is what is drawn where a terminal does not say its size.
var defaultSize = Size{Width: 80, Height: 24}

// Size is the terminal's size by now: people resize windows.
func (t *Terminal) Size() Size {
	width, height, err := term.GetSize(int(t.file.Fd()))
	if err != nil || width <= 0 || height <= 0 {
		return defaultSize
	}
	return Size{width, height}
}

// Draw replaces what the screen shows.
func (t *Terminal) Draw(lines []string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	if !t.entered {
		b.WriteString(enter)
		t.entered = true
	}
	frame(&b, lines)
	_, err := io.WriteString(t.file, b.String())
	return err
}

// frame writes lines from the top of the screen, and clears what is left of the
// frame before: nothing flickers, since nothing is cleared first.
func frame(b *strings.Builder, lines []string) {
	b.WriteString(home)
	for i, l := range lines {
		if i > 0 {
			b.WriteString("\r\n")
		}
		b.WriteString(l)
		b.WriteString(endOfLine)
	}
	b.WriteString(below)
}

// Leave gives the terminal back. It may be called more than once.
func (t *Terminal) Leave() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.entered {
		t.entered = false
		_, _ = fmt.Fprint(t.file, leave)
	}
}
