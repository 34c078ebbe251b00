// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"fmt"
	"slices"
	"testing"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/money"
)

// rules numbers the predicates of one plan.
type rules struct{ n int }

func (r *rules) add(reads Reads, source string, ask func(*Facts) Answer) Predicate {
	p := Predicate{Index: r.n, Reads: reads, Source: source, Ask: ask}
	r.n++
	return p
}

func (r *rules) always() Predicate {
	return r.add(ReadNothing, "true", func(*Facts) Answer { return Answer{Truth: Yes} })
}

func missing(fact string) Answer { return Answer{Truth: Unknown, Missing: []string{fact}} }

func truth(b bool) Answer {
	if b {
		return Answer{Truth: Yes}
	}
	return Answer{Truth: No}
}

func (r *rules) incomeBelow(line money.Amount) Predicate {
	return r.add(ReadAmount(Income), fmt.Sprintf("income < %s", line), func(f *Facts) Answer {
		if f.Survey == nil {
			return missing("survey.income")
		}
		income, ok := f.Survey.Amount(Income)
		if !ok {
			return missing("survey.income")
		}
		return truth(income < line)
	})
}

func (r *rules) incomeFrom(line money.Amount) Predicate {
	below := r.incomeBelow(line)
	return Predicate{Index: below.Index, Reads: below.Reads, Source: "income >= line", Ask: func(f *Facts) Answer {
		return not(below.Ask(f))
	}}
}

func not(a Answer) Answer {
	switch a.Truth {
	case Yes:
		return Answer{Truth: No}
	case No:
		return Answer{Truth: Yes}
	}
	return a
}

func (r *rules) guaranteed(name string) Predicate {
	return r.add(ReadGuarantee(name), name+" == 'Met'", func(f *Facts) Answer {
		if f.Survey == nil || f.Survey.State(name) == "" {
			return missing("survey.guarantees." + name)
		}
		return truth(f.Survey.State(name) == "Met")
	})
}

func (r *rules) marked(before int) Predicate {
	return r.add(ReadMarks, "marked", func(f *Facts) Answer {
		for _, m := range f.Marks {
			if m.Date.Year() < before {
				return Answer{Truth: Yes}
			}
		}
		return Answer{Truth: No}
	})
}

func (r *rules) anyUnmet(but string) Predicate {
	return r.add(ReadUnmet, "unmet.exists(u, u != '"+but+"')", func(f *Facts) Answer {
		return truth(slices.ContainsFunc(f.Unmet, func(u string) bool { return u != but }))
	})
}

func (r *rules) registered(as string) Predicate {
	return r.add(ReadRegistration, "registration == "+as, func(f *Facts) Answer {
		registration := f.Family.Registration
		if f.Today < f.Family.Graduated {
			registration = "Poor"
		}
		return truth(registration == as)
	})
}

func day(t testing.TB, s string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const fiveThousand, tenThousand = money.Amount(500000), money.Amount(1000000)

// townPlan is the shape of the town plan of 2020 (R01) with predicates in Go.
func townPlan(t testing.TB) *Plan {
	r := &rules{}
	p := &Plan{Name: "town", From: day(t, "2020-03-25"), Until: day(t, "2020-12-31")}
	p.Standards = []Standard{
		{Name: "Income", Met: r.incomeFrom(fiveThousand), Departments: []DepartmentRule{{Names: []string{"human-resources"}}}},
		{Name: "Housing", Met: r.guaranteed("Housing"), Departments: []DepartmentRule{{Names: []string{"housing"}}}},
	}
	p.Categories = []Category{
		{Name: "Graduated", When: r.registered("Graduated")},
		{Name: "Marginal", Identification: true, When: r.incomeBelow(fiveThousand)},
	}
	p.Tiers = []Tier{
		{Name: "Red", Ledgers: []string{"NationalSystem", "BigDataPlatform"}, Rules: []TierRule{
			{Name: "marked-earlier", When: r.marked(2020)},
			{Name: "income-below-line", When: r.incomeBelow(fiveThousand)},
			{Name: "guarantee-at-risk", When: r.anyUnmet("Income")},
		}},
		{Name: "Yellow", Ledgers: []string{"Village"}, Rules: []TierRule{{Name: "below-green", When: r.incomeBelow(tenThousand)}}},
		{Name: "Green", Rules: []TierRule{{Name: "from-green", When: r.incomeFrom(tenThousand)}}},
	}
	p.Deadlines = []DeadlineRule{{
		Name: "clear-red", Tiers: []string{"Red"}, MetWhen: MetShortfallsClosed,
		Windows: []civil.Window{
			{From: p.From, Until: day(t, "2020-06-30"), Due: civil.Due{Kind: civil.DueDate, Date: day(t, "2020-06-30")}},
			{From: day(t, "2020-07-01"), Due: civil.Due{Kind: civil.DueEndOf, Of: civil.Month}},
		},
		Escalate: []Escalation{{AfterDays: 0, To: "Township"}, {AfterDays: 15, To: "County"}},
	}}
	p.Surveys = []SurveyRule{{Every: civil.Month, Method: "OnSite", From: day(t, "2020-04-01")}}
	p.Procedures = []Procedure{{Purpose: "Identification", MarksCount: true}}
	p.Predicates = r.n
	return p
}

func lineOf(plans ...*Plan) Timeline { return BuildTimeline([][]*Plan{plans}) }

// visit is an on-site survey that states income and housing.
func visit(t testing.TB, date string, income money.Amount, housing string) Survey {
	s := Survey{Date: day(t, date), Method: "OnSite"}
	if income >= 0 {
		s.SetAmount(Income, income)
	}
	if housing != "" {
		s.Guarantees = []Guarantee{{Name: "Housing", State: housing}}
	}
	return s
}

func unchanged(t testing.TB, date string) Survey {
	return Survey{Date: day(t, date), Method: "OnSite", Unchanged: true}
}
