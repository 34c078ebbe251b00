// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"slices"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types/ref"

	"fangpin.io/fangpin/internal/decision"
)

// Scope is the place of a rule in the order of judging, which decides what it
// may look at: standards are asked first, then categories, then tiers and all
// that follows.
type Scope uint8

// The scopes of rules.
const (
	// InStandard is for standards: nothing is concluded yet.
	InStandard Scope = 1 << iota
	// InCategory is for categories: the open shortfalls (unmet) are known.
	InCategory
	// InTier is for tiers and all that is asked after: departments, measures,
	// blockers. The category is known.
	InTier
	// InWarningLine is for warning lines: one lead (signal) is asked about,
	// before anything is concluded.
	InWarningLine
)

const (
	everywhere     = InStandard | InCategory | InTier | InWarningLine
	fromCategories = InCategory | InTier
	fromTiers      = InTier
	inLines        = InWarningLine
)

// String says where rules of the scope stand.
func (s Scope) String() string {
	switch s {
	case InStandard:
		return "a standard"
	case InCategory:
		return "a category"
	case InTier:
		return "a tier or what comes after"
	case InWarningLine:
		return "a warning line"
	}
	return "a rule"
}

// where says in which places a fact may be used.
func (s Scope) where() string {
	switch s {
	case fromCategories:
		return "in categories, tiers and what comes after"
	case fromTiers:
		return "in tiers and what comes after"
	case inLines:
		return "in warning lines only"
	}
	return "everywhere"
}

// The words that the contract enumerates. Comparing a fact with any other word
// can never be true, so the compiler refuses it.
var (
	registrations   = []string{"Graduated", "Poor", "None"}
	labours         = []string{"Full", "Partial", "None", "Lost"}
	methods         = []string{"OnSite", "Phone"}
	risks           = []string{"None", "Present"}
	hardships       = []string{"None", "Difficult", "Severe"}
	incomeTrends    = []string{"Stable", "Unstable", "Plunged"}
	spendingTrends  = []string{"Normal", "Surged"}
	guaranteeStates = []string{"Met", "AtRisk", "Unmet"}
	signalSources   = []string{"SelfReport", "StaffScreening", "Department", "Petition", "Media", "Audit"}
	causes          = []string{
		"Illness", "Disability", "Schooling", "Disaster", "SuddenEvent", "IndustryFailure",
		"UnstableEmployment", "Epidemic", "PriceDrop", "Relocation", "PolicyFailure", "Other",
	}
	measureKinds = []string{
		"Industry", "Microcredit", "Employment", "PublicPost", "Training", "Subsistence", "SpecialCare",
		"TemporaryRelief", "MedicalAid", "Insurance", "Pension", "DisabilityAllowance", "FamilySupport",
		"Education", "Housing", "Water", "DisasterRelief", "ReliefFund", "Motivation", "SocialHelp", "Other",
	}
	// knownGuarantees are the names in the contract; a plan may name others.
	knownGuarantees = []string{
		"Income", "Food", "Clothing", "Education", "Medical", "Housing", "Water",
		"WaterQuality", "WaterQuantity", "WaterAccess", "WaterReliability",
	}
)

// Names of facts that the compiler itself must tell apart.
const (
	factGuarantees = "survey.guarantees"
	factUnmet      = "unmet"
	factCategory   = "household.category"
	paramPrefix    = "params."
)

// fact is one variable of the rule language.
type fact struct {
	name   string
	typ    *cel.Type
	scopes Scope // where it may be used
	reads  decision.Reads
	words  []string // the only values that it or its elements can have, nil: any
	items  uint64   // of a list: the most that it can have, by the bounds of the API
	get    func(*activation) ref.Val
	// unknown is handed out when get returns nil: the fact was not stated.
	unknown *unknown
}

// allGuarantees is what a rule reads that looks at the map as a whole.
func allGuarantees() decision.Reads {
	reads := decision.ReadGuarantees
	for _, name := range knownGuarantees {
		reads |= decision.ReadGuarantee(name)
	}
	return reads
}

// facts are the variables of every plan, in the contract's order. Parameters
// are added plan by plan.
var facts = declareFacts()

// Ids of the unknown fields of objects, beyond those of facts.
const (
	memberIDs = 1000 * (iota + 1)
	markIDs
	signalIDs
	parameterIDs
	guaranteeIDs
)

