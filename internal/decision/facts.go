// SPDX-License-Identifier: Apache-2.0

// Package decision judges one family on one day: from what people asserted
// (facts) and what the locality's plan demands (rules) it concludes tier,
// shortfalls, deadlines and the next day on which anything could change.
//
// The package is pure. It imports the standard library and the value packages
// civil and money, reads no clock, and holds no variable that changes. Rules
// reach it as compiled predicates, so that the rule language stays elsewhere.
package decision

import (
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/money"
)

// Family is everything that was asserted about one family. Zero days and empty
// strings mean that a fact was not stated.
type Family struct {
	Registration string // Graduated, Poor or None (建档立卡 status)
	Graduated    civil.Day
	Persons      int
	Members      []Member
	Wishes       []string
	Marks        []Mark   // ascending by date
	Surveys      []Survey // strictly ascending by date
	Measures     []Measure
	Signals      []Signal // ascending by date, then name
	Reviews      []Review // ascending by opening, then name

	// Sites are where notices go up: those of the family's own jurisdiction, then
	// those of the one above it, and so on.
	Sites [][]Site

	// Identifications are days on which the family passed identification by
	// means other than a Review in this input; policy tests use it.
	Identifications []civil.Day
}

// Member is one person of the family, without a name.
type Member struct {
	Relation  string
	BirthYear int // 0: not stated
	Health    string
	Work      string
	Schooling string
}

// Mark is an entry of the family in a ledger or system (标注, 录入).
type Mark struct {
	Category string
	System   string
	Date     civil.Day
}

// Survey is what one visit or call found (测). Each survey stands alone, except
// that an unchanged one repeats the facts of the last survey seen.
type Survey struct {
	Date      civil.Day
	Method    string // OnSite or Phone
	Unchanged bool

	Amounts    [amountCount]money.Amount // by AmountField
	Stated     AmountSet                 // which of Amounts were stated
	Guarantees []Guarantee
	Causes     []string
	Receives   []string

	Labour        string
	Risk          string
	Hardship      string
	IncomeTrend   string
	SpendingTrend string
}

// Guarantee is the state of one assurance or guarantee (两不愁三保障): Met,
// AtRisk or Unmet.
type Guarantee struct {
	Name  string
	State string
}

// AmountField names one amount of a survey.
type AmountField uint8

// The amounts that a survey may state, in fen: per head for income, of the
// whole household over twelve months for sources and expenses.
const (
	Income AmountField = iota
	IncomeBefore
	Wage
	Business
	Property
	Transfer
	MedicalExpense
	EducationExpense
	DisasterExpense
	OtherExpense
	amountCount
)

// AmountSet is a set of AmountField.
type AmountSet uint16

// Has reports whether the field is in the set.
func (s AmountSet) Has(f AmountField) bool { return s&(1<<f) != 0 }

// With returns the set with the field added.
func (s AmountSet) With(f AmountField) AmountSet { return s | 1<<f }

// Amount returns the amount in fen and whether the survey stated it.
func (s *Survey) Amount(f AmountField) (money.Amount, bool) {
	return s.Amounts[f], s.Stated.Has(f)
}

// SetAmount states an amount.
func (s *Survey) SetAmount(f AmountField, a money.Amount) {
	s.Amounts[f] = a
	s.Stated = s.Stated.With(f)
}

// State returns the state of the named guarantee, "" when not stated.
func (s *Survey) State(name string) string {
	for i := range s.Guarantees {
		if s.Guarantees[i].Name == name {
			return s.Guarantees[i].State
		}
	}
	return ""
}

// Measure is one measure of the family's assistance plan (一户一策).
type Measure struct {
	Name       string
	Kind       string
	For        []string // standards whose shortfalls it is to close
	Department string
	Date       civil.Day // the day it was planned; zero: always
	Due        civil.Day // zero: the shortfall's
	Delivered  civil.Day
	Cancelled  civil.Day
}

// CountsOn reports whether the measure is planned and not cancelled on the day.
// A cancelled measure counts until the day before its cancellation.
func (m *Measure) CountsOn(c *clock) bool {
	planned := m.Date.IsZero() || c.reached(m.Date)
	cancelled := !m.Cancelled.IsZero() && c.reached(m.Cancelled)
	return planned && !cancelled
}

// Signal is a lead about the family (线索), with its verification.
type Signal struct {
	Name       string
	Source     string
	Department string
	Cause      string
	Amount     money.Amount
	AmountSet  bool
	Date       civil.Day
	Period     string    // of a periodic feed, "" if it is none
	Document   bool      // a document stands behind it
	Consent    bool      // truthfulness promised, and assets may be queried
	Proxy      bool      // somebody else speaks for the family
	Will       bool      // the family itself wants it
	Verified   civil.Day // zero: not yet
	Outcome    string    // Confirmed or Dismissed
	Line       string    // the warning line that it crosses; the judge fills it in
}

// Review is the file of one procedure; its records grow only at their end.
type Review struct {
	Name      string
	Purpose   string
	Opened    civil.Day
	Standards []string
	Records   []Record
}

// Record is one signed step of a review.
type Record struct {
	Step    string
	Date    civil.Day
	By      string
	With    []string
	Outcome string // Passed, Failed or Returned
	To      string // the step to which it is returned, "": its own

	Document   bool
	Attendance []Attendance
	Notice     Notice
	Checks     []AssetCheck
	Department string // of an Application

	Officer            bool // who answers for the family is named
	PlannedElimination bool // the day by which the risk is to be gone is named
}

// Attendance is how many people of a role attended.
type Attendance struct {
	Role  string
	Count int
}

// Notice is what a record says of a public notice (公示). What a record leaves
// out is that of the record before of the same step.
type Notice struct {
	From, Until civil.Day
	Sites       []string
	Objections  int
	Stated      bool // the objections are stated
}

// AssetCheck is the comparison of one kind of assets: Clear, Hit or Explained.
type AssetCheck struct {
	Asset  string
	Result string
}

// Site is a place where notices go up (公示地点).
type Site struct {
	Name        string
	Kind        string
	Households  int       // 0: not stated
	From, Until civil.Day // both included; zero: open on that side
}
