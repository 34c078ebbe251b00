// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/money"
)

// The properties hold over random plans: their rules are random three-valued
// formulas over facts of every kind that changes in the course of time.

const firstDay = civil.Day(737500) // a day in March 2020

var standards = []string{"Income", "Housing", "Medical"}

// formula draws a rule. Rules of standards may not read unmet.
func (r *rules) formula(t *rapid.T, depth int, late bool) Predicate {
	kinds := []string{"income", "guarantee", "registration", "risk", "marks", "labour", "param", "today", "signals", "const"}
	if late {
		kinds = append(kinds, "unmet", "unmet")
	}
	if depth > 0 {
		kinds = append(kinds, "and", "or", "and", "or")
	}
	switch kind := rapid.SampledFrom(kinds).Draw(t, "rule"); kind {
	case "income":
		return r.incomeBelow(money.Amount(rapid.SampledFrom([]int{100, 200, 300}).Draw(t, "line")))
	case "guarantee":
		return r.guaranteed(rapid.SampledFrom(standards[1:]).Draw(t, "guarantee"))
	case "registration":
		return r.registered("Graduated")
	case "risk":
		return r.word(ReadRisk, "risk", func(s *Survey) string { return s.Risk })
	case "labour":
		return r.word(ReadLabour, "labour", func(s *Survey) string { return s.Labour })
	case "marks":
		n := rapid.IntRange(1, 2).Draw(t, "marks")
		return r.add(ReadMarks, "marks", func(f *Facts) Answer { return truth(len(f.Marks) >= n) })
	case "signals":
		return r.add(ReadSignals, "signals", func(f *Facts) Answer { return truth(len(f.Signals) > 0) })
	case "param":
		return r.add(ReadParams, "param", func(f *Facts) Answer {
			if len(f.Params) == 0 || !f.Params[0].Known {
				return missing("params.line")
			}
			return truth(f.Params[0].Amount > 150)
		})
	case "today":
		n := civil.Day(rapid.IntRange(0, 60).Draw(t, "day"))
		return r.add(ReadToday, "today", func(f *Facts) Answer { return truth(f.Today >= firstDay+n && f.Today.Month()%2 == 0) })
	case "unmet":
		name := rapid.SampledFrom(standards).Draw(t, "unmet")
		return r.add(ReadUnmet, "unmet", func(f *Facts) Answer { return truth(slices.Contains(f.Unmet, name)) })
	case "and", "or":
		a, b := r.formula(t, depth-1, late), r.formula(t, depth-1, late)
		return r.add(a.Reads|b.Reads, kind, func(f *Facts) Answer { return combine(kind == "and", a.Ask(f), b.Ask(f)) })
	default:
		return r.always()
	}
}

func (r *rules) word(reads Reads, name string, of func(*Survey) string) Predicate {
	return r.add(reads, name, func(f *Facts) Answer {
		if f.Survey == nil || of(f.Survey) == "" {
			return missing("survey." + name)
		}
		return truth(of(f.Survey) == "Bad")
	})
}

// combine is three-valued: the side that decides absorbs the unknown one.
func combine(and bool, a, b Answer) Answer {
	decides := Yes
	if and {
		decides = No
	}
	switch {
	case a.Truth == decides || b.Truth == decides:
		return Answer{Truth: decides}
	case a.Truth == Unknown || b.Truth == Unknown:
		return Answer{Truth: Unknown, Missing: sortedSet(append(slices.Clone(a.Missing), b.Missing...))}
	}
	return a
}

