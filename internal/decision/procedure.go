// SPDX-License-Identifier: Apache-2.0

package decision

import "fangpin.io/fangpin/internal/civil"

// Procedure is an ordered list of steps with gates (程序).
type Procedure struct {
	Purpose string
	// MarksCount says that marks of the national system dated before the plan
	// count as identified (prior: MarksCount).
	MarksCount bool
	Steps      []Step

	// Blockers stop the last step while they hold.
	Blockers []Blocker

	// Quarters that must pass from inclusion to elimination, 0: none, and how
	// they are counted.
	Quarters int
	Counted  Counting
	// StableSurveys is how many last surveys in a row must be without a shortfall
	// before an elimination.
	StableSurveys int
	// KeepWatching says that surveys go on after elimination.
	KeepWatching bool
}

// Counting is how quarters since inclusion are counted (季度计法).
type Counting uint8

// The ways of counting. For an inclusion on 2021-05-10 and two quarters the
// first day of elimination is 2021-11-11, 2021-10-01 and 2022-01-01.
const (
	Rolling        Counting = iota // the day after inclusion + 3 months a quarter
	CurrentAndNext                 // the quarter of inclusion is the first
	WholeQuarters                  // the quarter after it is the first
)

// Earliest is the first day on which the risk of a family that was included on
// a day may be marked eliminated; no day if the plan sets no minimum.
func (p *Procedure) Earliest(included civil.Day) civil.Day {
	if p.Quarters == 0 || included.IsZero() {
		return 0
	}
	switch months := 3 * p.Quarters; p.Counted {
	case CurrentAndNext:
		return included.FirstOfQuarter().AddMonths(months)
	case WholeQuarters:
		return included.FirstOfQuarter().AddMonths(months + 3)
	default:
		return included.AddMonths(months).AddDays(1)
	}
}

// step is the place of a step in the procedure, -1 if it has none of the name.
func (p *Procedure) step(name string) int {
	for i := range p.Steps {
		if p.Steps[i].Name == name {
			return i
		}
	}
	return -1
}

// Blocker stops the last step of a procedure while it holds.
type Blocker struct {
	Name    string
	When    Predicate
	Message string
}

// StepType is what a step is.
type StepType uint8

// The types of steps (走访, 评议, 公示, 比对, 审批, 录入, 申请).
const (
	HomeVisit StepType = iota
	Appraisal
	PublicNotice
	DataComparison
	Decision
	Registration
	Application
)

// Requirement is a set of what a step's record needs.
type Requirement uint8

// The requirements.
const (
	NeedsDocument Requirement = 1 << iota
	NeedsOfficer
	NeedsPlannedElimination
	NeedsPlan
	NeedsIdentified
	NeedsRecorded
)

// Step passes by a record that meets it.
type Step struct {
	Name     string
	Type     StepType
	Level    string // who takes it, for display; "" not stated
	Requires Requirement
	Within   civil.Due // from the step ahead, for the first from opening; NoDue: no limit

	// ByDepartment says that a department of the shortfall applies.
	ByDepartment bool
	Attendance   []Attendance // the least numbers
	MinDays      int
	SiteKinds    []string // of which every site is required for a notice
	ClusterOf    int      // sites of at least so many households are required; 0: no such rule
	Assets       []string
	NotBy        []string // steps whose signers may not sign this one
}
