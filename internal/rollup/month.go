// SPDX-License-Identifier: Apache-2.0

package rollup

import (
	"cmp"
	"slices"
)

// Month is what one family adds to a month's report. Its lists are not changed
// after it was handed over.
type Month struct {
	// Contribution is how the family counts on the day that the figures describe:
	// the month's last, or today while the month runs.
	Contribution
	// Blocked says why nothing can be concluded of a day that a person has to mend
	// first; zero: nothing stands in the way.
	Blocked Blocked

	Opening      bool // a monitored object on the day before the month
	Eliminations int  // that took effect in the month

	Measures []string // the kinds of the measures in force, one entry a measure
	Signals  []Paper  // leads of the month: source and state
	Reviews  []Paper  // procedures of the month: purpose and stage

	SurveyAsked   bool // some survey is due from the family
	Surveyed      bool // a survey of the month was seen
	SurveyMissing bool // the survey that is due by the month's last day
}

// Blocked is a fault that keeps families from being judged: the reason of the
// contract and what it is about, such as the policy that does not compile.
type Blocked struct{ Reason, Subject string }

// Paper is a lead or a review, by what is counted of it.
type Paper struct{ Name, State string }

// closing is 1 for a monitored object on the month's last day.
func (m *Month) closing() int {
	if m.Standing == Monitored {
		return 1
	}
	return 0
}

// opening is 1 for a monitored object on the day before the month.
func (m *Month) opening() int {
	if m.Opening {
		return 1
	}
	return 0
}

// added is how often the family became a monitored object in the month: so often
// that opening and added less eliminated is closing.
func (m *Month) added() int { return m.closing() - m.opening() + m.Eliminations }

// MonthFigures are the families of one jurisdiction through a month, added up.
// Lists are sorted and have no entry of zero.
type MonthFigures struct {
	Figures // on the day that they describe
	// Through the month. Opening and Added less Removed is Closing.
	Opening, Added, Removed, Closing HouseholdsPersons

	CategoryCauses []CategoryCause // by category, then cause
	Measures       []KindCount     // by kind
	Signals        []PaperCount    // by source, then state
	Reviews        []PaperCount    // by purpose, then stage

	SurveyAsked, Surveyed, SurveyMissing int // families

	// Blocked counts the families that a fault keeps from being judged, by fault.
	Blocked []BlockedCount
}

// HouseholdsPersons counts families and the persons in them.
type HouseholdsPersons struct{ Households, Persons int }

// CategoryCause counts the families of a category with a cause.
type CategoryCause struct {
	Category, Cause     string
	Households, Persons int
}

// KindCount counts measures of a kind and the families that they reach.
type KindCount struct {
	Kind                 string
	Measures, Households int
}

// PaperCount counts papers of a name and a state.
type PaperCount struct {
	Paper
	Count int
}

// BlockedCount counts the families that a fault keeps from being judged.
type BlockedCount struct {
	Blocked
	Households int
}

// MonthSum is a running sum of months of families. The zero value is empty.
type MonthSum struct {
	Sum
	opening, added, removed, closing count
	asked, surveyed, missing         int

	categoryCauses map[categoryCause]count
	measures       map[string]kindCount
	signals        map[Paper]int
	reviews        map[Paper]int
	blocked        map[Blocked]int
}

type categoryCause struct{ category, cause string }

type kindCount struct{ measures, households int }

// Add adds a family.
func (s *MonthSum) Add(m *Month) {
	s.Sum.Add(&m.Contribution)
	if m.Blocked != (Blocked{}) {
		changeNumber(&s.blocked, m.Blocked, 1)
	}
	if m.Standing == Unjudged {
		return
	}
	s.opening.add(m.opening(), m.Persons)
	s.added.add(m.added(), m.Persons)
	s.removed.add(m.Eliminations, m.Persons)
	s.closing.add(m.closing(), m.Persons)
	if m.Category != "" {
		for _, cause := range m.Causes {
			changeCount(&s.categoryCauses, categoryCause{m.Category, cause}, count{1, m.Persons})
		}
	}
	s.addMeasures(m.Measures)
	for _, p := range m.Signals {
		changeNumber(&s.signals, p, 1)
	}
	for _, p := range m.Reviews {
		changeNumber(&s.reviews, p, 1)
	}
	s.asked += one(m.SurveyAsked)
	s.surveyed += one(m.Surveyed)
	s.missing += one(m.SurveyMissing)
}