var (
	memberClass = newClass("fangpin.Member", "household.members[]", memberIDs, []field[decision.Member]{
		{name: "relation", typ: cel.StringType, get: func(m *decision.Member) ref.Val { return textOrNil(m.Relation) }},
		{name: "birthYear", typ: cel.IntType, get: func(m *decision.Member) ref.Val {
			if m.BirthYear == 0 {
				return nil
			}
			return number(m.BirthYear)
		}},
		{name: "health", typ: cel.StringType, get: func(m *decision.Member) ref.Val { return textOrNil(m.Health) }},
		{name: "work", typ: cel.StringType, get: func(m *decision.Member) ref.Val { return textOrNil(m.Work) }},
		{name: "schooling", typ: cel.StringType, get: func(m *decision.Member) ref.Val { return textOrNil(m.Schooling) }},
	})
	markClass = newClass("fangpin.Mark", "household.marks[]", markIDs, []field[decision.Mark]{
		{name: "category", typ: cel.StringType, get: func(m *decision.Mark) ref.Val { return textOrNil(m.Category) }},
		{name: "system", typ: cel.StringType, get: func(m *decision.Mark) ref.Val { return textOrNil(m.System) }},
		{name: "date", typ: cel.TimestampType, get: func(m *decision.Mark) ref.Val { return dateOrNil(m.Date) }},
		{name: "year", typ: cel.IntType, get: func(m *decision.Mark) ref.Val {
			if !m.Date.Valid() {
				return nil
			}
			return number(m.Date.Year())
		}},
	})
	signalClass = newClass("fangpin.Signal", "signals[]", signalIDs, append(leadFields(),
		// The line is a conclusion, so its absence is known: no line.
		field[decision.Signal]{name: "line", typ: cel.StringType, get: func(s *decision.Signal) ref.Val { return text(s.Line) }},
	))
)

// leadFields are what was asserted in a lead.
func leadFields() []field[decision.Signal] {
	return []field[decision.Signal]{
		{name: "cause", typ: cel.StringType, words: causes, get: func(s *decision.Signal) ref.Val { return textOrNil(s.Cause) }},
		{name: "source", typ: cel.StringType, words: signalSources, get: func(s *decision.Signal) ref.Val { return textOrNil(s.Source) }},
		{name: "department", typ: cel.StringType, get: func(s *decision.Signal) ref.Val { return textOrNil(s.Department) }},
		{name: "amount", typ: moneyType, get: func(s *decision.Signal) ref.Val {
			if !s.AmountSet {
				return nil
			}
			return (*yuan)(&s.Amount)
		}},
		{name: "date", typ: cel.TimestampType, get: func(s *decision.Signal) ref.Val { return dateOrNil(s.Date) }},
	}
}

func declareFacts() []*fact {
	list := append(householdFacts(), surveyFacts()...)
	list = append(list,
		&fact{name: factUnmet, typ: texts, scopes: fromCategories, reads: decision.ReadUnmet, items: 32,
			get: func(a *activation) ref.Val { return a.unmet.over(a.facts.Unmet) }},
		&fact{name: "signals", typ: cel.ListType(signalClass.typ), scopes: everywhere, reads: decision.ReadSignals, items: 128,
			get: func(a *activation) ref.Val { return a.signals.over(a.facts.Signals) }},
		&fact{name: "today", typ: cel.TimestampType, scopes: everywhere, reads: decision.ReadToday,
			get: func(a *activation) ref.Val { return a.today.boxed(a.facts.Today) }},
	)
	for _, f := range leadFields() {
		list = append(list, &fact{name: "signal." + f.name, typ: f.typ, scopes: inLines, words: f.words,
			get: func(a *activation) ref.Val {
				if a.facts.Signal == nil {
					return nil
				}
				return f.get(a.facts.Signal)
			}})
	}
	for i, f := range list {
		f.unknown = newUnknown(int64(i+1), f.name)
	}
	return list
}

var texts = cel.ListType(cel.StringType)

func householdFacts() []*fact {
	return []*fact{
		{name: "household.registration", typ: cel.StringType, scopes: everywhere, reads: decision.ReadRegistration, words: registrations,
			get: (*activation).registration},
		{name: "household.persons", typ: cel.IntType, scopes: everywhere,
			get: func(a *activation) ref.Val { return number(a.facts.Family.Persons) }},
		{name: "household.labour", typ: cel.StringType, scopes: everywhere, reads: decision.ReadLabour, words: labours,
			get: ofSurvey(func(s *decision.Survey) ref.Val { return textOrNil(s.Labour) })},
		{name: "household.members", typ: cel.ListType(memberClass.typ), scopes: everywhere, items: 50,
			get: func(a *activation) ref.Val { return a.members.over(a.facts.Family.Members) }},
		{name: "household.marks", typ: cel.ListType(markClass.typ), scopes: everywhere, reads: decision.ReadMarks, items: 32,
			get: func(a *activation) ref.Val { return a.marks.over(a.facts.Marks) }},
		{name: "household.wishes", typ: texts, scopes: everywhere, words: measureKinds, items: 16,
			get: func(a *activation) ref.Val { return a.wishes.over(a.facts.Family.Wishes) }},
		{name: factCategory, typ: cel.StringType, scopes: fromTiers, reads: decision.ReadCategory,
			get: func(a *activation) ref.Val {
				if a.facts.Undecided {
					return nil
				}
				return text(a.facts.Category)
			}},
		{name: "household.eliminated", typ: cel.BoolType, scopes: everywhere, reads: decision.ReadEliminated,
			get: func(a *activation) ref.Val { return boolean(a.facts.Eliminated) }},
	}
}

