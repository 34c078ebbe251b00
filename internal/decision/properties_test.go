// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
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
		std := Standard{Name: s, Met: r.formula(t, 1, false), Departments: []DepartmentRule{{Names: []string{"first"}}, {Names: []string{"else"}}}}
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
	for i := range rapid.IntRange(0, 8).Draw(t, "surveys") {
		at = at.AddDays(rapid.IntRange(1, 25).Draw(t, "gap"))
		f.Surveys = append(f.Surveys, someSurvey(t, at, i > 0))
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
	return f
}

// someProcedures draws short procedures with gates of every kind that rests on
// the family's other facts.
func someProcedures(t *rapid.T, r *rules) []Procedure {
	list := []Procedure{{Purpose: "Identification", MarksCount: rapid.Bool().Draw(t, "marks count")}}
	for _, purpose := range []string{"Warning", "CloseOut", "Elimination"} {
		if rapid.Bool().Draw(t, purpose) {
			list = append(list, Procedure{Purpose: purpose})
		}
	}
	for i := range list {
		p := &list[i]
		p.Steps = []Step{{Name: "first", Type: HomeVisit, Within: civil.Due{Kind: civil.DueDays, N: rapid.IntRange(0, 20).Draw(t, "within")}}}
		last := Step{Name: "last", Type: Registration, NotBy: []string{"first"}}
		last.Requires = Requirement(rapid.SampledFrom([]int{0, 0, int(NeedsPlan), int(NeedsIdentified), int(NeedsRecorded)}).Draw(t, "requires"))
		p.Steps = append(p.Steps, last)
		if rapid.Bool().Draw(t, "blocker") {
			p.Blockers = []Blocker{{Name: "blocker", When: r.formula(t, 1, true)}}
		}
		p.StableSurveys = rapid.IntRange(0, 2).Draw(t, "stable")
		p.Quarters, p.Counted = rapid.IntRange(0, 1).Draw(t, "quarters"), CurrentAndNext
		p.KeepWatching = rapid.Bool().Draw(t, "keep watching")
	}
	return list
}

func someReview(t *rapid.T, name string) Review {
	r := Review{
		Name: name, Opened: firstDay.AddDays(rapid.IntRange(-5, 100).Draw(t, "opened")),
		Purpose:   rapid.SampledFrom([]string{"Identification", "Identification", "Warning", "CloseOut", "Elimination"}).Draw(t, "purpose"),
		Standards: []string{rapid.SampledFrom(standards).Draw(t, "standard")},
	}
	at := r.Opened
	for range rapid.IntRange(0, 5).Draw(t, "records") {
		at = at.AddDays(rapid.SampledFrom([]int{0, 0, 1, 5, -1}).Draw(t, "days"))
		r.Records = append(r.Records, Record{
			Step:    rapid.SampledFrom([]string{"first", "last", "last", "none"}).Draw(t, "step"),
			Outcome: rapid.SampledFrom([]string{"Passed", "Passed", "Passed", "Passed", "Returned", "Failed"}).Draw(t, "outcome"),
			Date:    at, By: rapid.SampledFrom([]string{"zhang", "liu"}).Draw(t, "by"),
		})
	}
	return r
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

func someLine(t *rapid.T) Timeline {
	levels := [][]*Plan{nil, nil}
	for i := range rapid.IntRange(1, 3).Draw(t, "plans") {
		at := rapid.IntRange(0, 1).Draw(t, "level")
		levels[at] = append(levels[at], somePlan(t, fmt.Sprint("p", i)))
	}
	return BuildTimeline(levels)
}

// same compares everything that a verdict concludes.
var same = []cmp.Option{
	cmpopts.IgnoreFields(Verdict{}, "judge", "Plan", "Reasons"),
	cmpopts.IgnoreFields(SignalVerdict{}, "Plan"),
	cmpopts.IgnoreFields(ReviewVerdict{}, "Plan", "Procedure"),
	cmpopts.EquateEmpty(),
}

func someday(t *rapid.T) civil.Day {
	return firstDay.AddDays(rapid.IntRange(-10, 150).Draw(t, "today"))
}

func TestSameInputSameVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line, today := someFamily(t), someLine(t), someday(t)
		if diff := cmp.Diff(Decide(f, line, today), Decide(f, line, today), same...); diff != "" {
			t.Fatal(diff)
		}
	})
}

// decideDayByDay is Decide without its two short cuts: it judges every single
// day and forgets every answer in between.
func decideDayByDay(f *Family, line Timeline, today civil.Day) Verdict {
	j := &judge{fam: f, line: line}
	if len(line) == 0 || line[0].From > today {
		return Decide(f, line, today)
	}
	for d := line[0].From; d <= today; d++ {
		j.today, j.next = d, 0
		j.forget(ReadAll)
		for i := range j.memory {
			j.memory[i].asked = false
		}
		j.judgeDay()
	}
	return j.conclude()
}