func somePlan(t *rapid.T, name string) *Plan {
	r := &rules{}
	p := &Plan{Name: name, From: firstDay.AddDays(rapid.IntRange(0, 40).Draw(t, "from"))}
	if rapid.Bool().Draw(t, "ends") {
		p.Until = p.From.AddDays(rapid.IntRange(0, 90).Draw(t, "until"))
	}
	if rapid.Bool().Draw(t, "parameter") {
		p.Parameters = []Parameter{{Name: "line", Values: []DatedValue{
			{From: firstDay + 10, Value: Value{Known: true, Amount: 100}},
			{From: firstDay + 50, Value: Value{Known: true, Amount: 200}},
		}}}
	}
	for _, s := range standards[:rapid.IntRange(0, 3).Draw(t, "standards")] {
		met := r.guaranteed("Housing") // one that families often meet for good
		if rapid.Bool().Draw(t, "met") {
			met = r.formula(t, 1, false)
		}
		std := Standard{Name: s, Met: met, Departments: []DepartmentRule{{Names: []string{"first"}}, {Names: []string{"else"}}}}
		when := r.formula(t, 1, true)
		std.Departments[0].When = &when
		if rapid.Bool().Draw(t, "remedy") {
			std.RemedyWithin = civil.Due{Kind: civil.DueDays, N: rapid.IntRange(0, 20).Draw(t, "days")}
		}
		p.Standards = append(p.Standards, std)
	}
	for i := range rapid.IntRange(1, 2).Draw(t, "categories") {
		p.Categories = append(p.Categories, Category{Name: fmt.Sprint("C", i), Identification: i == 0, When: r.formula(t, 2, true)})
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "tiers") {
		tier := Tier{Name: fmt.Sprint("T", i), Ledgers: []string{"National"}}
		for k := range rapid.IntRange(1, 2).Draw(t, "rules") {
			tier.Rules = append(tier.Rules, TierRule{Name: fmt.Sprint("r", k), When: r.formula(t, 2, true)})
		}
		p.Tiers = append(p.Tiers, tier)
		p.Deadlines = append(p.Deadlines, DeadlineRule{
			Name: tier.Name, Tiers: []string{tier.Name},
			Starts:  rapid.SampledFrom([]Start{StartTierSince, StartIdentified, StartFirstShortfall}).Draw(t, "starts"),
			MetWhen: rapid.SampledFrom([]MetWhen{MetShortfallsClosed, MetRiskEliminated, MetTierLeft, MetIdentified, MetRecorded, MetDelivered}).Draw(t, "met"),
			Windows: []civil.Window{{Due: civil.Due{Kind: civil.DueDays, N: rapid.IntRange(0, 30).Draw(t, "due")}}},
		})
		p.Surveys = append(p.Surveys, SurveyRule{Every: civil.Month, Tiers: []string{tier.Name}, Method: rapid.SampledFrom([]string{"", "OnSite"}).Draw(t, "method"), From: p.From})
	}
	if rapid.Bool().Draw(t, "planning") {
		p.Planning = civil.Due{Kind: civil.DueDays, N: 5}
	}
	p.Procedures = someProcedures(t, r)
	if rapid.Bool().Draw(t, "channels") {
		p.Channels = []Channel{{Source: "Department", Document: rapid.Bool().Draw(t, "document")}}
	}
	if rapid.Bool().Draw(t, "lines") {
		p.WarningLines = []WarningLine{{Name: "line", Cause: "Illness", When: r.formula(t, 1, false), VerifyWithin: civil.Due{Kind: civil.DueDays, N: 9}}}
	}
	p.Predicates = r.n
	return p
}

