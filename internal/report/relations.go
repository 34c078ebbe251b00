// SPDX-License-Identifier: Apache-2.0

package report

// relate lists the counts of a report and all that ties them together, also by
// numbers that it does not print.
func relate(r *Report) relations {
	l := &relating{report: r, index: map[address]int32{}, groups: map[address]int32{}}
	for u := range r.Units {
		for f := range r.Units[u].Figures {
			l.addFigure(u, &r.Units[u].Figures[f])
		}
	}
	for u := range r.Units {
		l.tieMonths(u)
		for column := range len(r.Months) + 1 {
			l.tieWithin(u, column)
		}
		l.tieBelow(u)
	}
	return l.relations
}

// address finds a count: column is a month, or the number of months for the period.
type address struct {
	unit, column int
	key          Key
}

type relating struct {
	relations
	report *Report
	index  map[address]int32
	groups map[address]int32
}

func (l *relating) addFigure(unit int, f *Figure) {
	for column := range len(f.Months) + 1 {
		count := &f.Period
		if column < len(f.Months) {
			count = &f.Months[column]
		}
		at := address{unit, column, f.Key}
		together := at
		together.key.Quantity = ""
		if f.Topic == Shortfalls {
			together = at // of shortfalls open and overdue are two things
		}
		group, known := l.groups[together]
		if !known {
			group = l.newGroup()
			l.groups[together] = group
		}
		l.index[at] = l.newCell(cell{value: count.Value, count: count, group: group, fen: f.Quantity.IsFen()})
	}
}

func (l *relating) newGroup() int32 {
	l.relations.groups = append(l.relations.groups, nil)
	return int32(len(l.relations.groups) - 1) //nolint:gosec // a report has far fewer cells
}

func (l *relating) newCell(c cell) int32 {
	i := int32(len(l.cells)) //nolint:gosec // likewise
	l.cells = append(l.cells, c)
	l.relations.groups[c.group] = append(l.relations.groups[c.group], i)
	return i
}

// tying gathers the terms of one sum. A count that is zero throughout has no cell
// and adds nothing.
type tying struct {
	l     *relating
	terms sum
	total int64
}

func (t *tying) add(sign int64, unit, column int, key Key) {
	if i, known := t.l.index[address{unit, column, key}]; known {
		t.terms = append(t.terms, term{i, sign})
		t.total += sign * t.l.cells[i].value
	}
}

// equal files the sum if it comes to nothing, as a reader expects of it.
func (t *tying) equal() {
	if t.total == 0 && len(t.terms) > 1 {
		t.l.sums = append(t.l.sums, t.terms)
	}
}

// atLeast files the sum with the difference as a number that nobody prints. Where
// there is none, whoever knows the place and its plan is taken to know that.
func (t *tying) atLeast() {
	switch {
	case t.total == 0:
		t.equal()
		return
	case len(t.terms) == 0 || t.total < 0:
		return
	}
	latent := t.l.newCell(cell{value: t.total, hidden: true, group: t.l.newGroup()})
	t.l.sums = append(t.l.sums, append(t.terms, term{latent, -1}))
}

// tieMonths ties the period to its months, and each month's end to the next one's
// beginning.
func (l *relating) tieMonths(unit int) {
	months := len(l.report.Months)
	for i := range l.report.Units[unit].Figures {
		f := &l.report.Units[unit].Figures[i]
		if f.Kind() == Span {
			continue
		}
		t := tying{l: l}
		t.add(1, unit, months, f.Key)
		for m := range months {
			if f.Kind() == Flow || f.Kind() == First && m == 0 || f.Kind() == Stock && m == months-1 {
				t.add(-1, unit, m, f.Key)
			}
		}
		t.equal()
	}
	for m := range months - 1 {
		for _, q := range []Quantity{Households, Persons} {
			t := tying{l: l}
			t.add(1, unit, m, Key{Movement, "", Closing, q})
			t.add(-1, unit, m+1, Key{Movement, "", Opening, q})
			t.equal()
		}
	}
}

