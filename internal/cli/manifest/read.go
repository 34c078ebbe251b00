// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"context"
	"errors"
	"io"
	"os"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/internal/cli/pipeline"
	"fangpin.io/fangpin/internal/cli/wording"
)

// mostFaults is how many documents with faults are named before reading stops.
const mostFaults = 20

// Source is where objects are read from.
type Source struct {
	Paths []string
	Stdin io.Reader
	Reading
	// Prepare, if there is one, makes of each object what Document.Prepared is to
	// hold. It is called on all processors at once.
	Prepare func(*Document, client.Object) ([]byte, error)
}

// Skipped counts documents of one foreign kind, which were passed over.
type Skipped struct {
	APIVersion, Kind string
	Documents        int
	First            Place
}

// Read hands on every object of the project's kinds, in order. Policy tests are
// passed over in silence, other kinds are counted. Documents with faults do not
// end it at once: the error names them all, up to a number.
func (s Source) Read(ctx context.Context, yield func(Document, client.Object) error) ([]Skipped, error) {
	files, err := Files(s.Paths)
	if err != nil {
		return nil, err
	}
	r := reading{yield: yield}
	err = pipeline.Ordered(ctx,
		func(next func(sourced) error) error {
			for _, file := range files {
				if err := s.split(file, next); err != nil {
					return err
				}
			}
			return nil
		},
		s.understand,
		r.take)
	if !errors.Is(err, errTooMany) {
		r.faults = append(r.faults, err)
	}
	return r.skipped, errors.Join(r.faults...)
}

// sourced is a document's text with the file that it stands in.
type sourced struct {
	Chunk
	file File
}

func (s Source) split(file File, next func(sourced) error) error {
	return Open(file, s.Stdin, func(c Chunk) error { return next(sourced{c, file}) })
}

// Open hands on the documents of a file, or of the standard input.
func Open(file File, stdin io.Reader, yield func(Chunk) error) error {
	if file.Path == Stdin {
		return Split("stdin", stdin, yield)
	}
	opened, err := os.Open(file.Path)
	if err != nil {
		return wording.Fault(wording.CannotRead, file.Path, err)
	}
	defer func() { _ = opened.Close() }() // only read
	return Split(file.Path, opened, yield)
}

// understood is what a chunk holds: documents with their objects.
type understood struct {
	entries []entry
	fault   error
}

type entry struct {
	document Document
	belongs  Belongs
	object   client.Object
	fault    error
}

func (s Source) understand(ctx context.Context, c sourced) understood {
	documents, err := Parse(c.Chunk)
	if err != nil {
		return understood{fault: err}
	}
	out := understood{entries: make([]entry, len(documents))}
	for i, d := range documents {
		e := entry{document: d}
		e.belongs, e.fault = d.Belongs()
		switch {
		case c.file.InFolder && d.APIVersion == "" && d.Kind == "":
			e.fault = nil // no manifest, as a values file
		case e.fault == nil && e.belongs == Resource:
			e.object, e.fault = s.Object(ctx, &e.document)
			if e.fault == nil && s.Prepare != nil {
				e.document.Prepared, e.fault = s.Prepare(&e.document, e.object)
			}
		}
		out.entries[i] = e
	}
	return out
}

var errTooMany = errors.New("too many faults")

// reading takes in what was understood, in order.
type reading struct {
	yield   func(Document, client.Object) error
	skipped []Skipped
	faults  []error
}

func (r *reading) take(u understood) error {
	if err := r.fault(u.fault); err != nil {
		return err
	}
	for _, e := range u.entries {
		var err error
		switch {
		case e.fault != nil:
			err = r.fault(e.fault)
		case e.belongs == Resource && len(r.faults) == 0:
			err = r.yield(e.document, e.object)
		case e.belongs == Foreign:
			r.skip(e.document)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fault keeps an error of the input, and ends the reading when there are many.
func (r *reading) fault(err error) error {
	if err == nil {
		return nil
	}
	r.faults = append(r.faults, err)
	if len(r.faults) < mostFaults {
		return nil
	}
	r.faults = append(r.faults, wording.Fault(wording.MoreFaults, mostFaults))
	return errTooMany
}

func (r *reading) skip(d Document) {
	for i := range r.skipped {
		if s := &r.skipped[i]; s.APIVersion == d.APIVersion && s.Kind == d.Kind {
			s.Documents++
			return
		}
	}
	r.skipped = append(r.skipped, Skipped{d.APIVersion, d.Kind, 1, d.Place})
}
