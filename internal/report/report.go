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
	all    [][]sums // by unit and column: the months, then the period
	own    [][]sums // of these, the families that stand below no other unit
}

// NewBuilder starts a report on places, each after its parent.
func NewBuilder(frame Frame, order Order, places []Place) *Builder {
	b := &Builder{frame: frame, order: order, places: places}
	empty := func() []sums {
		columns := make([]sums, len(frame.Months)+1)
		for i := range columns {
			columns[i].more = Tally{}
		}
		return columns
	}
	for range places {
		b.all, b.own = append(b.all, empty()), append(b.own, empty())
	}
	return b
}

// Add adds a family that stands at a unit or, if there is none for its own place,
// at the nearest unit above it: what it adds in each of the frame's Columns.
func (b *Builder) Add(unit int, columns []FamilyMonth) {
	for i := range columns {
		b.own[unit][i].add(&columns[i])
		for at := unit; at >= 0; at = b.places[at].Parent {
			b.all[at][i].add(&columns[i])
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
		columns := make([]Tally, len(b.all[i]))
		for c := range columns {
			columns[c] = b.all[i][c].tally()
		}
		if err := b.check(i, columns); err != nil {
			return nil, err
		}
		r.Units = append(r.Units, Unit{Place: place, Figures: b.figures(columns)})
	}
	return r, nil
}

// check adds a unit up a second time, from below.
func (b *Builder) check(unit int, columns []Tally) error {
	for c, have := range columns {
		below := sums{more: Tally{}}
		below.merge(&b.own[unit][c])
		for other := range b.places {
			if b.places[other].Parent == unit {
				below.merge(&b.all[other][c])
			}
		}
		want := below.tally()
		if key, differs := difference(have, want); differs {
			return &MismatchError{b.places[unit].Name, b.frame.Column(c), key, have[key], want[key]}
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
func (b *Builder) figures(columns []Tally) []Figure {
	keys := map[Key]bool{}
	for _, t := range columns {
		for key, value := range t {
			keys[key] = keys[key] || value != 0
		}
	}
	months := len(b.frame.Months)
	var out []Figure
	for _, key := range slices.SortedFunc(maps.Keys(keys), b.order.compare) {
		if !keys[key] {
			continue
		}
		f := Figure{Key: key, Months: make([]Count, months)}
		for i := range months {
			f.Months[i].Value = columns[i][key]
		}
		if f.Period.Value = columns[months][key]; f.Kind() != Span {
			f.Period.Value = f.ofMonths()
		}
		out = append(out, f)
	}
	return out
}

// ofMonths makes the period's figure of those of its months.
func (f *Figure) ofMonths() int64 {
	switch f.Kind() {
	case Flow:
		var all int64
		for _, month := range f.Months {
			all += month.Value
		}
		return all
	case First:
		return f.Months[0].Value
	default:
		return f.Months[len(f.Months)-1].Value
	}
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