// tieWithin ties what is counted of a unit in one month, or the period.
func (l *relating) tieWithin(unit, column int) {
	sum := func(quantity Quantity, topic Topic, plus string, minus ...string) *tying {
		t := &tying{l: l}
		t.add(1, unit, column, Key{topic, "", plus, quantity})
		for _, name := range minus {
			t.add(-1, unit, column, Key{topic, "", name, quantity})
		}
		return t
	}
	for _, q := range []Quantity{Households, Persons} {
		all := sum(q, Families, Total, Monitored, NotMonitored, Eliminated, OutOfScope, Unjudged)
		if q == Households {
			all.equal() // everybody stands somewhere
		} else {
			all.atLeast() // persons are not printed of all standings
		}
		movement := sum(q, Movement, Opening, Eliminated, Closing)
		movement.add(1, unit, column, Key{Movement, "", Added, q})
		movement.equal()
		closing := sum(q, Movement, Closing)
		closing.add(-1, unit, column, Key{Families, "", Monitored, q})
		closing.equal()
		for _, topic := range []Topic{Tiers, Categories} {
			l.tieParts(unit, column, topic, q)
		}
	}
	l.tieWay(unit, column, sum)
	for _, f := range l.report.Units[unit].Of(Shortfalls) {
		if f.Quantity == Open {
			open := sum(Open, Shortfalls, f.Name)
			open.add(-1, unit, column, Key{Shortfalls, "", f.Name, Late})
			open.atLeast()
		}
	}
}

// tieParts ties the tiers, or the categories, to all families, to those that were
// judged and are not out of scope, and to those in scope: nobody has two, and who
// has none is not printed.
func (l *relating) tieParts(unit, column int, topic Topic, q Quantity) {
	for _, whole := range []map[string]int64{
		{Total: 1}, {Total: 1, OutOfScope: -1, Unjudged: -1}, {Monitored: 1, NotMonitored: 1},
	} {
		if len(whole) > 1 && q != Households {
			continue // persons are not printed of all standings
		}
		t := tying{l: l}
		for _, f := range l.report.Units[unit].Of(topic) {
			if f.Quantity == q {
				t.add(-1, unit, column, f.Key)
			}
		}
		if len(t.terms) == 0 {
			return
		}
		for _, name := range []string{Total, Monitored, NotMonitored, OutOfScope, Unjudged} {
			if sign := whole[name]; sign != 0 {
				t.add(sign, unit, column, Key{Families, "", name, q})
			}
		}
		t.atLeast()
	}
}

// tieWay ties each step of the way to the one whose families it holds some of, and
// to how families stand.
func (l *relating) tieWay(unit, column int, sum func(Quantity, Topic, string, ...string) *tying) {
	for _, steps := range [...][2]string{
		{CameIntoScope, BegunReview}, {BegunReview, BecameMonitored}, {BecameMonitored, Eliminated},
		{CameIntoScope, NeedsHelp}, {NeedsHelp, HasMeasures}, {HasMeasures, MeasuresComplete},
	} {
		sum(Households, Way, steps[0], steps[1]).atLeast()
	}
	for _, tied := range []struct {
		step      string
		standings []string
	}{
		{CameIntoScope, []string{Monitored, NotMonitored, Eliminated}},
		{BecameMonitored, []string{Monitored, Eliminated}},
		{Eliminated, []string{Eliminated}},
	} {
		t := sum(Households, Way, tied.step)
		for _, standing := range tied.standings {
			t.add(-1, unit, column, Key{Families, "", standing, Households})
		}
		t.equal()
	}
}

// tieBelow ties a unit's figures to those of the units right below it. Families
// that stand at the unit itself are not printed.
func (l *relating) tieBelow(unit int) {
	var below []int
	for i := range l.report.Units {
		if l.report.Units[i].Parent == unit {
			below = append(below, i)
		}
	}
	if len(below) == 0 {
		return
	}
	for i := range l.report.Units[unit].Figures {
		key := l.report.Units[unit].Figures[i].Key
		for column := range len(l.report.Months) + 1 {
			t := tying{l: l}
			t.add(1, unit, column, key)
			for _, u := range below {
				t.add(-1, u, column, key)
			}
			t.atLeast()
		}
	}
}