// Judging only the days on which something could change gives what judging
// every day gives: no event is missed, and no remembered answer is stale.
func TestSkippingQuietDaysChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line, today := someFamily(t), someLine(t), someday(t)
		if diff := cmp.Diff(decideDayByDay(f, line, today), Decide(f, line, today), same...); diff != "" {
			t.Fatalf("(-every day +skipping)\n%s", diff)
		}
	})
}

// No verdict changes strictly between a day and its announced next change.
func TestNothingChangesBeforeTheAnnouncedDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line, today := someFamily(t), someLine(t), someday(t)
		first := Decide(f, line, today)
		if !first.NextChange.IsZero() && first.NextChange <= today {
			t.Fatalf("the next change %s does not lie ahead of %s", first.NextChange, today)
		}
		for d := today + 1; d < today+100 && (first.NextChange.IsZero() || d < first.NextChange); d++ {
			later := Decide(f, line, d)
			later.Day = first.Day
			if diff := cmp.Diff(first, later, same...); diff != "" {
				t.Fatalf("changed on %s, announced for %s\n%s", d, first.NextChange, diff)
			}
		}
	})
}

func TestOrderOfSetsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line, today := someFamily(t), someLine(t), someday(t)
		g := *f
		g.Measures = slices.Clone(f.Measures)
		slices.Reverse(g.Measures)
		g.Surveys = slices.Clone(f.Surveys)
		for i := range g.Surveys {
			g.Surveys[i].Guarantees = slices.Clone(g.Surveys[i].Guarantees)
			slices.Reverse(g.Surveys[i].Guarantees)
		}
		if diff := cmp.Diff(Decide(f, line, today), Decide(&g, line, today), same...); diff != "" {
			t.Fatal(diff)
		}
	})
}

// severity orders the answers a plan can give: a lower number is graver. What
// cannot be told is as grave as it gets, since somebody has to look.
func severity(v Verdict) int {
	switch {
	case v.Standing != Judged || v.Tier == Undetermined || v.Category == Undetermined:
		return -1
	case v.Tier == "" && v.Stage == OutOfScope:
		return len(v.Plan.Tiers) + 1
	case v.Tier == "":
		return len(v.Plan.Tiers)
	}
	return slices.IndexFunc(v.Plan.Tiers, func(t Tier) bool { return t.Name == v.Tier })
}

// completions states the missing facts of the one survey in every way.
func completions(s Survey) []Survey {
	all := []Survey{s}
	spread := func(missing func(Survey) bool, fill ...func(*Survey)) {
		var next []Survey
		for _, c := range all {
			if !missing(c) {
				next = append(next, c)
				continue
			}
			for _, f := range fill {
				filled := c
				filled.Guarantees = slices.Clone(c.Guarantees)
				f(&filled)
				next = append(next, filled)
			}
		}
		all = next
	}
	income := func(a money.Amount) func(*Survey) { return func(s *Survey) { s.SetAmount(Income, a) } }
	spread(func(s Survey) bool { return !s.Stated.Has(Income) }, income(50), income(150), income(250), income(350))
	for _, name := range standards[1:] {
		state := func(v string) func(*Survey) {
			return func(s *Survey) { s.Guarantees = append(s.Guarantees, Guarantee{Name: name, State: v}) }
		}
		spread(func(s Survey) bool { return s.State(name) == "" }, state("Met"), state("AtRisk"))
	}
	spread(func(s Survey) bool { return s.Risk == "" }, func(s *Survey) { s.Risk = "Good" }, func(s *Survey) { s.Risk = "Bad" })
	spread(func(s Survey) bool { return s.Labour == "" }, func(s *Survey) { s.Labour = "Good" }, func(s *Survey) { s.Labour = "Bad" })
	return all
}

// A missing fact never gives a milder verdict than every completion of it.
func TestAMissingFactNeverMakesAVerdictMilder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := somePlan(t, "p")
		plan.Until = 0
		f := &Family{Registration: "Graduated", Persons: 1, Surveys: []Survey{someSurvey(t, plan.From, false)}}
		f.Surveys[0].Method = "OnSite"
		got := Decide(f, lineOf(plan), plan.From)
		mildest := -1
		for _, c := range completions(f.Surveys[0]) {
			full := Decide(&Family{Registration: f.Registration, Persons: 1, Surveys: []Survey{c}}, lineOf(plan), plan.From)
			mildest = max(mildest, severity(full))
		}
		if severity(got) > mildest {
			t.Fatalf("%s/%s is milder than every completion (%d > %d)", got.Category, got.Tier, severity(got), mildest)
		}
	})
}

func TestATierIsOneOfThePlans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := Decide(someFamily(t), someLine(t), someday(t))
		if v.Tier == "" || v.Tier == Undetermined {
			return
		}
		if !slices.ContainsFunc(v.Plan.Tiers, func(x Tier) bool { return x.Name == v.Tier }) {
			t.Fatalf("tier %q is none of the plan's", v.Tier)
		}
	})
}
