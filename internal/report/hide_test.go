// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/rollup"
)

func mustDay(text string) civil.Day {
	d, err := civil.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

func frameOf(t interface{ Fatal(...any) }, period string) Frame {
	f, err := NewFrame(period, mustDay("2021-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// drawReport draws a county of townships and villages whose families are few, so
// that most counts are small.
func drawReport(t *rapid.T) *Report {
	frame := frameOf(t, "2020-Q1")
	places := []Place{{Name: "county", Parent: -1}}
	var homes []int
	for town := range rapid.IntRange(1, 3).Draw(t, "towns") {
		at := len(places)
		places = append(places, Place{Name: fmt.Sprint("town-", town), Parent: 0, Depth: 1})
		homes = append(homes, at)
		for village := range rapid.IntRange(0, 3).Draw(t, "villages") {
			homes = append(homes, len(places))
			places = append(places, Place{Name: fmt.Sprint("village-", town, "-", village), Parent: at, Depth: 2})
		}
	}
	b := NewBuilder(frame, nil, places)
	for range rapid.IntRange(1, 25).Draw(t, "families") {
		columns := make([]FamilyMonth, len(frame.Months)+1)
		persons := rapid.IntRange(1, 5).Draw(t, "persons")
		before := rapid.Bool().Draw(t, "monitored before")
		for m := range frame.Months {
			columns[m] = drawMonth(t, persons, before)
			before = columns[m].Standing == rollup.Monitored
		}
		b.Add(rapid.SampledFrom(homes).Draw(t, "home"), columns)
	}
	r, err := b.Report()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func drawMonth(t *rapid.T, persons int, before bool) FamilyMonth {
	f := FamilyMonth{More: Tally{}}
	f.Persons, f.Opening = persons, before
	f.Standing = rapid.SampledFrom([]rollup.Standing{rollup.Monitored, rollup.InScope, rollup.Eliminated, rollup.OutOfScope}).Draw(t, "standing")
	if before && f.Standing != rollup.Monitored {
		f.Eliminations = 1
	}
	if f.Standing == rollup.OutOfScope {
		return f
	}
	f.Policy = "p"
	f.Tier = rapid.SampledFrom([]string{"Red", "Yellow", "Green"}).Draw(t, "tier")
	f.More.add(Way, "", CameIntoScope, Households, 1)
	return f
}

// reader is somebody who has the report and tries to work out what is hidden. It is
// written apart from relate, from what a report means: units add up, months add up,
// standings add up, and opening and added less eliminated make closing.
type reader struct {
	r         *Report
	unknowns  map[*Count]int
	sums      []map[*Count]int64 // counts with their signs
	unprinted map[*Count]bool
}

func read(r *Report) *reader {
	a := &reader{r: r, unknowns: map[*Count]int{}, unprinted: map[*Count]bool{}}
	for u := range r.Units {
		unit := &r.Units[u]
		for f := range unit.Figures {
			figure := &unit.Figures[f]
			for m := range figure.Months {
				a.note(&figure.Months[m])
			}
			a.note(&figure.Period)
			a.addColumns(u, figure)
		}
		a.addMovement(unit)
	}
	return a
}

func (a *reader) note(c *Count) {
	if c.Hidden != Shown {
		a.unknowns[c] = len(a.unknowns)
	}
}

func (a *reader) addColumns(unit int, f *Figure) {
	period := map[*Count]int64{&f.Period: 1}
	for m := range f.Months {
		if f.Kind() == Flow || f.Kind() == Stock && m == len(f.Months)-1 || f.Kind() == First && m == 0 {
			period[&f.Months[m]] = -1
		}
	}
	a.sums = append(a.sums, period)
	if !slices.ContainsFunc(a.r.Units, func(u Unit) bool { return u.Parent == unit }) {
		return
	}
	for column := range len(f.Months) + 1 {
		list := map[*Count]int64{at(f, column): 1}
		rest := &Count{Value: at(f, column).Value, Hidden: Protecting} // families below no village
		for u := range a.r.Units {
			if a.r.Units[u].Parent == unit {
				if below := a.r.Units[u].Find(f.Key); below != nil {
					list[at(below, column)] = -1
					rest.Value -= at(below, column).Value
				}
			}
		}
		if rest.Value > 0 {
			a.note(rest)
			a.unprinted[rest] = true
			list[rest] = -1
		}
		a.sums = append(a.sums, list)
	}
}

func at(f *Figure, column int) *Count {
	if column < len(f.Months) {
		return &f.Months[column]
	}
	return &f.Period
}

func (a *reader) addMovement(unit *Unit) {
	for column := range len(a.r.Months) + 1 {
		standings := map[*Count]int64{}
		for name, sign := range map[string]int64{Total: 1, Monitored: -1, NotMonitored: -1, Eliminated: -1, OutOfScope: -1} {
			if f := unit.Find(Key{Families, "", name, Households}); f != nil {
				standings[at(f, column)] = sign
			}
		}
		tiers := map[*Count]int64{} // in these reports everybody who is not out of scope has a tier
		for name, sign := range map[Key]int64{
			{Families, "", Total, Households}: 1, {Families, "", OutOfScope, Households}: -1, {Tiers, "p", "Red", Households}: -1,
			{Tiers, "p", "Yellow", Households}: -1, {Tiers, "p", "Green", Households}: -1,
		} {
			if f := unit.Find(name); f != nil {
				tiers[at(f, column)] = sign
			}
		}
		a.sums = append(a.sums, standings, tiers)
		for _, q := range []Quantity{Households, Persons} {
			list := map[*Count]int64{}
			for name, sign := range map[string]int64{Opening: 1, Added: 1, Eliminated: -1, Closing: -1} {
				if f := unit.Find(Key{Movement, "", name, q}); f != nil {
					list[at(f, column)] = sign
				}
			}
			a.sums = append(a.sums, list)
		}
	}
}

// field is a prime in whose field the sums are solved.
const field = 998244353

// solved returns the hidden counts whose value follows from the sums: those that
// stand alone in a row of the sums' reduced echelon form.
func (a *reader) solved() []*Count {
	n := len(a.unknowns)
	var rows [][]int64
	for _, list := range a.sums {
		row := make([]int64, n)
		some := false
		for c, sign := range list {
			if k, hidden := a.unknowns[c]; hidden {
				row[k], some = (sign+field)%field, true
			}
		}
		if some {
			rows = append(rows, row)
		}
	}
	reduceFully(rows, n)
	alone := map[int]bool{}
	for _, row := range rows {
		var at []int
		for k, factor := range row {
			if factor != 0 {
				at = append(at, k)
			}
		}
		if len(at) == 1 {
			alone[at[0]] = true
		}
	}
	var out []*Count
	for c, k := range a.unknowns {
		if alone[k] {
			out = append(out, c)
		}
	}
	return out
}

func reduceFully(rows [][]int64, n int) {
	done := 0
	for k := range n {
		pivot := slices.IndexFunc(rows[done:], func(row []int64) bool { return row[k] != 0 })
		if pivot < 0 {
			continue
		}
		rows[done], rows[done+pivot] = rows[done+pivot], rows[done]
		turned := new(big.Int).ModInverse(big.NewInt(rows[done][k]), big.NewInt(field)).Int64()
		for i := range rows {
			if i == done || rows[i][k] == 0 {
				continue
			}
			by := rows[i][k] * turned % field
			for j := k; j < n; j++ {
				if f := rows[done][j]; f != 0 {
					rows[i][j] = (rows[i][j] + (field-by)*f) % field
				}
			}
		}
		if done++; done == len(rows) {
			return
		}
	}
}

func TestNoSmallCountIsShownOrCanBeWorkedOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawReport(t)
		minCell := rapid.IntRange(LeastMinCell, 6).Draw(t, "min cell")
		r.Hide(minCell)
		for u := range r.Units {
			for f := range r.Units[u].Figures {
				figure := &r.Units[u].Figures[f]
				for column := range len(figure.Months) + 1 {
					c := at(figure, column)
					if small := c.Value > 0 && c.Value < int64(minCell); small != (c.Hidden == Small) {
						t.Fatalf("%s, %v: %d is marked %v at a least of %d", r.Units[u].Name, figure.Key, c.Value, c.Hidden, minCell)
					}
				}
			}
		}
		attack := read(r)
		tells := func(c *Count) bool { return !attack.unprinted[c] || c.Value < int64(minCell) }
		if solved := attack.solved(); slices.ContainsFunc(solved, tells) {
			t.Errorf("%d hidden counts follow from what is shown", len(solved))
			for u := range r.Units {
				for f := range r.Units[u].Figures {
					figure := &r.Units[u].Figures[f]
					for column := range len(figure.Months) + 1 {
						if c := at(figure, column); slices.Contains(solved, c) {
							t.Errorf("%s, %v, column %d: the hidden %d follows from what is shown", r.Units[u].Name, figure.Key, column, c.Value)
						}
					}
				}
			}
		}
	})
}

// A hidden count among hidden counts can still be told if the sum leaves one way
// alone: two that are 1 or 2 and add up to 4 are both 2.
func TestASumOfSmallCountsDoesNotTellThem(t *testing.T) {
	frame := frameOf(t, "2020-01")
	for _, values := range [][]int64{{2, 2, 9}, {1, 1, 9}, {1, 2, 9}, {1, 3, 9}, {2, 3, 9}, {1, 0, 9}, {2, 2, 2}, {1, 1, 1}} {
		places := []Place{{Name: "town", Parent: -1}}
		for i := range values {
			places = append(places, Place{Name: fmt.Sprint("village-", i), Parent: 0, Depth: 1})
		}
		b := NewBuilder(frame, nil, places)
		key := Key{Causes, "Marginal", "Illness", Households}
		for i, value := range values {
			b.Add(i+1, one(key, value))
		}
		r, err := b.Report()
		if err != nil {
			t.Fatal(err)
		}
		r.Hide(3)
		if ways := waysOf(r, key, 3); ways < 2 {
			t.Errorf("%v: the counts that are shown leave %d way", values, ways)
		}
	}
}

// one is what a family of one month adds.
func one(key Key, value int64) []FamilyMonth {
	return []FamilyMonth{{Month: rollup.Month{Contribution: rollup.Contribution{Standing: rollup.InScope}}, More: Tally{key: value}}, {}}
}

// waysOf counts how the hidden villages could be, each within what its mark says;
// none hidden are two ways.
func waysOf(r *Report, key Key, minCell int64) int {
	town := r.Units[0].Find(key).Months[0]
	if town.Hidden != Shown {
		return 2
	}
	ways := map[string]bool{}
	var try func(unit int, left int64, so string)
	hidden := 0
	try = func(unit int, left int64, so string) {
		if left < 0 {
			return
		}
		if unit == len(r.Units) {
			if left == 0 {
				ways[so] = true
			}
			return
		}
		f := r.Units[unit].Find(key)
		if f == nil {
			try(unit+1, left, so)
			return
		}
		switch c := f.Months[0]; c.Hidden {
		case Shown:
			try(unit+1, left-c.Value, so)
		case Small:
			hidden++
			for v := int64(1); v < minCell; v++ {
				try(unit+1, left-v, fmt.Sprint(so, " ", v))
			}
		case Protecting:
			hidden++
			for v := minCell; v <= left; v++ {
				try(unit+1, left-v, fmt.Sprint(so, " ", v))
			}
		}
	}
	try(1, town.Value, "")
	if hidden == 0 {
		return 2
	}
	return len(ways)
}

func TestWhatIsLargeEnoughStaysShown(t *testing.T) {
	frame := frameOf(t, "2020-01")
	b := NewBuilder(frame, nil, []Place{{Name: "town", Parent: -1}, {Name: "a", Parent: 0, Depth: 1}, {Name: "b", Parent: 0, Depth: 1}})
	key := Key{Causes, "Marginal", "Illness", Households}
	b.Add(1, one(key, 3))
	b.Add(2, one(key, 40))
	r, err := b.Report()
	if err != nil {
		t.Fatal(err)
	}
	r.Hide(3)
	for u := range r.Units {
		if c := r.Units[u].Find(key).Period; c.Hidden != Shown {
			t.Errorf("%s: %d is hidden", r.Units[u].Name, c.Value)
		}
	}
}
