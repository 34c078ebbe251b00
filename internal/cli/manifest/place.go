// SPDX-License-Identifier: Apache-2.0

// Package manifest reads the objects of the project from files, folders and
// streams, as strictly as the API server would, and says of each where it
// stands.
package manifest

import (
	"strconv"
	"strings"
)

// Place is where a document stands, for errors.
type Place struct {
	File     string // as given, or "stdin"
	Line     int    // first line of the document, from 1; 0: not known
	Document int    // number of the document in its file, from 1; 0: not from a file
	Item     int    // number of the object in a list, from 1; 0: not in a list
	Within   string // the part of the document, such as a test's case; "": the whole
}

// String writes the place as file:line (document N, item M).
func (p Place) String() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
	}
	var details []string
	if p.Document > 0 {
		details = append(details, "document "+strconv.Itoa(p.Document))
	}
	if p.Item > 0 {
		details = append(details, "item "+strconv.Itoa(p.Item))
	}
	if p.Within != "" {
		details = append(details, p.Within)
	}
	if len(details) > 0 {
		s += " (" + strings.Join(details, ", ") + ")"
	}
	return s
}