func someFamily(t *rapid.T) *Family {
	f := &Family{Registration: rapid.SampledFrom([]string{"Graduated", "None"}).Draw(t, "registration"), Persons: 3, Graduated: someDay(t, "graduated")}
	at := firstDay - 20
	well := rapid.Bool().Draw(t, "well")
	for i := range rapid.IntRange(0, 8).Draw(t, "surveys") {
		at = at.AddDays(rapid.IntRange(1, 25).Draw(t, "gap"))
		survey := someSurvey(t, at, i > 0)
		if well && rapid.IntRange(0, 4).Draw(t, "as before") > 0 {
			survey = goodSurvey(at)
		}
		f.Surveys = append(f.Surveys, survey)
	}
	for range rapid.IntRange(0, 2).Draw(t, "marks") {
		f.Marks = append(f.Marks, Mark{
			Category: rapid.SampledFrom([]string{"", "C0"}).Draw(t, "category"), System: rapid.SampledFrom([]string{"NationalSystem", "National"}).Draw(t, "system"),
			Date: firstDay.AddDays(rapid.IntRange(-30, 60).Draw(t, "marked")),
		})
	}
	slices.SortFunc(f.Marks, func(a, b Mark) int { return int(a.Date - b.Date) })
	for i := range rapid.IntRange(0, 2).Draw(t, "measures") {
		m := Measure{Name: fmt.Sprint("m", i), For: []string{rapid.SampledFrom(standards).Draw(t, "for")}}
		m.Date, m.Due = someDay(t, "planned"), someDay(t, "due")
		m.Delivered, m.Cancelled = someDay(t, "delivered"), someDay(t, "cancelled")
		f.Measures = append(f.Measures, m)
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "signals") {
		f.Signals = append(f.Signals, Signal{
			Name: fmt.Sprint("s", i), Cause: rapid.SampledFrom([]string{"Illness", "Other"}).Draw(t, "cause"),
			Source:   rapid.SampledFrom([]string{"Department", "SelfReport"}).Draw(t, "source"),
			Document: rapid.Bool().Draw(t, "document"), Proxy: rapid.Bool().Draw(t, "proxy"), Will: rapid.Bool().Draw(t, "will"),
			Outcome: rapid.SampledFrom([]string{"Confirmed", "Confirmed", "Dismissed"}).Draw(t, "outcome"),
			Date:    firstDay.AddDays(rapid.IntRange(-370, 60).Draw(t, "date")), Verified: someDay(t, "verified"),
		})
	}
	slices.SortStableFunc(f.Signals, func(a, b Signal) int { return int(a.Date - b.Date) })
	for i := range rapid.IntRange(0, 4).Draw(t, "reviews") {
		f.Reviews = append(f.Reviews, someReview(t, fmt.Sprint("r", i)))
	}
	slices.SortStableFunc(f.Reviews, func(a, b Review) int { return int(a.Opened - b.Opened) })
	f.Sites = someSites(t)
	if rapid.Bool().Draw(t, "identified") {
		f.Identifications = []civil.Day{firstDay.AddDays(rapid.IntRange(-10, 60).Draw(t, "identification"))}
	}
	return f
}

func someDay(t *rapid.T, label string) civil.Day {
	if rapid.Bool().Draw(t, label+" stated") {
		return firstDay.AddDays(rapid.IntRange(-10, 120).Draw(t, label))
	}
	return 0
}

func someSurvey(t *rapid.T, at civil.Day, mayRepeat bool) Survey {
	s := Survey{Date: at, Method: rapid.SampledFrom([]string{"OnSite", "OnSite", "Phone", ""}).Draw(t, "method")}
	if mayRepeat && rapid.IntRange(0, 2).Draw(t, "unchanged") == 0 {
		s.Unchanged = true
		return s
	}
	if n := rapid.IntRange(0, 4).Draw(t, "income"); n > 0 {
		s.SetAmount(Income, money.Amount(n*100-50))
	}
	for _, name := range standards[1:] {
		if state := rapid.SampledFrom([]string{"", "Met", "AtRisk"}).Draw(t, name); state != "" {
			s.Guarantees = append(s.Guarantees, Guarantee{Name: name, State: state})
		}
	}
	s.Risk = rapid.SampledFrom([]string{"", "Good", "Bad"}).Draw(t, "risk")
	s.Labour = rapid.SampledFrom([]string{"", "Good", "Bad"}).Draw(t, "labour")
	return s
}

// goodSurvey is one that leaves no fact out and finds the family well.
func goodSurvey(at civil.Day) Survey {
	s := Survey{Date: at, Method: "OnSite", Risk: "Good", Labour: "Good"}
	s.SetAmount(Income, 350)
	for _, name := range standards[1:] {
		s.Guarantees = append(s.Guarantees, Guarantee{Name: name, State: "Met"})
	}
	return s
}

func someLine(t *rapid.T) Timeline {
	levels := [][]*Plan{nil, nil}
	for i := range rapid.IntRange(1, 3).Draw(t, "plans") {
		at := rapid.IntRange(0, 1).Draw(t, "level")
		levels[at] = append(levels[at], somePlan(t, fmt.Sprint("p", i)))
	}
	return BuildTimeline(levels)
}
