// SPDX-License-Identifier: Apache-2.0

package terminal

import (
	"io"
	"os"

	"golang.org/x/term"
)

// Colour is how a word is to stand out. The zero value is no colour.
type Colour string

// The colours that a tier may have (spec.tiers[].colour), and two for answers.
const (
	NoColour Colour = ""
	Red      Colour = "red"
	Orange   Colour = "orange"
	Yellow   Colour = "yellow"
	Blue     Colour = "blue"
	Green    Colour = "green"
	Grey     Colour = "grey"
	Bold     Colour = "bold"
)

// codes are Select Graphic Rendition parameters; orange is of the 256 colours.
var codes = map[Colour]string{
	Red:    "31",
	Orange: "38;5;208",
	Yellow: "33",
	Blue:   "34",
	Green:  "32",
	Grey:   "90",
	Bold:   "1",
}

// Painter colours words, or leaves them alone where colours are not wanted.
type Painter struct{ on bool }

// NewPainter returns a painter for a stream. It paints only on a terminal, and
// not where NO_COLOR is set to anything or TERM is dumb.
func NewPainter(out io.Writer, env func(string) string) Painter {
	file, isFile := out.(*os.File)
	if !isFile || env("NO_COLOR") != "" || env("TERM") == "dumb" {
		return Painter{}
	}
	return Painter{on: term.IsTerminal(int(file.Fd()))}
}

// Painting returns a painter that always paints.
func Painting() Painter { return Painter{on: true} }

// Paint returns the text in a colour.
func (p Painter) Paint(c Colour, text string) string {
	code, known := codes[c]
	if !p.on || !known || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}
