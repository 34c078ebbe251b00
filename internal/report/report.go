// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"maps"
	"slices"
)

// Report is the figures of a period, of one jurisdiction or of a tree.
type Report struct {
	Frame
	// MinCell: counts from 1 to one less than it are hidden; 0: none.
	MinCell int
	// Policies that were in force in the period at one of the units, sorted.
	Policies []string
	// Units are the jurisdictions, each after the one above it.
	Units []Unit
}

// Place is a jurisdiction that a report speaks of.
type Place struct {
	Name        string
	DisplayName string // "": none
	Code        string // statistical division code; "": none
	Level       string
	// Parent is the index of the nearest unit above it; -1: none is in the report.
	Parent int
	// Depth is how many units stand above it.
	Depth int
}

// Unit is a jurisdiction with its figures, in their order; none is zero
// throughout.
type Unit struct {
	Place
	Figures []Figure
}

// Figure is one figure through the months.
type Figure struct {
	Key
	Months []Count // one a month of the frame
	Period Count
}

// Count is a number that may be hidden.
type Count struct {
	Value  int64 // of Fen: 1/100 yuan
	Hidden Hiding
}

// Hiding says whether a count is hidden, and why.
type Hiding uint8

// The reasons for hiding a count.
const (
	Shown      Hiding = iota
	Small             // it is less than the least that is shown
	Protecting        // a small one could be worked out from it
)

// Builder adds families up. It is used by one goroutine at a time.
type Builder struct {
	frame  Frame
	order  Order
	places []Place
	sums   [][]Tally // by unit and month
	rest   [][]Tally // of these, the families that stand below no other unit
}

// NewBuilder starts a report on places, each after its parent.
func NewBuilder(frame Frame, order Order, places []Place) *Builder {
	b := &Builder{frame: frame, order: order, places: places, sums: make([][]Tally, len(places)), rest: make([][]Tally, len(places))}
	for i := range places {
		b.sums[i], b.rest[i] = tallies(len(frame.Months)), tallies(len(frame.Months))
	}
	return b
}

func tallies(n int) []Tally {
	out := make([]Tally, n)
	for i := range out {
		out[i] = Tally{}
	}
	return out
}

// Add adds a family that stands at a unit or, if there is none for its own place,
// at the nearest unit above it: what it adds in each month of the frame.
func (b *Builder) Add(unit int, months []Tally) {
	for i, t := range months {
		b.rest[unit][i].Add(t)
		for at := unit; at >= 0; at = b.places[at].Parent {
			b.sums[at][i].Add(t)
		}
	}
}

// MismatchError says that a unit's figures are not the sum of those below it.
type MismatchError struct {
	Unit, Month string
	Key         Key
	Have, Want  int64
}

func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s, %s: %s %s %s %s is %d, but what is below it adds up to %d",
		e.Unit, e.Month, e.Key.Topic, e.Key.Group, e.Key.Name, e.Key.Quantity, e.Have, e.Want)
}

// Report returns the figures so far. Its error is a *MismatchError: the figures of
// a unit must be those of the units below it and of the families that stand at
// the unit itself.
func (b *Builder) Report() (*Report, error) {
	r := &Report{Frame: b.frame}
	for i, place := range b.places {
		r.Units = append(r.Units, Unit{Place: place, Figures: b.figures(b.sums[i])})
	}
	return r, b.check()
}

// check adds the units up a second time, from below.
func (b *Builder) check() error {
	for m, month := range b.frame.Months {
		below := make([]Tally, len(b.places))
		for i := range b.places {
			below[i] = maps.Clone(b.rest[i][m])
		}
		for i := range slices.Backward(b.places) {
			if parent := b.places[i].Parent; parent >= 0 {
				below[parent].Add(b.sums[i][m])
			}
			if key, differs := difference(b.sums[i][m], below[i]); differs {
				return &MismatchError{b.places[i].Name, month.Name, key, b.sums[i][m][key], below[i][key]}
			}
		}
	}
	return nil
}

func difference(a, b Tally) (Key, bool) {
	for key, value := range a {
		if b[key] != value {
			return key, true
		}
	}
	for key, value := range b {
		if a[key] != value {
			return key, true
		}
	}
	return Key{}, false
}

// figures lays a unit's tallies out through the months.
func (b *Builder) figures(months []Tally) []Figure {
	keys := map[Key]bool{}
	for _, t := range months {
		for key, value := range t {
			keys[key] = keys[key] || value != 0
		}
	}
	var out []Figure
	for _, key := range slices.SortedFunc(maps.Keys(keys), b.order.compare) {
		if !keys[key] {
			continue
		}
		f := Figure{Key: key, Months: make([]Count, len(months))}
		for i, t := range months {
			f.Months[i].Value = t[key]
		}
		f.Period.Value = f.ofPeriod()
		out = append(out, f)
	}
	return out
}

// ofPeriod makes the period's figure of those of its months.
func (f *Figure) ofPeriod() int64 {
	var all int64
	for i, month := range f.Months {
		switch f.Kind() {
		case Flow:
			all += month.Value
		case First:
			if i == 0 {
				all = month.Value
			}
		default:
			all = month.Value
		}
	}
	return all
}

// Find returns a figure, nil if it is zero throughout.
func (u *Unit) Find(key Key) *Figure {
	for i := range u.Figures {
		if u.Figures[i].Key == key {
			return &u.Figures[i]
		}
	}
	return nil
}

// Of returns the figures of a topic.
func (u *Unit) Of(topic Topic) []*Figure {
	var out []*Figure
	for i := range u.Figures {
		if u.Figures[i].Topic == topic {
			out = append(out, &u.Figures[i])
		}
	}
	return out
}
