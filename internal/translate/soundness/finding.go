// SPDX-License-Identifier: Apache-2.0

// Package soundness looks through a plan that compiles for what is idle or cannot
// be: rules that are never true or never get their turn, incomes between two lines,
// deadlines that nobody can meet, parameters without a value. It concludes nothing
// about families, and words nothing: who prints a finding words it.
//
// A finding is certain unless its code is NotReached: that one says no more than
// that no drawn family reached something.
package soundness

import (
	"cmp"
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// Code names a kind of finding. Codes are permanent: scripts rely on them.
type Code string

// The codes.
const (
	NeverTrue         Code = "never-true"
	NeverChosen       Code = "never-chosen"
	AlwaysCovered     Code = "always-covered"
	TierUnreachable   Code = "tier-unreachable"
	DuplicateRule     Code = "duplicate-rule"
	RuleImplied       Code = "rule-implied"
	StandardAlwaysMet Code = "standard-always-met"
	StandardNeverMet  Code = "standard-never-met"
	BlockerAlways     Code = "blocker-always"
	LineWithoutSource Code = "line-without-channel"
	NotReached        Code = "not-reached"
	TierGap           Code = "tier-gap"
	TierOverlap       Code = "tier-overlap"

	TierNeverTaken            Code = "tier-never-taken"
	DeadlineNeverStarts       Code = "deadline-never-starts"
	NoIdentification          Code = "identification-missing"
	NoElimination             Code = "elimination-missing"
	NoStandards               Code = "standards-missing"
	NoMeasures                Code = "measures-missing"
	NoLedgers                 Code = "ledgers-missing"
	DueBeforeStart            Code = "due-before-start"
	DueAfterEnd               Code = "due-after-end"
	EscalationAfterEnd        Code = "escalation-after-end"
	MinimumTooLong            Code = "minimum-beyond-plan"
	NoticeTooLong             Code = "notice-beyond-limit"
	SurveyNeverDue            Code = "survey-never-due"
	SurveyCovered             Code = "survey-covered"
	DutyNeverDue              Code = "duty-never-due"
	DutyMonthsMissed          Code = "duty-months-missed"
	ParameterWithoutValue     Code = "parameter-without-value"
	ParameterUnread           Code = "parameter-unread"
	ValueAfterEnd             Code = "value-after-end"
	StandardWithoutDepartment Code = "standard-without-department"
	NobodyApplies             Code = "application-without-department"
	NoSuchSite                Code = "site-kind-missing"
	NoSuchCluster             Code = "site-cluster-missing"
)

// Codes lists every code.
func Codes() []Code {
	return []Code{
		NeverTrue, NeverChosen, AlwaysCovered, TierUnreachable, DuplicateRule, RuleImplied,
		StandardAlwaysMet, StandardNeverMet, BlockerAlways, LineWithoutSource, NotReached, TierGap, TierOverlap,
		TierNeverTaken, DeadlineNeverStarts, NoIdentification, NoElimination, NoStandards, NoMeasures, NoLedgers,
		DueBeforeStart, DueAfterEnd, EscalationAfterEnd, MinimumTooLong, NoticeTooLong,
		SurveyNeverDue, SurveyCovered, DutyNeverDue, DutyMonthsMissed,
		ParameterWithoutValue, ParameterUnread, ValueAfterEnd, StandardWithoutDepartment, NobodyApplies, NoSuchSite, NoSuchCluster,
	}
}

// Severity says how much a finding matters.
type Severity string

// The severities.
const (
	Warning     Severity = "warning"     // something in the plan does nothing, or cannot be done
	Information Severity = "information" // it may well be meant so
)

// informations are the codes of what may well be meant so.
var informations = []Code{RuleImplied, TierOverlap, StandardWithoutDepartment, NoSuchSite, NoSuchCluster}

// Severity is how much a finding of the code matters.
func (c Code) Severity() Severity {
	if slices.Contains(informations, c) {
		return Information
	}
	return Warning
}

// Finding is one thing that was found.
type Finding struct {
	Code Code
	// Path is the field, such as spec.tiers[0].rules[1].when.
	Path string
	// Days are those on which it is so; none: on all days of the plan.
	Days []civil.Interval
	// Others are the fields by which this one is covered, equalled or implied.
	Others []string
	// Subjects are what else the finding names: a tier, a day, an amount, as its
	// code's sentence takes them.
	Subjects []any
}

// Options say how to look.
type Options struct {
	// Samples is how many families are drawn at least; 0: none, and nothing is said
	// of what they reach.
	Samples int
	// Jurisdictions are those that are given with the plan; none: nothing is said of
	// sites.
	Jurisdictions []*v1alpha1.Jurisdiction
}

// Look returns what is idle or impossible in a plan, in the order of its fields. Of
// a plan that does not compile nothing is said. The same plan always gives the same
// findings.
func Look(compiled *translate.CompiledPolicy, opts Options) []Finding {
	if compiled.Problems.Fatal() {
		return nil
	}
	s := &scrutiny{spec: &compiled.Policy.Spec, plan: compiled.Plan, rules: compiled.Rules, opts: opts}
	s.reason()
	s.reasonAboutBlockers()
	s.sample()
	s.procedures()
	s.deadlines()
	s.surveys()
	s.duties()
	s.parameters()
	s.standards()
	s.sites()
	slices.SortStableFunc(s.findings, func(a, b Finding) int {
		return cmp.Or(comparePaths(a.Path, b.Path), cmp.Compare(a.Code, b.Code))
	})
	return s.findings
}

// comparePaths puts numbers in paths in their order: measures[2] before [10].
func comparePaths(a, b string) int {
	for a != "" && b != "" {
		n, restA, okA := leadingNumber(a)
		m, restB, okB := leadingNumber(b)
		if okA && okB {
			if n != m {
				return cmp.Compare(n, m)
			}
			a, b = restA, restB
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func leadingNumber(s string) (n int, rest string, ok bool) {
	for ; len(s) > 0 && '0' <= s[0] && s[0] <= '9'; s = s[1:] {
		n, ok = 10*n+int(s[0]-'0'), true
	}
	return n, s, ok
}