func (c *count) add(times, persons int) {
	c.households += times
	c.persons += times * persons
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (s *MonthSum) addMeasures(kinds []string) {
	if len(kinds) > 0 && s.measures == nil {
		s.measures = map[string]kindCount{}
	}
	for i, kind := range kinds {
		c := s.measures[kind]
		c.measures++
		if !slices.Contains(kinds[:i], kind) {
			c.households++
		}
		s.measures[kind] = c
	}
}

// Merge adds all that another sum holds, so that the sum of a county is that of
// its townships.
func (s *MonthSum) Merge(o *MonthSum) {
	s.Sum.merge(&o.Sum)
	for _, pair := range [...][2]*count{{&s.opening, &o.opening}, {&s.added, &o.added}, {&s.removed, &o.removed}, {&s.closing, &o.closing}} {
		pair[0].households += pair[1].households
		pair[0].persons += pair[1].persons
	}
	s.asked += o.asked
	s.surveyed += o.surveyed
	s.missing += o.missing
	mergeCounts(&s.categoryCauses, o.categoryCauses)
	if len(o.measures) > 0 && s.measures == nil {
		s.measures = map[string]kindCount{}
	}
	for kind, more := range o.measures {
		c := s.measures[kind]
		s.measures[kind] = kindCount{c.measures + more.measures, c.households + more.households}
	}
	mergeNumbers(&s.signals, o.signals)
	mergeNumbers(&s.reviews, o.reviews)
	mergeNumbers(&s.blocked, o.blocked)
}

func (s *Sum) merge(o *Sum) {
	for i, c := range o.standings {
		s.standings[i].households += c.households
		s.standings[i].persons += c.persons
	}
	s.overdue += o.overdue
	mergeCounts(&s.tiers, o.tiers)
	mergeCounts(&s.categories, o.categories)
	mergeCounts(&s.causes, o.causes)
	mergeNumbers(&s.shortfalls, o.shortfalls)
	mergeNumbers(&s.deadlines, o.deadlines)
}

func mergeCounts[K comparable](into *map[K]count, from map[K]count) {
	for key, c := range from {
		changeCount(into, key, c)
	}
}

func mergeNumbers[K comparable](into *map[K]int, from map[K]int) {
	for key, n := range from {
		changeNumber(into, key, n)
	}
}

// Figures returns the sum so far. What it returns is the caller's own.
func (s *MonthSum) Figures() MonthFigures {
	f := MonthFigures{
		Figures: s.Sum.Figures(),
		Opening: s.opening.public(), Added: s.added.public(), Removed: s.removed.public(), Closing: s.closing.public(),
		Signals: papers(s.signals), Reviews: papers(s.reviews),
		SurveyAsked: s.asked, Surveyed: s.surveyed, SurveyMissing: s.missing,
	}
	for key, c := range s.categoryCauses {
		f.CategoryCauses = append(f.CategoryCauses, CategoryCause{key.category, key.cause, c.households, c.persons})
	}
	slices.SortFunc(f.CategoryCauses, func(a, b CategoryCause) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(a.Cause, b.Cause))
	})
	for kind, c := range s.measures {
		f.Measures = append(f.Measures, KindCount{kind, c.measures, c.households})
	}
	slices.SortFunc(f.Measures, func(a, b KindCount) int { return cmp.Compare(a.Kind, b.Kind) })
	for blocked, n := range s.blocked {
		f.Blocked = append(f.Blocked, BlockedCount{blocked, n})
	}
	slices.SortFunc(f.Blocked, func(a, b BlockedCount) int {
		return cmp.Or(cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Subject, b.Subject))
	})
	return f
}

func (c count) public() HouseholdsPersons { return HouseholdsPersons{c.households, c.persons} }

func papers(counts map[Paper]int) []PaperCount {
	var list []PaperCount
	for p, n := range counts {
		list = append(list, PaperCount{p, n})
	}
	slices.SortFunc(list, func(a, b PaperCount) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.State, b.State))
	})
	return list
}