func surveyFacts() []*fact {
	list := []*fact{
		{name: "survey.date", typ: cel.TimestampType, scopes: everywhere, reads: decision.ReadSurveyDate,
			get: func(a *activation) ref.Val { return a.surveyDate.boxed(a.facts.SurveyDate) }},
	}
	for _, amount := range amountFacts {
		list = append(list, &fact{name: amount.name, typ: moneyType, scopes: everywhere,
			reads: decision.ReadAmount(amount.field), get: ofSurvey(func(s *decision.Survey) ref.Val {
				if !s.Stated.Has(amount.field) {
					return nil
				}
				return (*yuan)(&s.Amounts[amount.field])
			})})
	}
	list = append(list,
		&fact{name: factGuarantees, typ: cel.MapType(cel.StringType, cel.StringType), scopes: everywhere,
			reads: allGuarantees(), words: guaranteeStates, items: 64, get: (*activation).guaranteeMap},
		&fact{name: "survey.causes", typ: texts, scopes: everywhere, reads: decision.ReadCauses, words: causes, items: 12,
			get: func(a *activation) ref.Val {
				if a.facts.Survey == nil {
					return nil
				}
				return a.causes.over(a.facts.Survey.Causes)
			}},
		&fact{name: "survey.receives", typ: texts, scopes: everywhere, reads: decision.ReadReceives, words: measureKinds, items: 21,
			get: func(a *activation) ref.Val {
				if a.facts.Survey == nil {
					return nil
				}
				return a.receives.over(a.facts.Survey.Receives)
			}},
	)
	for _, word := range wordFacts {
		list = append(list, &fact{name: word.name, typ: cel.StringType, scopes: everywhere, reads: word.reads, words: word.words,
			get: ofSurvey(func(s *decision.Survey) ref.Val { return textOrNil(word.of(s)) })})
	}
	return list
}

// amountFacts are the amounts of a survey under their names in rules.
var amountFacts = []struct {
	name  string
	field decision.AmountField
}{
	{"survey.income", decision.Income},
	{"survey.incomeBefore", decision.IncomeBefore},
	{"survey.sources.wage", decision.Wage},
	{"survey.sources.business", decision.Business},
	{"survey.sources.property", decision.Property},
	{"survey.sources.transfer", decision.Transfer},
	{"survey.expenses.medical", decision.MedicalExpense},
	{"survey.expenses.education", decision.EducationExpense},
	{"survey.expenses.disaster", decision.DisasterExpense},
	{"survey.expenses.other", decision.OtherExpense},
}

// wordFacts are the enumerated words of a survey under their names in rules.
var wordFacts = []struct {
	name  string
	reads decision.Reads
	words []string
	of    func(*decision.Survey) string
}{
	{"survey.method", decision.ReadMethod, methods, func(s *decision.Survey) string { return s.Method }},
	{"survey.risk", decision.ReadRisk, risks, func(s *decision.Survey) string { return s.Risk }},
	{"survey.hardship", decision.ReadHardship, hardships, func(s *decision.Survey) string { return s.Hardship }},
	{"survey.incomeTrend", decision.ReadIncomeTrend, incomeTrends, func(s *decision.Survey) string { return s.IncomeTrend }},
	{"survey.spendingTrend", decision.ReadSpendingTrend, spendingTrends, func(s *decision.Survey) string { return s.SpendingTrend }},
}

// ofSurvey reads a fact of the last survey seen: without one it is missing.
func ofSurvey(get func(*decision.Survey) ref.Val) func(*activation) ref.Val {
	return func(a *activation) ref.Val {
		if a.facts.Survey == nil {
			return nil
		}
		return get(a.facts.Survey)
	}
}

// Words lists the words that a fact, or an element of it, can have by the contract;
// nil for any.
func Words(name string) []string {
	for _, f := range facts {
		if f.name == name {
			return slices.Clone(f.words)
		}
	}
	return nil
}

// NamedAmount is an amount of a survey under its name in rules.
type NamedAmount struct {
	Name  string
	Field decision.AmountField
}

// Amounts lists the amounts of a survey.
func Amounts() []NamedAmount {
	out := make([]NamedAmount, len(amountFacts))
	for i, a := range amountFacts {
		out[i] = NamedAmount{a.name, a.field}
	}
	return out
}
