// SPDX-License-Identifier: Apache-2.0

// Package chronicle tells a family's life in events: what was found and signed,
// what followed from it day by day, and what comes if nothing new is stated.
package chronicle

import (
	"cmp"
	"slices"

	"fangpin.io/fangpin/internal/civil"
)

// Kind is what an event is about.
type Kind string

// The kinds of events: facts that people stated, in the order of a day, then
// what was concluded from them.
const (
	Marked          Kind = "Marked"
	Surveyed        Kind = "Surveyed"
	SignalReceived  Kind = "SignalReceived"
	SignalVerified  Kind = "SignalVerified"
	ReviewOpened    Kind = "ReviewOpened"
	StepRecorded    Kind = "StepRecorded"
	MeasurePlanned  Kind = "MeasurePlanned"
	MeasureReceived Kind = "MeasureDelivered"
	MeasureDropped  Kind = "MeasureCancelled"
	PolicyEntered   Kind = "PolicyEntered"
	ReportSubmitted Kind = "ReportSubmitted"
	DutyRecorded    Kind = "DutyRecorded"

	PolicyChanged     Kind = "PolicyChanged"
	NotJudged         Kind = "NotJudged"
	StageChanged      Kind = "StageChanged"
	CategoryChanged   Kind = "CategoryChanged"
	TierChanged       Kind = "TierChanged"
	ShortfallOpened   Kind = "ShortfallOpened"
	ShortfallRouted   Kind = "ShortfallRouted"
	ShortfallChanged  Kind = "ShortfallChanged"
	ShortfallClosed   Kind = "ShortfallClosed"
	DeadlineSet       Kind = "DeadlineSet"
	DeadlineMoved     Kind = "DeadlineMoved"
	DeadlineDue       Kind = "DeadlineDue"
	DeadlineChanged   Kind = "DeadlineChanged"
	DeadlineEscalated Kind = "DeadlineEscalated"
	DeadlineDropped   Kind = "DeadlineDropped"
	EligibleChanged   Kind = "EligibleChanged"
	BlockersChanged   Kind = "BlockersChanged"
	SignalChanged     Kind = "SignalChanged"
	StepChanged       Kind = "StepChanged"
	ReviewChanged     Kind = "ReviewChanged"
	ReviewNext        Kind = "ReviewNext"
	FactsMissing      Kind = "FactsMissing"
	FactsKnown        Kind = "FactsKnown"
)

// order is the order of events of one day.
var order = []Kind{
	Marked, Surveyed, SignalReceived, SignalVerified, ReviewOpened, StepRecorded,
	MeasurePlanned, MeasureReceived, MeasureDropped,
	PolicyEntered, ReportSubmitted, DutyRecorded,
	SignalChanged, StepChanged, ReviewChanged, ReviewNext,
	PolicyChanged, NotJudged, FactsMissing, FactsKnown, StageChanged, CategoryChanged, TierChanged,
	ShortfallOpened, ShortfallRouted, ShortfallChanged, ShortfallClosed,
	DeadlineDue, DeadlineSet, DeadlineMoved, DeadlineChanged, DeadlineEscalated, DeadlineDropped,
	EligibleChanged, BlockersChanged,
}

// Kinds returns all kinds of events, in the order of a day.
func Kinds() []Kind { return slices.Clone(order) }

// Event is one thing that happens to a family on a day.
type Event struct {
	Date civil.Day
	Kind Kind
	// Name is what it happens to: a standard, KIND/NAME of a deadline, a review.
	Name string
	// From and To are the state before and after, "" for none.
	From, To string
	// Due is the day by which something is due.
	Due civil.Day
	// Text is what was said of it, "" for nothing.
	Text string
	// Entered is the day on which a fact or a plan was typed in, as it says
	// itself; zero: on its date.
	Entered civil.Day
	// By is the user who stated a fact, "" where the fact does not name one.
	By string
	// KnownFrom is the day from which a conclusion could be reached, where that is
	// later than its date: what it rests on was entered late. Zero: its date.
	KnownFrom civil.Day
}

// DaysLate is how many days after its date something was entered, or could be
// concluded; 0 if in time.
func (e *Event) DaysLate() int { return max(0, int(max(e.Entered, e.KnownFrom)-e.Date)) }

// Ahead says that a fact claims to have been entered before it happened. A plan
// may well be: it is published before it holds.
func (e *Event) Ahead() bool {
	return !e.Entered.IsZero() && e.Entered < e.Date && e.Kind != PolicyEntered
}

// Known is the first day on which a fact or plan was known.
func (e *Event) Known() civil.Day {
	if e.Kind == PolicyEntered && !e.Entered.IsZero() {
		return e.Entered
	}
	return max(e.Entered, e.Date)
}

// sortEvents puts events in the order of days, and within a day of kinds.
func sortEvents(events []Event) {
	slices.SortStableFunc(events, func(a, b Event) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind)))
	})
}
