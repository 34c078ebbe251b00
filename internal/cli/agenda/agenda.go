// SPDX-License-Identifier: Apache-2.0

// Package agenda lists what is due from people: of each family what waits for
// somebody, by when, and for whom.
package agenda

import (
	"cmp"
	"slices"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/types"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// Party is who has to act: a level of the administration, or a department.
type Party struct {
	Level      v1alpha1.JurisdictionLevel
	Department v1alpha1.Word
}

// Item is one thing that is due.
type Item struct {
	Household types.NamespacedName
	// Jurisdiction has the duty; "": it is about a household.
	Jurisdiction string
	Place        string // the jurisdiction at which the family stands, or that has the duty
	Kind         v1alpha1.DeadlineKind
	// Name within the kind: the plan's deadline, survey, plan, the standard,
	// REVIEW/STEP, the lead, the measure.
	Name string
	// About says more: the purpose of a review, the kind of a measure, the period of
	// a duty.
	About string
	Due   civil.Day // zero: no day is set
	// State is that of the deadline, shortfall, review or lead.
	State   string
	Overdue bool
	From    []Party
	// Text says what is in the way, "" for nothing.
	Text string
}

// Compare orders items: overdue first, then by day, those without a day last.
func Compare(a, b *Item) int {
	return cmp.Or(
		compareBool(b.Overdue, a.Overdue), compareBool(a.Due.IsZero(), b.Due.IsZero()), cmp.Compare(a.Due, b.Due),
		cmp.Compare(a.Household.Namespace, b.Household.Namespace), cmp.Compare(a.Household.Name, b.Household.Name),
		cmp.Compare(a.Jurisdiction, b.Jurisdiction), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name), cmp.Compare(a.About, b.About),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Of returns what is due for a family by its judgment.
func Of(world *translate.World, p *translate.Papers, j *translate.Judgment) []Item {
	place, fault := world.NodeOf(p.Household.Namespace, p.Household.Spec.JurisdictionRef)
	if fault != nil || !meta.IsStatusConditionTrue(j.Household.Conditions, v1alpha1.ConditionReady) {
		return nil // what an older plan has concluded is nobody's business now
	}
	l := list{world: world, papers: p, judgment: j, place: place}
	l.deadlines()
	l.shortfalls()
	l.measures()
	l.reviews()
	l.leads()
	slices.SortFunc(l.items, func(a, b Item) int { return Compare(&a, &b) })
	return l.items
}

type list struct {
	world    *translate.World
	papers   *translate.Papers
	judgment *translate.Judgment
	place    string
	items    []Item
}

// add files an item, unless a deadline has told it already.
func (l *list) add(i Item) {
	known := func(o Item) bool { return o.Kind == i.Kind && o.Name == i.Name }
	if slices.ContainsFunc(l.items, known) {
		return
	}
	i.Household = types.NamespacedName{Namespace: l.papers.Household.Namespace, Name: l.papers.Household.Name}
	i.Place = l.place
	i.Overdue = i.Overdue || !i.Due.IsZero() && i.Due < l.judgment.Day
	if len(i.From) == 0 {
		i.From = []Party{{Level: v1alpha1.LevelVillage}}
	}
	l.items = append(l.items, i)
}

// deadlines are those that nobody has met. Steps, leads, measures and shortfalls
// are told with what they are about.
func (l *list) deadlines() {
	for i := range l.judgment.Household.Deadlines {
		d := &l.judgment.Household.Deadlines[i]
		if d.State != v1alpha1.DeadlinePending && d.State != v1alpha1.DeadlineOverdue {
			continue
		}
		item := Item{Kind: d.Kind, Name: d.Name, Due: dayOf(d.Due), State: string(d.State), Overdue: d.State == v1alpha1.DeadlineOverdue}
		switch d.Kind {
		case v1alpha1.DeadlineTier:
			item.From = []Party{{Level: v1alpha1.LevelTownship}}
		case v1alpha1.DeadlineSurvey, v1alpha1.DeadlinePlan:
			item.From = []Party{{Level: v1alpha1.LevelVillage}}
		case v1alpha1.DeadlineShortfall:
			if s := l.shortfall(v1alpha1.Word(d.Name)); s != nil {
				item.From = departments(s.Departments)
			}
		case v1alpha1.DeadlineMeasure:
			item.From, item.About = l.measure(d.Name)
		case v1alpha1.DeadlineStep:
			item.From, item.About, item.Text = l.step(d.Name)
		}
		if told := (Party{Level: d.EscalatedTo}); d.EscalatedTo != "" && !slices.Contains(item.From, told) {
			item.From = append(item.From, told)
		}
		l.add(item)
	}
}

func departments(names []v1alpha1.Word) []Party {
	out := make([]Party, len(names))
	for i, name := range names {
		out[i] = Party{Department: name}
	}
	return out
}

func (l *list) shortfall(standard v1alpha1.Word) *v1alpha1.Shortfall {
	for i := range l.judgment.Household.Shortfalls {
		if s := &l.judgment.Household.Shortfalls[i]; s.Standard == standard {
			return s
		}
	}
	return nil
}

// shortfalls are all that are open. One that was only found waits for the first
// step of a Warning.
func (l *list) shortfalls() {
	for i := range l.judgment.Household.Shortfalls {
		s := &l.judgment.Household.Shortfalls[i]
		l.add(Item{
			Kind: v1alpha1.DeadlineShortfall, Name: string(s.Standard), Due: dayOf(s.Due), State: string(s.State),
			Overdue: s.State == v1alpha1.ShortfallOverdue, From: departments(s.Departments),
		})
	}
}

// measures are those that are not delivered.
func (l *list) measures() {
	if l.judgment.Plan == nil {
		return
	}
	for i := range l.judgment.Plan.Measures {
		m := &l.judgment.Plan.Measures[i]
		if m.State != v1alpha1.MeasurePlanned && m.State != v1alpha1.MeasureOverdue {
			continue
		}
		item := Item{Kind: v1alpha1.DeadlineMeasure, Name: string(m.Name), Due: dayOf(m.Due), State: string(m.State)}
		item.From, item.About = l.measure(item.Name)
		l.add(item)
	}
}

// measure says who delivers a measure and of which kind it is: its department,
// else the first of the shortfall that it is for.
func (l *list) measure(name string) ([]Party, string) {
	if l.papers.Plan == nil {
		return nil, ""
	}
	for i := range l.papers.Plan.Spec.Measures {
		m := &l.papers.Plan.Spec.Measures[i]
		if m.Name != name {
			continue
		}
		if m.Department != "" {
			return []Party{{Department: m.Department}}, string(m.Kind)
		}
		for _, standard := range m.For {
			if s := l.shortfall(standard); s != nil && len(s.Departments) > 0 {
				return departments(s.Departments[:1]), string(m.Kind)
			}
		}
		return nil, string(m.Kind)
	}
	return nil, ""
}

// leads are those that wait for verification.
func (l *list) leads() {
	for i, s := range l.judgment.Signals {
		if s == nil || s.State != v1alpha1.SignalAwaiting && s.State != v1alpha1.SignalOverdue {
			continue
		}
		signal := l.papers.Signals[i]
		l.add(Item{
			Kind: v1alpha1.DeadlineVerification, Name: signal.Name, Due: dayOf(s.VerifyBy),
			State: string(s.State), Overdue: s.State == v1alpha1.SignalOverdue,
		})
	}
}

// dayOf reads a date that the controller has written; an absent one is no day.
func dayOf(d v1alpha1.Date) civil.Day {
	day, err := civil.ParseDay(string(d))
	if err != nil {
		return 0
	}
	return day
}
