// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"time"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/money"
)

// Truth is the answer to a rule: a missing fact makes it Unknown, never No.
type Truth uint8

// The three answers.
const (
	No Truth = iota
	Yes
	Unknown
)

// Answer is what a predicate says of some facts.
type Answer struct {
	Truth   Truth
	Missing []string // the facts that were missing, sorted; only when Unknown
	Fault   string   // why the rule could not be worked out, "" if only facts were missing
}

// Reads is the set of facts that a predicate may look at. The judge asks a
// predicate again only when one of them has changed.
type Reads uint64

// The facts that change in the course of a family's life, one bit each.
const (
	ReadMarks Reads = 1 << iota
	ReadLabour
	ReadCategory
	ReadEliminated
	ReadSurveyDate
	ReadMethod
	ReadRisk
	ReadHardship
	ReadIncomeTrend
	ReadSpendingTrend
	ReadCauses
	ReadReceives
	ReadUnmet
	ReadSignals
	ReadParams
	ReadToday
	ReadGuarantees // the map as a whole, or a key that has no bit of its own
	readGuaranteeFirst
)

// ReadNothing is the set of a constant rule, or of one that reads only
// present-day facts of the household.
const ReadNothing Reads = 0

const (
	guaranteeBits  = 11
	readAmountBase = 17 + guaranteeBits
)

// guaranteeNames have a bit each, so that a change of one does not ask the
// rules about the others again.
var guaranteeNames = [guaranteeBits]string{
	"Income", "Food", "Clothing", "Education", "Medical", "Housing", "Water",
	"WaterQuality", "WaterQuantity", "WaterAccess", "WaterReliability",
}

// ReadGuarantee is the bit of one guarantee of the survey.
func ReadGuarantee(name string) Reads {
	for i, n := range guaranteeNames {
		if n == name {
			return readGuaranteeFirst << i
		}
	}
	return ReadGuarantees
}

// ReadAmount is the bit of one amount of the survey.
func ReadAmount(f AmountField) Reads { return 1 << (readAmountBase + Reads(f)) }

// ReadRegistration is the bit of the registration, which turns on the day of
// graduation (脱贫).
const ReadRegistration Reads = 1 << (readAmountBase + Reads(amountCount))

// ReadAll is every fact that can change.
const ReadAll = ^Reads(0)

// Predicate is a compiled rule: a question about the facts of a day.
type Predicate struct {
	// Index numbers the predicates of one plan from 0, without gaps.
	Index int
	// Reads is a superset of the facts that Ask looks at.
	Reads Reads
	// Source is the rule as the plan's author wrote it.
	Source string
	// Ask is total: it never panics, and answers Unknown where it cannot tell.
	// It must not keep the facts.
	Ask func(*Facts) Answer
}

// Facts is what a rule may look at on one day.
type Facts struct {
	Today  civil.Day
	Family *Family

	// Survey holds the facts of the last survey seen, nil before the first;
	// SurveyDate is that survey's own date, also when it was unchanged.
	Survey     *Survey
	SurveyDate civil.Day
	Marks      []Mark   // dated not after Today
	Signals    []Signal // confirmed, of the last twelve months, newest first

	Params []Value // by index of Plan.Parameters

	Unmet      []string // names of the open shortfalls, in the plan's order
	Category   string   // "" none yet or OutOfScope
	Undecided  bool     // the category is not known
	Eliminated bool

	// Signal is the lead that a warning line is asked about, else nil.
	Signal *Signal
}

// Value is a parameter's value on a day.
type Value struct {
	Known  bool
	Amount money.Amount // of a money parameter, in fen
	Number string       // of any other, as the plan wrote it
}

// Parameter is a dated value of the plan (参数).
type Parameter struct {
	Name   string
	Values []DatedValue // ascending by From
}

// DatedValue holds from its day on until the next one's.
type DatedValue struct {
	From  civil.Day
	Value Value
}

// Plan is one locality's plan, compiled.
type Plan struct {
	Name        string
	From, Until civil.Day // Until zero: without an end
	Zone        *time.Location
	// StartDayCounted makes periods in days count their first day (spec.startDay).
	StartDayCounted bool
	// Invalid says that the plan does not compile; it then concludes nothing.
	Invalid bool
	// Predicates is how many predicates the plan has in all.
	Predicates int

	Parameters   []Parameter
	Channels     []Channel // none: leads of every source are accepted
	Standards    []Standard
	Categories   []Category
	Tiers        []Tier
	WarningLines []WarningLine
	Deadlines    []DeadlineRule
	Surveys      []SurveyRule
	Planning     civil.Due // kind NoDue: none
	Procedures   []Procedure
	Duties       []DutyRule
}

// Procedure returns the plan's procedure of the purpose, nil if it has none.
func (p *Plan) Procedure(purpose string) *Procedure {
	for i := range p.Procedures {
		if p.Procedures[i].Purpose == purpose {
			return &p.Procedures[i]
		}
	}
	return nil
}

// Channel is a source of leads that the plan accepts, and what it requires.
type Channel struct {
	Source            string
	Document, Consent bool
}

// WarningLine says which leads must be verified (预警线).
type WarningLine struct {
	Name         string
	Cause        string // "": any
	When         Predicate
	VerifyWithin civil.Due // kind NoDue: no limit
}

// Standard is what must hold for every family in scope (两不愁三保障, 饮水, 收入).
type Standard struct {
	Name         string
	Met          Predicate
	Departments  []DepartmentRule
	RemedyWithin civil.Due // kind NoDue: none
	Measures     []MeasureRule
}

// DepartmentRule routes a shortfall; the first that matches wins.
type DepartmentRule struct {
	Names []string
	When  *Predicate // nil: always
}

// MeasureRule proposes a measure; every match counts.
type MeasureRule struct {
	Kind string
	When *Predicate // nil: always
}

// Category is a kind of monitored object (监测对象类别); the first match wins.
type Category struct {
	Name           string
	Identification bool
	When           Predicate
	Ledgers        []string // once identified, where that is asked for
	Measures       []MeasureRule
}

// Tier is a level of risk (风险等级); the first tier with a rule that holds wins.
type Tier struct {
	Name     string
	Ledgers  []string
	Rules    []TierRule
	Measures []MeasureRule
}

// TierRule is one of the rules of which any suffices for the tier.
type TierRule struct {
	Name    string
	Message string
	When    Predicate
}

// Start is what a deadline counts from.
type Start uint8

// The starts of deadlines.
const (
	StartTierSince Start = iota
	StartIdentified
	StartFirstShortfall
)

// MetWhen is what a deadline of families waits for.
type MetWhen uint8

// What meets a deadline.
const (
	MetShortfallsClosed MetWhen = iota
	MetRiskEliminated
	MetTierLeft
	MetIdentified
	MetRecorded
	MetDelivered
)

// DeadlineRule is a deadline that the plan sets for families.
type DeadlineRule struct {
	Name     string
	Tiers    []string // empty: every family with a category
	Starts   Start
	MetWhen  MetWhen
	Windows  []civil.Window
	Escalate []Escalation // ascending by AfterDays
}

// Escalation names who is told, from the day after due + AfterDays on.
type Escalation struct {
	AfterDays int
	To        string
}

// SurveyRule is a duty to survey (测); the first match by tier and stage wins.
type SurveyRule struct {
	Every  civil.Cycle
	Tiers  []string // empty: any
	Stages []string // empty: any
	Method string   // "": by any method; OnSite: a survey by telephone is not seen
	From   civil.Day
}
