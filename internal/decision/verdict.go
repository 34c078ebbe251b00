// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// Undetermined is the reserved name of a tier or category that cannot be told
// because facts are missing.
const Undetermined = "Undetermined"

// Standing says whether the day could be judged at all.
type Standing uint8

// The standings of a day.
const (
	Judged Standing = iota
	NoPolicy
	PolicyConflict
	PolicyInvalid
)

// Stage is where the family stands in the procedure (阶段).
type Stage string

// The stages, in the order in which the first that fits is taken.
const (
	UnderElimination Stage = "UnderElimination"
	Monitored        Stage = "Monitored"
	UnderReview      Stage = "UnderReview"
	EliminatedStage  Stage = "Eliminated"
	OutOfScope       Stage = "OutOfScope"
	Watched          Stage = "Watched"
)

// Check is a yes-or-no statement about the family that has a first day.
type Check uint8

// The checks, of the family first and of its assistance plan after them.
const (
	FactsComplete Check = iota
	SurveyCurrent
	OnTrack
	Recorded
	EliminationEligible
	Covered
	Delivered
	Effective
	checkCount
)

// CheckState is what a check says today: absent where the question does not
// arise, else the answer and the first day of its unbroken run.
type CheckState struct {
	Asked bool
	Holds bool
	Since civil.Day
}

// Verdict is everything that is concluded about one family on one day.
type Verdict struct {
	Day      civil.Day
	Standing Standing
	// Policies names the conflicting plans, or the one that does not compile.
	Policies []string
	Plan     *Plan // nil unless Judged

	Stage      Stage
	Category   string // "" none, or Undetermined
	Tier       string // "" none, or Undetermined
	TierSince  civil.Day
	Reasons    []*TierRule // every true rule of the matched tier
	Causes     []string
	Ledgers    []string
	Unrecorded []string // those of Ledgers that have no entry of the family
	Identified civil.Day
	Surveyed   civil.Day
	// Eliminations are the days on which an elimination took effect: up to the day
	// before, the family was a monitored object or became one on that very day.
	Eliminations []civil.Day

	Shortfalls   []Shortfall // in the plan's order
	Proposed     []string    // the tier's measures, then the category's
	Deadlines    []Deadline  // by kind, then name
	NextDeadline civil.Day   // the earliest still to come
	Overdue      int
	History      []Change // oldest first, at most HistoryLength
	Missing      []Gap    // what could not be told, and for want of which facts
	Checks       [checkCount]CheckState
	Elimination  *EliminationVerdict
	Signals      []SignalVerdict  // as Family.Signals
	Reviews      []ReviewVerdict  // as Family.Reviews
	Measures     []MeasureVerdict // by name
	Uncovered    []string         // open shortfalls without a measure
	// Missed are the runs of days on which the family's survey was overdue: From is
	// the due day that was missed, Until the day on which it was surveyed or no
	// longer asked; zero: not yet.
	Missed []civil.Interval
	// NextChange is the first day after Day on which anything could differ;
	// zero: never, unless someone states a new fact.
	NextChange civil.Day

	judge *judge
}

// HistoryLength is how many changes of tier a verdict keeps.
const HistoryLength = 24

// ShortfallState is how far a shortfall is taken care of.
type ShortfallState string

// The states of shortfalls; Overdue wins over Covered.
const (
	ShortfallFound   ShortfallState = "Found"
	ShortfallOpen    ShortfallState = "Open"
	ShortfallCovered ShortfallState = "Covered"
	ShortfallOverdue ShortfallState = "Overdue"
)

// Shortfall is a standard that does not hold (短板).
type Shortfall struct {
	Standard    string
	Since       civil.Day
	Routed      civil.Day // zero: not yet
	Departments []string
	Due         civil.Day // zero: none
	State       ShortfallState
	Measures    []string // of the assistance plan, not cancelled
	Proposed    []string
}

// DeadlineKind groups deadlines by what sets them.
type DeadlineKind string

// The kinds of deadlines, in the order in which a verdict lists them.
const (
	TierDeadline         DeadlineKind = "Tier"
	SurveyDeadline       DeadlineKind = "Survey"
	PlanDeadline         DeadlineKind = "Plan"
	ShortfallDeadline    DeadlineKind = "Shortfall"
	StepDeadline         DeadlineKind = "Step"
	VerificationDeadline DeadlineKind = "Verification"
	MeasureDeadline      DeadlineKind = "Measure"
)

// DeadlineState is whether a deadline was kept.
type DeadlineState string

// The states of deadlines.
const (
	DeadlinePending DeadlineState = "Pending"
	DeadlineOverdue DeadlineState = "Overdue"
	DeadlineMet     DeadlineState = "Met"
	DeadlineMetLate DeadlineState = "MetLate"
)

// Deadline is one deadline of the family. The due day itself is in time.
type Deadline struct {
	Kind        DeadlineKind
	Name        string
	Start, Due  civil.Day
	State       DeadlineState
	EscalatedTo string
}

// Change is a change of tier: from the day on, the tier was this one. An empty
// tier means none.
type Change struct {
	Day    civil.Day
	Tier   string
	Policy string
}

// Gap names a rule that could not be worked out and the facts it lacks.
type Gap struct {
	Rule  string
	Facts []string
	Fault string
}

// MeasureState is how far a measure has come.
type MeasureState string

// The states of measures.
const (
	MeasurePlanned     MeasureState = "Planned"
	MeasureOverdue     MeasureState = "Overdue"
	MeasureDelivered   MeasureState = "Delivered"
	MeasureIneffective MeasureState = "Ineffective"
)

// MeasureVerdict is one measure of the assistance plan today.
type MeasureVerdict struct {
	Name  string
	State MeasureState
	Due   civil.Day // zero: none
}

// Facts returns what the rules looked at on the day, nil if it was not judged.
func (v *Verdict) Facts() *Facts {
	if v.judge == nil || v.Standing != Judged {
		return nil
	}
	return &v.judge.facts
}

// Ask puts a rule of the plan in force to the facts of the day, as the judge
// did: a rule that reads unmet is asked without and with the unknown standards.
func (v *Verdict) Ask(p *Predicate) Answer {
	if v.judge == nil || v.Standing != Judged {
		return Answer{Truth: Unknown, Fault: "the day was not judged"}
	}
	return v.judge.ask(p)
}
