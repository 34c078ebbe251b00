// SPDX-License-Identifier: Apache-2.0

package chronicle

import (
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// mostDays is on how many days of change a chronicle looks at most; a family's
// life has some hundreds.
const mostDays = 5000

// Chronicle is a family's life.
type Chronicle struct {
	Past   []Event
	Coming []Event // if nothing new is stated
	Today  *v1alpha1.HouseholdStatus
	// Revised are conclusions of past days that were others by what was known on
	// those days.
	Revised []Revision
}

// Tell tells the family's life up to a day, and what comes up to a later one, by
// what the world knows.
func Tell(world *translate.World, p translate.Papers, today, until civil.Day) Chronicle {
	p = world.Known(p)
	first := min(First(world, &p), today)
	past, now := walk(world, p, first, today, translate.Judgment{Household: &v1alpha1.HouseholdStatus{}})
	revised := Revise(world, p, first, today)
	markLate(past, revised, world)
	past = append(past, facts(&p, today)...)
	sortEvents(past)
	frozen := statedUntil(p, today)
	coming, _ := walk(world, frozen, next(world, frozen, today), until, now)
	coming = append(coming, dueDays(now.Household, coming, today, until)...)
	sortEvents(coming)
	return Chronicle{Past: past, Coming: coming, Today: now.Household, Revised: revised}
}

// Next tells the day of the next change if nothing new is stated, and what
// changes on it; no day if nothing ever does.
func Next(world *translate.World, p translate.Papers, today civil.Day) (civil.Day, []Event) {
	frozen := statedUntil(p, today)
	now := world.JudgeOn(frozen, today)
	day := NextDay(now)
	if day.IsZero() {
		return 0, nil
	}
	then := world.JudgeOn(frozen, day)
	events := changes(day, view{&frozen, &now}, view{&frozen, &then})
	sortEvents(events)
	return day, events
}

// Follow tells what follows on a day from a fact that is added: how the family
// is judged with it, beside how it is judged without.
func Follow(world *translate.World, without, with translate.Papers, day civil.Day) []Event {
	before, after := world.JudgeOn(without, day), world.JudgeOn(with, day)
	events := changes(day, view{&without, &before}, view{&with, &after})
	events = append(events, completeness(day, before.Household, after.Household)...)
	sortEvents(events)
	return events
}

// First is the first day on which anything is known of the family or any plan
// is in force where it lives.
func First(world *translate.World, p *translate.Papers) civil.Day {
	first := civil.Last
	for _, e := range facts(p, civil.Last) {
		first = min(first, e.Date)
	}
	place, fault := world.NodeOf(p.Household.Namespace, p.Household.Spec.JurisdictionRef)
	if line := world.Timeline(place); fault == nil && len(line) > 0 {
		first = min(first, line[0].From)
	}
	return first
}

// walk judges the days of change from one day to another and returns what
// changed, with the status of the last of them.
func walk(world *translate.World, p translate.Papers, from, until civil.Day, before translate.Judgment) ([]Event, translate.Judgment) {
	var events []Event
	eachDay(world, p, from, until, func(day civil.Day, judgment translate.Judgment) {
		events = append(events, changes(day, view{&p, &before}, view{&p, &judgment})...)
		before = judgment
	})
	return events, before
}

// eachDay judges the first day and each day of change up to the last.
func eachDay(world *translate.World, p translate.Papers, from, until civil.Day, visit func(civil.Day, translate.Judgment)) {
	for day, steps := from, 0; !day.IsZero() && day <= until && steps < mostDays; steps++ {
		judgment := world.JudgeOn(p, day)
		visit(day, judgment)
		day = NextDay(judgment)
	}
}

// next is the day of the first change after a day.
func next(world *translate.World, p translate.Papers, day civil.Day) civil.Day {
	return NextDay(world.JudgeOn(p, day))
}

// NextDay is the day of a judgment's next change in the plan's zone; none if
// nothing changes any more.
func NextDay(j translate.Judgment) civil.Day {
	if j.NextChange.IsZero() {
		return 0
	}
	return civil.At(j.NextChange, j.NextChange.Location())
}

// dueDays are the last days of deadlines that run today or begin later.
func dueDays(status *v1alpha1.HouseholdStatus, coming []Event, today, until civil.Day) []Event {
	var events []Event
	add := func(name string, due civil.Day) {
		if due > today && due <= until {
			events = append(events, Event{Date: due, Kind: DeadlineDue, Name: name, Due: due})
		}
	}
	for i := range status.Deadlines {
		if d := &status.Deadlines[i]; d.State == v1alpha1.DeadlinePending {
			add(nameOf(d), dayOf(d.Due))
		}
	}
	for _, e := range coming {
		switch e.Kind {
		case DeadlineSet, DeadlineMoved:
			add(e.Name, e.Due)
		case ReviewNext, SignalChanged:
			add(deadlineOf(&e), e.Due)
		}
	}
	return events
}

// mostLifts is how far ahead it is looked for the day on which something no
// longer stands in the way of elimination.
const mostLifts = 24 // months

// Lifts tells for each thing that stands in the way of elimination the first day
// on which it no longer does if nothing new is stated; no day where only a new
// fact can lift it.
func Lifts(world *translate.World, p translate.Papers, today civil.Day) map[v1alpha1.Word]civil.Day {
	lifts := map[v1alpha1.Word]civil.Day{}
	frozen := statedUntil(p, today)
	now := world.JudgeOn(frozen, today)
	if now.Household.Elimination == nil {
		return lifts
	}
	for _, blocker := range now.Household.Elimination.Blockers {
		lifts[blocker] = 0
	}
	for day, steps := NextDay(now), 0; !day.IsZero() && day <= today.AddMonths(mostLifts) && steps < mostDays; steps++ {
		then := world.JudgeOn(frozen, day)
		for blocker, lifted := range lifts {
			if e := then.Household.Elimination; lifted.IsZero() && e != nil && !slices.Contains(e.Blockers, blocker) {
				lifts[blocker] = day
			}
		}
		day = NextDay(then)
	}
	return lifts
}
