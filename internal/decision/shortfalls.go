// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"sort"

	"fangpin.io/fangpin/internal/civil"
)

// shortfall is a standard that does not hold, while it is open.
type shortfall struct {
	name   string
	index  int // of the plan's standards
	since  civil.Day
	routed civil.Day // zero: found, but not routed yet
}

// checkStandards asks every standard and opens and closes shortfalls. A
// standard that is unknown opens nothing and closes nothing.
func (j *judge) checkStandards() {
	if j.quiet() {
		return // nothing has been heard of the family since its elimination
	}
	wasUnknown := len(j.unknown)
	changed, doubted := false, false
	kept := j.open[:0]
	j.unknown = j.unknown[:0]
	next := 0
	for i := range j.plan.Standards {
		std := &j.plan.Standards[i]
		fresh := !j.memory[std.Met.Index].asked
		a := j.ask(&std.Met)
		doubted = doubted || fresh && (a.Truth == Unknown || j.answers[i] == Unknown)
		j.answers[i] = a.Truth
		isOpen := next < len(j.open) && j.open[next].index == i
		switch {
		case isOpen && (a.Truth != Yes || j.awaitsCloseOut(&j.open[next])):
			kept = append(kept, j.open[next])
		case isOpen:
			changed = true
			j.meetRemedy(&j.open[next])
		case a.Truth == No:
			changed = true
		case a.Truth == Unknown:
			j.unknown = append(j.unknown, std.Name)
		}
		if isOpen {
			next++
		}
		if a.Truth == Unknown {
			j.lack(doubt{"standard ", std.Name, "", "", a})
		}
	}
	j.open = kept
	if changed {
		j.openNew()
	}
	if changed || doubted || len(j.unknown) != wasUnknown {
		j.refreshUnmet()
	}
}

// openNew inserts the shortfalls that open today, in the plan's order.
func (j *judge) openNew() {
	if j.spare == nil {
		j.spare = make([]shortfall, 0, len(j.plan.Standards))
	}
	all := j.spare[:0]
	next := 0
	for i := range j.plan.Standards {
		switch {
		case next < len(j.open) && j.open[next].index == i:
			all = append(all, j.open[next])
			next++
		case j.answers[i] == No:
			s := shortfall{name: j.plan.Standards[i].Name, index: i, since: j.today}
			if !j.hasProcedure(purposeWarning) {
				s.routed = j.today
			}
			j.startRemedy(&s)
			all = append(all, s)
		}
	}
	j.open, j.spare = all, j.open
}

// awaitsCloseOut reports whether a shortfall that is mended stays open until a
// CloseOut (销号) has completed. One that was only found closes at once.
func (j *judge) awaitsCloseOut(s *shortfall) bool {
	return !s.routed.IsZero() && j.hasProcedure(purposeCloseOut) && !j.closedOut(s)
}

// refreshUnmet shows the rules which standards are open or unknown now.
func (j *judge) refreshUnmet() {
	j.facts.Unmet = j.facts.Unmet[:0]
	for i := range j.open {
		j.facts.Unmet = append(j.facts.Unmet, j.open[i].name)
	}
	j.forget(ReadUnmet)
}

// noteRouting keeps the day since which some routed shortfall has been open.
func (j *judge) noteRouting() {
	first := civil.Day(0)
	for i := range j.open {
		if r := j.open[i].routed; !r.IsZero() && (first.IsZero() || r < first) {
			first = r
		}
	}
	switch {
	case first.IsZero():
		j.firstRouted = 0
	case j.firstRouted.IsZero():
		j.firstRouted = first
	}
}

// doubtRouting notes the departments and measures of open shortfalls and of the
// tier that cannot be told: they are not chosen, and said.
func (j *judge) doubtRouting() {
	for i := range j.open {
		if j.open[i].routed.IsZero() {
			continue
		}
		std := &j.plan.Standards[j.open[i].index]
		for k := range std.Departments {
			when := std.Departments[k].When
			if when == nil {
				break
			}
			a := j.ask(when)
			if a.Truth == Unknown {
				j.lack(doubt{"departments of standard ", std.Name, "", "", a})
			}
			if a.Truth == Yes {
				break
			}
		}
		j.doubtMeasures(" of standard ", std.Name, std.Measures)
	}
	if j.tier != nil {
		j.doubtMeasures(" of tier ", j.tier.Name, j.tier.Measures)
	}
	if c := j.category(); c != nil {
		j.doubtMeasures(" of category ", c.Name, c.Measures)
	}
}

func (j *judge) doubtMeasures(of, name string, rules []MeasureRule) {
	for i := range rules {
		if rules[i].When == nil {
			continue
		}
		if a := j.ask(rules[i].When); a.Truth == Unknown {
			j.lack(doubt{"measure ", rules[i].Kind, of, name, a})
		}
	}
}

// departments routes an open shortfall: the first rule that matches names them.
func (j *judge) departments(s *shortfall) []string {
	std := &j.plan.Standards[s.index]
	for i := range std.Departments {
		d := &std.Departments[i]
		if d.When == nil || j.ask(d.When).Truth == Yes {
			return d.Names
		}
	}
	return nil
}

// proposedForFamily lists what the tier proposes, then what the category does.
func (j *judge) proposedForFamily() []string {
	var kinds []string
	if j.tier != nil {
		kinds = j.addProposals(kinds, j.tier.Measures)
	}
	if c := j.category(); c != nil {
		kinds = j.addProposals(kinds, c.Measures)
	}
	return kinds
}

// proposals lists the measures whose rule matches, each kind once.
func (j *judge) proposals(rules []MeasureRule) []string { return j.addProposals(nil, rules) }

func (j *judge) addProposals(kinds []string, rules []MeasureRule) []string {
	for i := range rules {
		m := &rules[i]
		if (m.When == nil || j.ask(m.When).Truth == Yes) && !contains(kinds, m.Kind) {
			kinds = append(kinds, m.Kind)
		}
	}
	return kinds
}

// measuresFor lists the measures that count today and are for the standard, by name.
func (j *judge) measuresFor(standard string) []string {
	var names []string
	for i := range j.fam.Measures {
		m := &j.fam.Measures[i]
		if contains(m.For, standard) && m.CountsOn(&j.clock) {
			names = append(names, m.Name)
		}
	}
	sort.Strings(names)
	return names
}

func (j *judge) covered(standard string) bool {
	for i := range j.fam.Measures {
		m := &j.fam.Measures[i]
		if contains(m.For, standard) && m.CountsOn(&j.clock) {
			return true
		}
	}
	return false
}
