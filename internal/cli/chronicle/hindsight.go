// SPDX-License-Identifier: Apache-2.0

package chronicle

import (
	"cmp"
	"slices"
	"strings"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// About is what a conclusion is about.
type About string

// What conclusions are about, in the order in which they are told.
const (
	AboutPolicy      About = "Policy"
	AboutStage       About = "Stage"
	AboutCategory    About = "Category"
	AboutTier        About = "Tier"
	AboutShortfall   About = "Shortfall"
	AboutDeadline    About = "Deadline"
	AboutSignal      About = "RiskSignal"
	AboutReview      About = "Review"
	AboutElimination About = "Elimination"
)

var aboutOrder = []About{
	AboutPolicy, AboutStage, AboutCategory, AboutTier, AboutShortfall, AboutDeadline, AboutSignal, AboutReview, AboutElimination,
}

// Topic is one thing of which something is concluded on every day: the family's
// tier, a standard, KIND/NAME of a deadline, a review.
type Topic struct {
	About About
	Name  string
}

// Answer is what is concluded of a topic on a day; zero: nothing.
type Answer struct {
	Word string
	Next string // the step for which a review waits
	Due  civil.Day
}

// Revision is a run of days of which something else was concluded by what was
// known then than by what is known now.
type Revision struct {
	From, Until civil.Day // both included
	Topic
	Then, Now Answer
	// KnownFrom is the day from which the present answer could be given of the
	// first day.
	KnownFrom civil.Day
	// Because are the facts and plans entered on that day, which made it so.
	Because []Event
}

// Revise compares, for each day of a time, what the family was judged to be by
// what was known on the day itself with what the world knows now.
func Revise(world *translate.World, p translate.Papers, from, until civil.Day) []Revision {
	late := entered(world, &p)
	if len(late) == 0 {
		return nil
	}
	days := entryDays(late)
	now := answersIn(world, p, from, until)
	revised := compare(asKnown(world, p, from, until, days), now, until)
	h := historian{world, p, late, days, map[[2]civil.Day]map[Topic]Answer{}}
	for i := range revised {
		h.explain(&revised[i])
	}
	return revised
}

// Rewritten compares what is concluded of past days without a fact and with it.
func Rewritten(world *translate.World, without, with translate.Papers, from, until civil.Day) []Revision {
	return compare(answersIn(world, without, from, until), answersIn(world, with, from, until), until)
}

// LeftOut lists the facts and plans dated not after a day that a world does not
// know since they were entered later, in the order of their dates.
func LeftOut(everything, known *translate.World, p translate.Papers, day civil.Day) []Event {
	all := append(plansOver(everything, &p), facts(&p, day)...)
	left := known.Known(p)
	seen := map[Event]int{}
	for _, e := range append(plansOver(known, &p), facts(&left, day)...) {
		seen[e]++
	}
	all = slices.DeleteFunc(all, func(e Event) bool {
		seen[e]--
		return seen[e] >= 0 || e.Date > day
	})
	sortEvents(all)
	return all
}

// NotKnown lists the dated facts of one object that were not known on a day, as
// far as they are dated not after another: all of a lead or a review that was not
// known itself.
func NotKnown(object any, knownAt, day civil.Day) []Event {
	events := FactsOf(object)
	unknown := false
	switch object.(type) {
	case *v1alpha1.RiskSignal, *v1alpha1.Review:
		unknown = len(events) > 0 && events[0].Known() > knownAt
	}
	return slices.DeleteFunc(events, func(e Event) bool { return e.Date > day || !unknown && e.Known() <= knownAt })
}

// plansOver are the plans that ever rule where the family lives.
func plansOver(world *translate.World, p *translate.Papers) []Event {
	place, fault := world.NodeOf(p.Household.Namespace, p.Household.Spec.JurisdictionRef)
	if fault != nil {
		return nil
	}
	var events []Event
	for _, policy := range world.PoliciesOver(place) {
		events = append(events, FactsOf(policy)...)
	}
	return events
}

// entered are the facts and plans that were entered after their date.
func entered(world *translate.World, p *translate.Papers) []Event {
	events := append(plansOver(world, p), facts(p, civil.Last)...)
	return slices.DeleteFunc(events, func(e Event) bool { return e.DaysLate() == 0 })
}

// entryDays are the days on which something was entered late, in order.
func entryDays(late []Event) []civil.Day {
	days := make([]civil.Day, len(late))
	for i := range late {
		days[i] = late[i].Entered
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// moment is what is concluded from a day on.
type moment struct {
	day     civil.Day
	answers map[Topic]Answer
}

func answersIn(world *translate.World, p translate.Papers, from, until civil.Day) []moment {
	var out []moment
	eachDay(world, p, from, until, func(day civil.Day, j translate.Judgment) {
		out = append(out, moment{day, answers(view{&p, &j})})
	})
	return out
}

// asKnown judges each day by what was known on it. Between two days of late
// entries knowledge grows by facts of the day alone, and a day is judged by facts
// dated not after it; so a whole stretch may be judged by what was known at its
// end.
func asKnown(world *translate.World, p translate.Papers, from, until civil.Day, entryDays []civil.Day) []moment {
	var out []moment
	for start := from; start <= until; {
		end, then, known := until, world, p
		if i, _ := slices.BinarySearch(entryDays, start.AddDays(1)); i < len(entryDays) {
			end = min(until, entryDays[i].AddDays(-1))
			then = world.KnownAt(end)
			known = then.Known(p)
		}
		out = append(out, answersIn(then, known, start, end)...)
		start = end.AddDays(1)
	}
	return out
}

// compare finds the runs of days on which two accounts of one time differ in an
// answer; a run ends where either answer changes.
func compare(then, now []moment, until civil.Day) []Revision {
	var done []Revision
	open := map[Topic]Revision{}
	end := func(t Topic, day civil.Day) {
		r := open[t]
		r.Until = day
		done = append(done, r)
		delete(open, t)
	}
	var was, is map[Topic]Answer
	for i, k := 0, 0; i < len(then) || k < len(now); {
		day := civil.Last
		if i < len(then) {
			day = then[i].day
		}
		if k < len(now) {
			day = min(day, now[k].day)
		}
		if i < len(then) && then[i].day == day {
			was, i = then[i].answers, i+1
		}
		if k < len(now) && now[k].day == day {
			is, k = now[k].answers, k+1
		}
		for t, r := range open {
			if was[t] != r.Then || is[t] != r.Now {
				end(t, day.AddDays(-1))
			}
		}
		for _, topics := range []map[Topic]Answer{was, is} {
			for t := range topics {
				if _, running := open[t]; !running && was[t] != is[t] {
					open[t] = Revision{From: day, Topic: t, Then: was[t], Now: is[t]}
				}
			}
		}
	}
	for t := range open {
		end(t, until)
	}
	slices.SortFunc(done, func(a, b Revision) int {
		return cmp.Or(cmp.Compare(a.From, b.From),
			cmp.Compare(slices.Index(aboutOrder, a.About), slices.Index(aboutOrder, b.About)), strings.Compare(a.Name, b.Name))
	})
	return done
}

// answers are what is concluded of a family and its papers on a day.
func answers(v view) map[Topic]Answer {
	s := v.judgment.Household
	out := map[Topic]Answer{}
	put := func(about About, name string, a Answer) {
		if a != (Answer{}) {
			out[Topic{about, name}] = a
		}
	}
	put(AboutPolicy, "", Answer{Word: policyOf(s)})
	if reason := unjudged(s); reason != "" {
		put(AboutStage, "", Answer{Word: reason})
		return out
	}
	put(AboutStage, "", Answer{Word: string(s.Stage)})
	put(AboutCategory, "", Answer{Word: string(s.Category)})
	put(AboutTier, "", Answer{Word: string(s.Tier)})
	put(AboutElimination, "", Answer{Word: eligible(s)})
	for i := range s.Shortfalls {
		f := &s.Shortfalls[i]
		put(AboutShortfall, string(f.Standard), Answer{Word: string(f.State), Due: dayOf(f.Due)})
	}
	for i := range s.Deadlines {
		d := &s.Deadlines[i]
		put(AboutDeadline, nameOf(d), Answer{Word: string(d.State), Due: dayOf(d.Due)})
	}
	for i, status := range v.judgment.Signals {
		if status != nil {
			put(AboutSignal, v.papers.Signals[i].Name, Answer{Word: string(status.State), Due: dayOf(status.VerifyBy)})
		}
	}
	for i, status := range v.judgment.Reviews {
		if status != nil {
			put(AboutReview, v.papers.Reviews[i].Name, Answer{Word: string(status.Stage), Next: string(status.NextStep), Due: dayOf(status.Due)})
		}
	}
	return out
}

// historian finds out what made a conclusion another.
type historian struct {
	world *translate.World
	p     translate.Papers
	late  []Event
	days  []civil.Day
	cache map[[2]civil.Day]map[Topic]Answer // by day judged and day of knowledge
}

// explain finds the day from which on the present answer could be given of a
// revision's first day, and what was entered on it.
func (h *historian) explain(r *Revision) {
	after, _ := slices.BinarySearch(h.days, r.From.AddDays(1))
	at := len(h.days) - 1
	for at > after && h.on(r.From, h.days[at-1])[r.Topic] == r.Now {
		at--
	}
	r.KnownFrom = h.days[at]
	for _, e := range h.late {
		if e.Entered == r.KnownFrom && e.Date <= r.From {
			r.Because = append(r.Because, e)
		}
	}
	sortEvents(r.Because)
}

func (h *historian) on(day, knownAt civil.Day) map[Topic]Answer {
	key := [2]civil.Day{day, knownAt}
	if found, known := h.cache[key]; known {
		return found
	}
	then := h.world.KnownAt(knownAt)
	p := then.Known(h.p)
	j := then.JudgeOn(p, day)
	h.cache[key] = answers(view{&p, &j})
	return h.cache[key]
}

// markLate says of each conclusion that it could not be reached on its date, if
// so, and of each plan that came into force that it was entered late.
func markLate(events []Event, revised []Revision, world *translate.World) {
	for i := range events {
		e := &events[i]
		if policy := world.Policy(e.To); e.Kind == PolicyChanged && policy != nil {
			for _, made := range FactsOf(policy.Policy) {
				if made.DaysLate() > 0 && made.Entered > e.Date {
					e.Entered = made.Entered
				}
			}
		}
		topic := topicOf(e)
		for k := range revised {
			if r := &revised[k]; r.Topic == topic && r.From <= e.Date && e.Date <= r.Until {
				e.KnownFrom = max(e.KnownFrom, r.KnownFrom)
			}
		}
	}
}

// topicOf is what an event is a change of.
func topicOf(e *Event) Topic {
	switch e.Kind {
	case PolicyChanged:
		return Topic{AboutPolicy, ""}
	case StageChanged, NotJudged:
		return Topic{AboutStage, ""}
	case CategoryChanged:
		return Topic{AboutCategory, ""}
	case TierChanged:
		return Topic{AboutTier, ""}
	case EligibleChanged:
		return Topic{AboutElimination, ""}
	case ShortfallOpened, ShortfallRouted, ShortfallChanged, ShortfallClosed:
		return Topic{AboutShortfall, e.Name}
	case DeadlineSet, DeadlineMoved, DeadlineChanged, DeadlineEscalated, DeadlineDropped:
		return Topic{AboutDeadline, e.Name}
	case SignalChanged:
		return Topic{AboutSignal, e.Name}
	case StepChanged:
		review, _, _ := strings.Cut(e.Name, "/")
		return Topic{AboutReview, review}
	case ReviewChanged, ReviewNext:
		return Topic{AboutReview, e.Name}
	}
	return Topic{}
}
