// SPDX-License-Identifier: Apache-2.0

package rollup

import (
	"cmp"
	"slices"

	"fangpin.io/fangpin/internal/civil"
)

// Figures are the families of one jurisdiction, added up. Lists are sorted and
// have no entry of zero families.
type Figures struct {
	Households, InScope, Monitored, Eliminated, Unjudged int
	Persons, MonitoredPersons                            int

	Tiers      []Group // by policy, then name
	Categories []Group // by policy, then name
	Causes     []Group // by name, without a policy
	Shortfalls []StandardCount

	OpenShortfalls int
	Overdue        int       // overdue deadlines of families
	NextDeadline   civil.Day // the earliest of any family; zero: none
}

// Group counts the families, and the persons in them, that share a tier, a
// category or a cause.
type Group struct {
	Policy, Name        string
	Households, Persons int
}

// StandardCount counts the open shortfalls of one standard, and those of them
// that are overdue.
type StandardCount struct {
	Standard      string
	Open, Overdue int
}

// Sum is a running sum of contributions. The zero value is an empty sum.
type Sum struct {
	standings [Eliminated + 1]count
	overdue   int

	tiers, categories map[label]count
	causes            map[string]count
	shortfalls        map[Shortfall]int
	deadlines         map[civil.Day]int
}

// label is a name of a policy's own: Red of one plan is not Red of another.
type label struct{ policy, name string }

// count is a number of families and of the persons in them.
type count struct{ households, persons int }

// Add adds a family.
func (s *Sum) Add(c *Contribution) { s.change(c, +1) }

// Subtract takes back what Add has added.
func (s *Sum) Subtract(c *Contribution) { s.change(c, -1) }

func (s *Sum) change(c *Contribution, sign int) {
	one := count{sign, sign * c.Persons}
	standing := &s.standings[min(c.Standing, Eliminated)]
	standing.households += one.households
	standing.persons += one.persons
	if c.Standing == Unjudged {
		return
	}
	s.overdue += sign * c.Overdue
	if c.Tier != "" {
		changeCount(&s.tiers, label{c.Policy, c.Tier}, one)
	}
	if c.Category != "" {
		changeCount(&s.categories, label{c.Policy, c.Category}, one)
	}
	for _, cause := range c.Causes {
		changeCount(&s.causes, cause, one)
	}
	for _, shortfall := range c.Shortfalls {
		changeNumber(&s.shortfalls, shortfall, sign)
	}
	if !c.NextDeadline.IsZero() {
		changeNumber(&s.deadlines, c.NextDeadline, sign)
	}
}

// changeCount moves one entry of a map, and drops it when no family is left,
// so that maps do not grow with what has been.
func changeCount[K comparable](counts *map[K]count, key K, by count) {
	if *counts == nil {
		*counts = map[K]count{}
	}
	old := (*counts)[key]
	if old.households += by.households; old.households == 0 {
		delete(*counts, key)
		return
	}
	old.persons += by.persons
	(*counts)[key] = old
}

func changeNumber[K comparable](numbers *map[K]int, key K, by int) {
	if *numbers == nil {
		*numbers = map[K]int{}
	}
	if (*numbers)[key] += by; (*numbers)[key] == 0 {
		delete(*numbers, key)
	}
}

// Figures returns the sum so far. What it returns is the caller's own.
func (s *Sum) Figures() Figures {
	f := Figures{
		InScope:          s.standings[InScope].households + s.standings[Monitored].households,
		Monitored:        s.standings[Monitored].households,
		Eliminated:       s.standings[Eliminated].households,
		Unjudged:         s.standings[Unjudged].households,
		MonitoredPersons: s.standings[Monitored].persons,
		Tiers:            groups(s.tiers),
		Categories:       groups(s.categories),
		Overdue:          s.overdue,
	}
	for _, c := range s.standings {
		f.Households += c.households
		f.Persons += c.persons
	}
	for name, c := range s.causes {
		f.Causes = append(f.Causes, Group{Name: name, Households: c.households, Persons: c.persons})
	}
	slices.SortFunc(f.Causes, compareGroups)
	f.Shortfalls = s.standards()
	for _, standard := range f.Shortfalls {
		f.OpenShortfalls += standard.Open
	}
	for day := range s.deadlines {
		if f.NextDeadline.IsZero() || day < f.NextDeadline {
			f.NextDeadline = day
		}
	}
	return f
}

func groups(counts map[label]count) []Group {
	var list []Group
	for l, c := range counts {
		list = append(list, Group{Policy: l.policy, Name: l.name, Households: c.households, Persons: c.persons})
	}
	slices.SortFunc(list, compareGroups)
	return list
}

func compareGroups(a, b Group) int {
	return cmp.Or(cmp.Compare(a.Policy, b.Policy), cmp.Compare(a.Name, b.Name))
}

// standards joins the overdue and the other open shortfalls of each standard:
// an overdue shortfall is open all the same.
func (s *Sum) standards() []StandardCount {
	joined := map[string]StandardCount{}
	for shortfall, n := range s.shortfalls {
		c := joined[shortfall.Standard]
		c.Standard = shortfall.Standard
		c.Open += n
		if shortfall.Overdue {
			c.Overdue += n
		}
		joined[shortfall.Standard] = c
	}
	var list []StandardCount
	for _, c := range joined {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b StandardCount) int { return cmp.Compare(a.Standard, b.Standard) })
	return list
}
