// SPDX-License-Identifier: Apache-2.0

// Package story is what happens in the rehearsal beside the town's year, day by
// day: leads, reviews with their records, an elimination. It is told in the files
// of the folder chapters, in the objects and patches that people write and the
// statuses that must follow, so that a reader of the story needs no Go.
//
// The package is pure: it reads only what is built into it. To write an event
// through the API, and to see whether what should follow does, is the rehearsal's.
package story

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/wording"
)

//go:embed chapters/*.yaml
var files embed.FS

// Story is everything that happens, and where.
type Story struct {
	// Places are the jurisdictions of the second township, parents first, and
	// Families are its households as they stand when the rehearsal begins.
	Places, Families []client.Object
	Chapters         []Chapter
	// Events are those of all chapters by day; on one day they follow each other
	// as they stand in the files.
	Events []*Event
}

// Chapter is a thread of the story.
type Chapter struct {
	Title Words
	Show  []Command
}

// Command is something that a reader can type to see how the story ended.
type Command struct {
	Run   string `json:"run"`
	Says  Words  `json:"says"`
	Finds string `json:"finds"` // stands in what it prints
}

// Words is a text in both languages.
type Words struct {
	English string `json:"en"`
	Chinese string `json:"zh"`
}

// In returns the text in a language.
func (w Words) In(language wording.Language) string {
	if language == wording.Chinese {
		return w.Chinese
	}
	return w.English
}

// Event is what one person writes on a day, and what follows from it.
type Event struct {
	Day civil.Day
	// By is the user who writes. Who signs something signs it as this user.
	By     string
	Says   Words // empty: not worth telling
	Create []client.Object
	Change []Change
	// Refused stands in the answer of the API server, which does not let the event
	// happen; empty: it does.
	Refused string
	// Expect is what the statuses say in the evening.
	Expect []Expectation
}

// Object names an object of the story.
type Object struct {
	Kind      string `json:"kind"`
	Namespace string `json:"namespace"`
	Name      string `json:"name"`
}

// String is the object's name for messages.
func (o Object) String() string { return o.Kind + " " + o.Namespace + "/" + o.Name }

// Change is a JSON Patch (RFC 6902) of an object.
type Change struct {
	Object `json:",inline"`
	Patch  []Operation `json:"patch"`
}

// Operation is one of a JSON Patch.
type Operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value,omitempty"`
}

// Expectation is a part of an object's status, by the rules of policy tests.
type Expectation struct {
	Object `json:",inline"`
	Status map[string]any `json:"status"`
}

// Load reads the story. It is part of the program, so an error is a fault of the
// build, which every test of the package finds.
func Load(ctx context.Context) (*Story, error) {
	entries, err := files.ReadDir("chapters")
	if err != nil {
		return nil, err
	}
	s := &Story{}
	var faults []error
	for _, entry := range entries {
		name := path.Join("chapters", entry.Name())
		text, err := files.ReadFile(name)
		if err == nil {
			err = s.add(ctx, name, text)
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("reading %s: %w", name, err))
		}
	}
	slices.SortStableFunc(s.Events, func(a, b *Event) int { return cmp.Compare(a.Day, b.Day) })
	return s, errors.Join(faults...)
}

// On returns the events of a day.
func (s *Story) On(day civil.Day) []*Event {
	from, _ := slices.BinarySearchFunc(s.Events, day, func(e *Event, day civil.Day) int { return cmp.Compare(e.Day, day) })
	until := from
	for until < len(s.Events) && s.Events[until].Day == day {
		until++
	}
	return s.Events[from:until]
}

// After returns the first day after a given one on which something happens, zero
// if nothing does any more.
func (s *Story) After(day civil.Day) civil.Day {
	for _, e := range s.Events {
		if e.Day > day {
			return e.Day
		}
	}
	return 0
}

// LastDay is the day of the last event.
func (s *Story) LastDay() civil.Day { return s.Events[len(s.Events)-1].Day }

// Writes counts what is written in the course of the story, the township's
// entry included.
func (s *Story) Writes() int {
	n := len(s.Places) + len(s.Families)
	for _, e := range s.Events {
		n += len(e.Create) + len(e.Change)
	}
	return n
}

// Township is the name of the second township, which is also its namespace.
func (s *Story) Township() string { return s.Places[0].GetName() }

// Signers are the users of the story by their names, each once.
func (s *Story) Signers() []string {
	var users []string
	for _, e := range s.Events {
		if e.By != "" && !slices.Contains(users, e.By) {
			users = append(users, e.By)
		}
	}
	slices.SortFunc(users, strings.Compare)
	return users
}
