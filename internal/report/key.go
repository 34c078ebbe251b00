// SPDX-License-Identifier: Apache-2.0

package report

import "cmp"

// Topic is what a group of figures is about.
type Topic string

// The topics, in the order of a report.
const (
	Families   Topic = "Families"   // how families stand on the day
	Movement   Topic = "Movement"   // monitored objects through the months
	Tiers      Topic = "Tiers"      // by policy and tier
	Categories Topic = "Categories" // by policy and category
	Causes     Topic = "Causes"     // by category and cause
	Shortfalls Topic = "Shortfalls" // by standard
	Way        Topic = "Way"        // how far families have come
	Measures   Topic = "Measures"   // by kind
	Overdue    Topic = "Overdue"    // by who has to act
	Reviews    Topic = "Reviews"    // by purpose and stage
	Signals    Topic = "Signals"    // by source and state
	Surveys    Topic = "Surveys"    // done and missing
)

// topics orders them.
var topics = map[Topic]int{
	Families: 0, Movement: 1, Tiers: 2, Categories: 3, Causes: 4, Shortfalls: 5,
	Way: 6, Measures: 7, Overdue: 8, Reviews: 9, Signals: 10, Surveys: 11,
}

// Quantity is what is counted.
type Quantity string

// The quantities.
const (
	Households   Quantity = "Households"
	Persons      Quantity = "Persons"
	Open         Quantity = "Open"          // shortfalls, overdue ones too
	Late         Quantity = "Overdue"       // those of them, or deadlines, past the day
	Planned      Quantity = "Planned"       // measures
	Papers       Quantity = "Papers"        // reviews, leads
	PlannedFen   Quantity = "PlannedYuan"   // amounts, counted in fen and written in yuan
	DeliveredFen Quantity = "DeliveredYuan" // likewise
)

// quantities orders them.
var quantities = map[Quantity]int{
	Households: 0, Persons: 1, Open: 2, Late: 3, Planned: 4, Papers: 5, PlannedFen: 6, DeliveredFen: 7,
}

// IsFen says that the quantity is an amount of money and no count.
func (q Quantity) IsFen() bool { return q == PlannedFen || q == DeliveredFen }

// The names within Families.
const (
	Total        = "Total"
	Monitored    = "Monitored"
	NotMonitored = "NotMonitored" // in scope, not (yet) a monitored object
	Eliminated   = "Eliminated"
	OutOfScope   = "OutOfScope"
	Unjudged     = "Unjudged"
)

// The names within Movement; Eliminated is another.
const (
	Opening = "Opening"
	Added   = "Added"
	Closing = "Closing"
)

// The names within Way, one a step; Eliminated is the last. All are some of
// CameIntoScope. Of the procedure's steps, BegunReview, BecameMonitored and
// Eliminated, each holds some of the step before it; and so of the steps of help,
// NeedsHelp, HasMeasures and MeasuresComplete.
const (
	CameIntoScope    = "InScope"
	BegunReview      = "UnderReview"
	BecameMonitored  = "Monitored"
	NeedsHelp        = "NeedsHelp" // an open shortfall, or measures for one
	HasMeasures      = "Planned"
	MeasuresComplete = "Delivered"
)

// Steps are the names within Way, in their order.
func Steps() []string {
	return []string{CameIntoScope, BegunReview, BecameMonitored, NeedsHelp, HasMeasures, MeasuresComplete, Eliminated}
}

// The groups within Overdue, and the name of what the plan gives to nobody.
const (
	ByDepartment = "Department"
	ByLevel      = "Level"
	AllDeadlines = "All"
)

// The names within Surveys.
const (
	SurveysDone    = "Done"
	SurveysMissing = "Missing"
)

// rank orders names that have an order of their own.
var rank = map[Topic]map[string]int{
	Families: {Total: 0, Monitored: 1, NotMonitored: 2, Eliminated: 3, OutOfScope: 4, Unjudged: 5},
	Movement: {Opening: 0, Added: 1, Eliminated: 2, Closing: 3},
	Way:      {CameIntoScope: 0, BegunReview: 1, BecameMonitored: 2, NeedsHelp: 3, HasMeasures: 4, MeasuresComplete: 5, Eliminated: 6},
	Surveys:  {SurveysDone: 0, SurveysMissing: 1},
}

// groupRank orders groups that have an order of their own.
var groupRank = map[Topic]map[string]int{Overdue: {AllDeadlines: 0, ByDepartment: 1, ByLevel: 2}}

// Key names a figure.
type Key struct {
	Topic    Topic    `json:"topic"`
	Group    string   `json:"group,omitempty"` // policy of a tier or category; category of a cause; state of a paper
	Name     string   `json:"name"`
	Quantity Quantity `json:"quantity"`
}

// Kind says how the figures of months make that of a longer period.
type Kind string

// The kinds of figures.
const (
	Stock Kind = "Stock" // of the last day: the period's is that of its last month
	Flow  Kind = "Flow"  // of the days: the months' add up
	First Kind = "First" // of the day before: the period's is that of its first month
	Span  Kind = "Span"  // of all days together: a paper of two months counts once in the period
)

// Kind of the figure.
func (k Key) Kind() Kind {
	switch {
	case k.Topic == Movement && k.Name == Opening:
		return First
	case k.Topic == Movement && k.Name != Closing, k.Topic == Surveys:
		return Flow
	case k.Topic == Reviews, k.Topic == Signals:
		return Span
	}
	return Stock
}

// Order orders keys: by topic, then as the plans order their words, then by name.
type Order map[Word]int

// Word is a word that has a place in a plan: a tier or category of its policy, a
// standard.
type Word struct {
	Topic       Topic
	Group, Name string
}

func (o Order) compare(a, b Key) int {
	place := func(k Key) int {
		if own, has := rank[k.Topic][k.Name]; has {
			return own
		}
		if at, has := o[Word{k.Topic, k.Group, k.Name}]; has {
			return at
		}
		return len(o) + len(rank)
	}
	if a.Topic == b.Topic && a.Kind() == Span { // papers by what they are, then by how they stand
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Group, b.Group))
	}
	return cmp.Or(
		cmp.Compare(topics[a.Topic], topics[b.Topic]),
		cmp.Compare(groupRank[a.Topic][a.Group], groupRank[b.Topic][b.Group]),
		cmp.Compare(a.Group, b.Group),
		cmp.Compare(place(a), place(b)), cmp.Compare(a.Name, b.Name),
		cmp.Compare(quantities[a.Quantity], quantities[b.Quantity]),
	)
}
