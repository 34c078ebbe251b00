// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/decision"
	"fangpin.io/fangpin/internal/plan"
)

const soundPolicy = `
metadata: {name: sound, generation: 1}
spec:
  jurisdictionRef: {name: town}
  effectiveFrom: "2020-03-25"
  effectiveUntil: "2020-12-31"
  timeZone: Asia/Urumqi
  startDay: Counted
  parameters:
  - {name: redLine, values: [{from: "2020-01-01", value: "5000"}, {from: "2020-07-01", value: "5500.50"}]}
  - {name: times, values: [{from: "2020-01-01", number: "2"}]}
  channels: [{name: StaffScreening}, {name: SelfReport, requires: [Document, Consent, Will]}]
  standards:
  - name: Income
    met: survey.income >= params.redLine
    departments: [{names: [civil-affairs], when: "household.labour in ['None', 'Lost']"}, {names: [human-resources]}]
    remedyWithin: {days: 90}
    measures: [{kind: Subsistence, when: "household.labour in ['None', 'Lost']"}, {kind: PublicPost}]
  - {name: Housing, met: survey.guarantees.Housing == 'Met'}
  categories:
  - {name: UnstableGraduated, identification: true, when: "household.registration == 'Graduated' && unmet.size() > 0"}
  - {name: Graduated, when: "household.registration == 'Graduated'"}
  tiers:
  - name: Red
    ledgers: [NationalSystem]
    rules:
    - {name: marked-earlier, when: "household.marks.exists(m, m.year <= 2019)", message: marked}
    - {name: low, when: "survey.income < params.redLine * params.times"}
    measures: [{kind: Training, when: "household.labour == 'Full'"}]
  - {name: Green, rules: [{name: rest, when: "true"}]}
  warningLines: [{name: medical, cause: Illness, when: "signal.amount > yuan(5000)", verifyWithin: {days: 15}}]
  deadlines:
  - name: clear-red
    tiers: [Red]
    starts: TierSince
    metWhen: ShortfallsClosed
    due:
    - {from: "2020-03-25", until: "2020-06-30", date: "2020-06-30"}
    - {from: "2020-07-01", until: "2020-11-30", endOf: Month}
    - {from: "2020-12-01"}
    escalate: [{after: {days: 15}, to: County}, {after: {days: 0}, to: Township}]
  surveys:
  - {every: Month, tiers: [Red], method: OnSite, from: "2020-04-01"}
  - {every: Quarter}
  planning: {within: {days: 15}}
  procedures:
  - purpose: Identification
    prior: MarksCount
    blockers: [{name: no-labour, when: "household.labour == 'Lost'", message: later}]
    steps:
    - {name: home-visit, type: HomeVisit}
    - {name: meeting, type: Appraisal, attendance: [{role: VillageRepresentative, min: 15}], requires: [Document]}
    - {name: notice, type: PublicNotice, minDays: 7, sites: {kinds: [VillageCommittee], clusterOf: 20}}
    - {name: comparison, type: DataComparison, assets: [Deposits, Vehicles]}
    - {name: approval, type: Decision, level: County, notBy: [home-visit], within: {dayOfNextMonth: 10}}
    - {name: entry, type: Registration, requires: [Officer, PlannedElimination, Plan, Recorded]}
  - {purpose: CloseOut, steps: [{name: application, type: Application, applicant: Department, requires: [Identified]}]}
  - purpose: Elimination
    minimum: {quarters: 2, counted: WholeQuarters}
    stableSurveys: 3
    after: KeepWatching
    steps: [{name: assessment, type: Decision}]
  duties:
  - {name: screening, level: Village, due: {date: "2020-03-25"}, metWhen: Recorded}
  - {name: dispatch, level: County, due: {sinceLast: {months: 2}}, metWhen: Recorded}
  - {name: report, level: Township, every: Month, due: {endOf: Period}, metWhen: ReportSubmitted}
`

func policy(t testing.TB, text string) *v1alpha1.MonitoringPolicy {
	t.Helper()
	p := &v1alpha1.MonitoringPolicy{}
	if err := yaml.UnmarshalStrict([]byte(text), p); err != nil {
		t.Fatal(err)
	}
	return p
}

func dayIn(t testing.TB, s string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// rule is a predicate as far as a plan can be compared: what it asks.
func rule(source string) decision.Predicate { return decision.Predicate{Source: source} }

func ruleRef(source string) *decision.Predicate {
	r := rule(source)
	return &r
}

func TestASoundPolicyGivesItsPlan(t *testing.T) {
	compiled := CompilePolicy(policy(t, soundPolicy))
	if len(compiled.Problems) > 0 {
		t.Fatal(compiled.Problems)
	}
	day := func(s string) civil.Day { return dayIn(t, s) }
	zone, err := civil.LoadZone("Asia/Urumqi")
	if err != nil {
		t.Fatal(err)
	}
	noLabour := "household.labour in ['None', 'Lost']"
	want := &decision.Plan{
		Name: "sound", From: day("2020-03-25"), Until: day("2020-12-31"), Zone: zone, StartDayCounted: true, Predicates: 12,
		Parameters: []decision.Parameter{
			{Name: "redLine", Values: []decision.DatedValue{
				{From: day("2020-01-01"), Value: decision.Value{Known: true, Amount: 500000}},
				{From: day("2020-07-01"), Value: decision.Value{Known: true, Amount: 550050}},
			}},
			{Name: "times", Values: []decision.DatedValue{{From: day("2020-01-01"), Value: decision.Value{Known: true, Number: "2"}}}},
		},
		Standards: []decision.Standard{
			{
				Name: "Income", Met: rule("survey.income >= params.redLine"),
				Departments:  []decision.DepartmentRule{{Names: []string{"civil-affairs"}, When: ruleRef(noLabour)}, {Names: []string{"human-resources"}}},
				RemedyWithin: civil.Due{Kind: civil.DueDays, N: 90},
				Measures:     []decision.MeasureRule{{Kind: "Subsistence", When: ruleRef(noLabour)}, {Kind: "PublicPost"}},
			},
			{Name: "Housing", Met: rule("survey.guarantees.Housing == 'Met'")},
		},
		Categories: []decision.Category{
			{Name: "UnstableGraduated", Identification: true, When: rule("household.registration == 'Graduated' && unmet.size() > 0")},
			{Name: "Graduated", When: rule("household.registration == 'Graduated'")},
		},
		Tiers: []decision.Tier{
			{
				Name: "Red", Ledgers: []string{"NationalSystem"},
				Rules: []decision.TierRule{
					{Name: "marked-earlier", Message: "marked", When: rule("household.marks.exists(m, m.year <= 2019)")},
					{Name: "low", When: rule("survey.income < params.redLine * params.times")},
				},
				Measures: []decision.MeasureRule{{Kind: "Training", When: ruleRef("household.labour == 'Full'")}},
			},
			{Name: "Green", Rules: []decision.TierRule{{Name: "rest", When: rule("true")}}},
		},
		Deadlines: []decision.DeadlineRule{{
			Name: "clear-red", Tiers: []string{"Red"}, Starts: decision.StartTierSince, MetWhen: decision.MetShortfallsClosed,
			Windows: []civil.Window{
				{From: day("2020-03-25"), Until: day("2020-06-30"), Due: civil.Due{Kind: civil.DueDate, Date: day("2020-06-30")}},
				{From: day("2020-07-01"), Until: day("2020-11-30"), Due: civil.Due{Kind: civil.DueEndOf, Of: civil.Month}},
				{From: day("2020-12-01")},
			},
			Escalate: []decision.Escalation{{AfterDays: 0, To: "Township"}, {AfterDays: 15, To: "County"}},
		}},
		Surveys: []decision.SurveyRule{
			{Every: civil.Month, Tiers: []string{"Red"}, Method: "OnSite", From: day("2020-04-01")},
			{Every: civil.Quarter, From: day("2020-03-25")},
		},
		Channels: []decision.Channel{{Source: "StaffScreening"}, {Source: "SelfReport", Document: true, Consent: true}},
		WarningLines: []decision.WarningLine{{
			Name: "medical", Cause: "Illness", When: rule("signal.amount > yuan(5000)"), VerifyWithin: civil.Due{Kind: civil.DueDays, N: 15},
		}},
		Planning: civil.Due{Kind: civil.DueDays, N: 15},
		Procedures: []decision.Procedure{
			{
				Purpose: "Identification", MarksCount: true, StableSurveys: 1,
				Blockers: []decision.Blocker{{Name: "no-labour", When: rule("household.labour == 'Lost'"), Message: "later"}},
				Steps: []decision.Step{
					{Name: "home-visit", Type: decision.HomeVisit},
					{Name: "meeting", Type: decision.Appraisal, Attendance: []decision.Attendance{{Role: "VillageRepresentative", Count: 15}}, Requires: decision.NeedsDocument},
					{Name: "notice", Type: decision.PublicNotice, MinDays: 7, SiteKinds: []string{"VillageCommittee"}, ClusterOf: 20},
					{Name: "comparison", Type: decision.DataComparison, Assets: []string{"Deposits", "Vehicles"}},
					{Name: "approval", Type: decision.Decision, Level: "County", NotBy: []string{"home-visit"}, Within: civil.Due{Kind: civil.DueDayOfNextMonth, N: 10}},
					{Name: "entry", Type: decision.Registration, Requires: decision.NeedsOfficer | decision.NeedsPlannedElimination | decision.NeedsPlan | decision.NeedsRecorded},
				},
			},
			{Purpose: "CloseOut", StableSurveys: 1, Steps: []decision.Step{{Name: "application", Type: decision.Application, ByDepartment: true, Requires: decision.NeedsIdentified}}},
			{Purpose: "Elimination", Quarters: 2, Counted: decision.WholeQuarters, StableSurveys: 3, KeepWatching: true, Steps: []decision.Step{{Name: "assessment", Type: decision.Decision}}},
		},
		Duties: []decision.DutyRule{
			{Name: "screening", Level: "Village", From: day("2020-03-25"), Due: civil.Due{Kind: civil.DueDate, Date: day("2020-03-25")}},
			{Name: "dispatch", Level: "County", From: day("2020-03-25"), Due: civil.Due{Kind: civil.DueSinceLast, N: 2}},
			{Name: "report", Level: "Township", Every: civil.Month, From: day("2020-03-25"), Due: civil.Due{Kind: civil.DueEndOfPeriod}, MetWhen: decision.DutyReportSubmitted},
		},
	}
	ignored := cmpopts.IgnoreFields(decision.Predicate{}, "Index", "Reads", "Ask")
	zones := cmp.Comparer(func(a, b interface{ String() string }) bool { return a.String() == b.String() })
	if diff := cmp.Diff(want, compiled.Plan, ignored, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".Zone" }, zones)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEveryPredicateHasItsNumber: the judge keeps one answer for each number.
func TestEveryPredicateHasItsNumber(t *testing.T) {
	compiled := CompilePolicy(policy(t, soundPolicy))
	seen := map[int]string{}
	note := func(p *decision.Predicate) {
		if p == nil {
			return
		}
		if source, twice := seen[p.Index]; twice {
			t.Errorf("number %d is that of %q and of %q", p.Index, source, p.Source)
		}
		seen[p.Index] = p.Source
		if r := compiled.Rules.Rule(p.Index); r == nil || r.Source != p.Source {
			t.Errorf("rule %d is not %q", p.Index, p.Source)
		}
	}
	d := compiled.Plan
	for i := range d.Standards {
		note(&d.Standards[i].Met)
		for k := range d.Standards[i].Departments {
			note(d.Standards[i].Departments[k].When)
		}
		for k := range d.Standards[i].Measures {
			note(d.Standards[i].Measures[k].When)
		}
	}
	for i := range d.Categories {
		note(&d.Categories[i].When)
	}
	for i := range d.Tiers {
		for k := range d.Tiers[i].Rules {
			note(&d.Tiers[i].Rules[k].When)
		}
		for k := range d.Tiers[i].Measures {
			note(d.Tiers[i].Measures[k].When)
		}
	}
	for index := range seen {
		if index < 0 || index >= d.Predicates {
			t.Errorf("number %d of %q is not below %d", index, seen[index], d.Predicates)
		}
	}
	if compiled.Rules.Len() != d.Predicates {
		t.Errorf("%d rules, %d predicates", compiled.Rules.Len(), d.Predicates)
	}
}

func TestPolicyProblems(t *testing.T) {
	at := func(path, message, hint string) plan.Problem {
		return plan.Problem{Path: path, Message: message, Hint: hint}
	}
	in := func(path string, column int, message, hint string) plan.Problem {
		return plan.Problem{Path: path, Line: 1, Column: column, Message: message, Hint: hint}
	}
	warning := func(path, message, hint string) plan.Problem {
		return plan.Problem{Path: path, Message: message, Hint: hint, Warning: true}
	}
	oneDue := "write one of date, monthDay, days, months, endOf, dayOfNextMonth"
	tests := []struct {
		name   string
		change func(*v1alpha1.MonitoringPolicySpec)
		want   Problems
	}{
		{"no jurisdiction", func(s *v1alpha1.MonitoringPolicySpec) { s.JurisdictionRef.Name = "" }, Problems{
			at("spec.jurisdictionRef.name", "the plan is for no jurisdiction", "name the node where it holds, with all below it")}},
		{"no first day", func(s *v1alpha1.MonitoringPolicySpec) { s.EffectiveFrom = "" }, Problems{
			at("spec.effectiveFrom", "the plan's first day is missing", `write it as effectiveFrom: "2020-03-25"`)}},
		{"a first day that is none", func(s *v1alpha1.MonitoringPolicySpec) { s.EffectiveFrom = "2020-02-30" }, Problems{
			at("spec.effectiveFrom", `date "2020-02-30": 2020-02 has no day 30; write a day from 01 to 29`, "")}},
		{"an end before the beginning", func(s *v1alpha1.MonitoringPolicySpec) { s.EffectiveUntil = "2020-03-24" }, Problems{
			at("spec.effectiveUntil", "the last day 2020-03-24 is before the first, 2020-03-25", "exchange the two, or leave effectiveUntil out")}},
		{"a zone that does not exist", func(s *v1alpha1.MonitoringPolicySpec) { s.TimeZone = "Asia/Peking" }, Problems{
			at("spec.timeZone", `time zone "Asia/Peking" is not known; write an IANA name such as Asia/Shanghai, Asia/Urumqi or UTC, or leave the field out for Asia/Shanghai`, "")}},
		{"another start day", func(s *v1alpha1.MonitoringPolicySpec) { s.StartDay = "Maybe" }, Problems{
			at("spec.startDay", `"Maybe" is no word for this`, "write one of Counted, NotCounted")}},

		{"a parameter twice", func(s *v1alpha1.MonitoringPolicySpec) { s.Parameters[1].Name = "redLine" }, Problems{
			at("spec.parameters[1].name", "parameter redLine stands twice", "give each a name of its own"),
			in("spec.tiers[0].rules[1].when", 34, "the plan declares no parameter times", "it declares redLine")}},
		{"a parameter that rules cannot name", func(s *v1alpha1.MonitoringPolicySpec) { s.Parameters[1].Name = "in" }, Problems{
			at("spec.parameters[1].name", "rules cannot read params.in", "use a name such as redLine: letters and digits, a letter first"),
			in("spec.tiers[0].rules[1].when", 34, "the plan declares no parameter times", "it declares redLine")}},
		{"values that do not ascend", func(s *v1alpha1.MonitoringPolicySpec) { s.Parameters[0].Values[1].From = "2020-01-01" }, Problems{
			at("spec.parameters[0].values[1].from", "2020-01-01 does not come after 2020-01-01", "let the values ascend by from")}},
		{"money that becomes a number", func(s *v1alpha1.MonitoringPolicySpec) {
			s.Parameters[0].Values[1].Value, s.Parameters[0].Values[1].Number = "", "5"
		}, Problems{
			at("spec.parameters[0].values[1]", "one parameter cannot be money on some days and a number on others", "make two parameters of it")}},
		{"a value and a number", func(s *v1alpha1.MonitoringPolicySpec) { s.Parameters[1].Values[0].Value = "5" }, Problems{
			at("spec.parameters[1].values[0]", "exactly one of value and number must stand", `write value: "5000" for yuan, number: "12" for anything else`)}},
		{"a number that is none", func(s *v1alpha1.MonitoringPolicySpec) { s.Parameters[1].Values[0].Number = "NaN" }, Problems{
			at("spec.parameters[1].values[0].number", `"NaN" is no number`, `write it as number: "12" or number: "1.5"`),
			in("spec.tiers[0].rules[1].when", 32, "* does not go between money and a decimal number", "money is multiplied and divided by whole numbers only, as in x * 3 / 2 for one and a half")}},
		{"an amount in three decimals", func(s *v1alpha1.MonitoringPolicySpec) { s.Parameters[0].Values[0].Value = "5000.001" }, Problems{
			at("spec.parameters[0].values[0].value", `amount "5000.001" has 3 decimals, finer than a fen; write yuan in figures with at most two decimals, as in "5000" or "4999.99"`, "")}},

		{"a standard twice", func(s *v1alpha1.MonitoringPolicySpec) { s.Standards[1].Name = "Income" }, Problems{
			at("spec.standards[1].name", "standard Income stands twice", "give each a name of its own")}},
		{"a reserved name", func(s *v1alpha1.MonitoringPolicySpec) { s.Tiers[1].Name = "Undetermined" }, Problems{
			at("spec.tiers[1].name", "Undetermined is reserved for what cannot be told", "choose another name")}},
		{"a category without a name", func(s *v1alpha1.MonitoringPolicySpec) { s.Categories[1].Name = "" }, Problems{
			at("spec.categories[1].name", "the category has no name", "name it")}},
		{"a rule twice in one tier", func(s *v1alpha1.MonitoringPolicySpec) { s.Tiers[0].Rules[1].Name = "marked-earlier" }, Problems{
			at("spec.tiers[0].rules[1].name", "rule marked-earlier stands twice", "give each a name of its own")}},
		{"a tier without rules", func(s *v1alpha1.MonitoringPolicySpec) { s.Tiers[1].Rules = nil }, Problems{
			at("spec.tiers[1].rules", "a tier without rules is never taken", "give it at least one rule")}},
		{"no department named", func(s *v1alpha1.MonitoringPolicySpec) { s.Standards[0].Departments[0].Names = nil }, Problems{
			at("spec.standards[0].departments[0].names", "no department is named", "name at least one, such as [civil-affairs]")}},
		{"departments behind one that always matches", func(s *v1alpha1.MonitoringPolicySpec) { s.Standards[0].Departments[0].When = "" }, Problems{
			warning("spec.standards[0].departments[0]", "this entry always matches, so those after it never do", "put it last, or give it a when")}},
		{"a purpose twice", func(s *v1alpha1.MonitoringPolicySpec) { s.Procedures = append(s.Procedures, s.Procedures[0]) }, Problems{
			at("spec.procedures[3].purpose", "procedure Identification stands twice", "give each a name of its own")}},
		{"a step twice", func(s *v1alpha1.MonitoringPolicySpec) { s.Procedures[0].Steps[0].Name = "approval" }, Problems{
			at("spec.procedures[0].steps[4].name", "step approval stands twice", "give each a name of its own"),
			at("spec.procedures[0].steps[4].notBy[0]", "home-visit is no other step of this procedure", "name a step that stands in it")}},
		{"a signer of the step itself", func(s *v1alpha1.MonitoringPolicySpec) { s.Procedures[0].Steps[4].NotBy[0] = "approval" }, Problems{
			at("spec.procedures[0].steps[4].notBy[0]", "approval is no other step of this procedure", "name a step that stands in it")}},
		{"another prior", func(s *v1alpha1.MonitoringPolicySpec) { s.Procedures[0].Prior = "Marks" }, Problems{
			at("spec.procedures[0].prior", `"Marks" is no word for this`, "write one of MarksCount")}},

		{"a tier that the plan lacks", func(s *v1alpha1.MonitoringPolicySpec) {
			s.Deadlines[0].Tiers[0], s.Surveys[0].Tiers[0] = "Blue", "Blue"
		}, Problems{
			at("spec.deadlines[0].tiers[0]", "the plan has no tier Blue", "name one of spec.tiers"),
			at("spec.surveys[0].tiers[0]", "the plan has no tier Blue", "name one of spec.tiers")}},
		{"a stage that does not exist", func(s *v1alpha1.MonitoringPolicySpec) { s.Surveys[0].Stages = []v1alpha1.Stage{"Seen"} }, Problems{
			at("spec.surveys[0].stages[0]", `"Seen" is no word for this`, "write one of UnderElimination, Monitored, UnderReview, Eliminated, OutOfScope, Watched")}},
		{"surveys without a cycle", func(s *v1alpha1.MonitoringPolicySpec) { s.Surveys[0].Every, s.Surveys[1].Every = "", "Week" }, Problems{
			at("spec.surveys[0].every", "it does not say how often", "write every: Month, or HalfMonth, TwoMonths, Quarter, HalfYear or Year"),
			at("spec.surveys[1].every", `cycle "Week" is not known; write one of HalfMonth, Month, TwoMonths, Quarter, HalfYear, Year`, "")}},
		{"surveys behind one that fits all", func(s *v1alpha1.MonitoringPolicySpec) { s.Surveys[0].Tiers = nil }, Problems{
			warning("spec.surveys[0]", "this entry fits every family in scope, so those after it are never asked", "put it last, or give it tiers or stages")}},

		{"a start and an end of deadlines that do not exist", func(s *v1alpha1.MonitoringPolicySpec) {
			s.Deadlines[0].Starts, s.Deadlines[0].MetWhen = "Birth", ""
		}, Problems{
			at("spec.deadlines[0].starts", `"Birth" is no word for this`, "write one of TierSince, Identified, FirstShortfall"),
			at("spec.deadlines[0].metWhen", "it is missing", "write ShortfallsClosed, RiskEliminated, TierLeft, Identified, Recorded or Delivered")}},
		{"an uncovered day", func(s *v1alpha1.MonitoringPolicySpec) { s.Deadlines[0].Due[1].From = "2020-07-02" }, Problems{
			at("spec.deadlines[0].due", "no window holds the start days 2020-07-01", "add a window for them; one without a due rule says that nothing is due, on purpose")}},
		{"an uncovered end", func(s *v1alpha1.MonitoringPolicySpec) {
			s.EffectiveUntil, s.Deadlines[0].Due[2].Until = "", "2020-12-31"
		}, Problems{
			at("spec.deadlines[0].due", "no window holds the start days from 2021-01-01 on", "add a window for them; one without a due rule says that nothing is due, on purpose")}},
		{"a day in two windows", func(s *v1alpha1.MonitoringPolicySpec) { s.Deadlines[0].Due[0].Until = "2020-07-01" }, Problems{
			at("spec.deadlines[0].due[1]", "the days 2020-07-01 lie in due[0] too", "let each day lie in one window")}},
		{"a window upside down", func(s *v1alpha1.MonitoringPolicySpec) { s.Deadlines[0].Due[1].Until = "2020-06-30" }, Problems{
			at("spec.deadlines[0].due[1]", "until 2020-06-30 is before from 2020-07-01", "exchange the two")}},
		{"two due rules", func(s *v1alpha1.MonitoringPolicySpec) { s.Deadlines[0].Due[0].EndOf = "Month" }, Problems{
			at("spec.deadlines[0].due[0]", "more than one due rule stands", "keep one of date, monthDay, days, months, endOf, dayOfNextMonth, sinceLast")}},
		{"no due rule where one must stand", func(s *v1alpha1.MonitoringPolicySpec) {
			s.Planning.Within, s.Standards[0].RemedyWithin, s.Duties[0].Due = v1alpha1.Due{}, &v1alpha1.Due{}, v1alpha1.Due{}
		}, Problems{
			at("spec.standards[0].remedyWithin", "no due rule stands", oneDue),
			at("spec.planning.within", "no due rule stands", oneDue),
			at("spec.duties[0].due", "no due rule stands", oneDue)}},
		{"a due day of no calendar", func(s *v1alpha1.MonitoringPolicySpec) {
			s.Duties[0].Due.Date, s.Planning.Within = "2020-03-32", v1alpha1.Due{MonthDay: "02-30"}
		}, Problems{
			at("spec.planning.within.monthDay", `month and day "02-30": month 02 has no day 30; write a day from 01 to 29`, ""),
			at("spec.duties[0].due.date", `date "2020-03-32": 2020-03 has no day 32; write a day from 01 to 31`, "")}},
		{"an end of something else", func(s *v1alpha1.MonitoringPolicySpec) { s.Deadlines[0].Due[1].EndOf = "Week" }, Problems{
			at("spec.deadlines[0].due[1].endOf", `"Week" is no word for this`, "write one of Month, Quarter, Year, Period")}},
		{"the end of a period where nothing recurs", func(s *v1alpha1.MonitoringPolicySpec) { s.Deadlines[0].Due[1].EndOf = "Period" }, Problems{
			at("spec.deadlines[0].due[1]", "endOf: Period needs something that recurs (every); write Month, Quarter or Year", "")}},
		{"a last time of a family's deadline", func(s *v1alpha1.MonitoringPolicySpec) {
			s.Planning.Within = v1alpha1.Due{SinceLast: &v1alpha1.SinceLast{Months: 2}}
		}, Problems{
			at("spec.planning.within", "sinceLast: only a duty has a last time; write months, which counts from the start", "")}},

		{"mistakes in every kind of rule, all at once", func(s *v1alpha1.MonitoringPolicySpec) {
			s.Standards[0].Met = "unmet.size() > 0"
			s.Standards[0].Departments[0].When = "survey.incom < yuan(1)"
			s.Standards[0].Measures[0].When = "has(survey.risk)"
			s.Categories[0].When = "household.category == 'Graduated'"
			s.Tiers[0].Rules[0].When = "survey.income < 5000"
			s.Tiers[0].Measures[0].When = "survey.income"
			s.WarningLines[0].When = "'Income' in unmet"
			s.Procedures[0].Blockers[0].When = "household.labour == 'Gone'"
		}, Problems{
			in("spec.standards[0].met", 1, "unmet can be used in categories, tiers and what comes after; this is a standard", ""),
			in("spec.standards[0].departments[0].when", 1, "there is no fact survey.incom", "did you mean survey.income?"),
			in("spec.standards[0].measures[0].when", 4, "has() would make a fact that was not stated a false", "write known(survey.risk) to ask whether it was stated"),
			in("spec.categories[0].when", 1, "household.category can be used in tiers and what comes after; this is a category", ""),
			in("spec.tiers[0].rules[0].when", 15, "< does not go between money and a number", "write survey.income < yuan(5000)"),
			at("spec.tiers[0].measures[0].when", "the rule gives money, but its answer must be yes or no", ""),
			in("spec.warningLines[0].when", 13, "unmet can be used in categories, tiers and what comes after; this is a warning line", ""),
			in("spec.procedures[0].blockers[0].when", 21, `household.labour is never "Gone"`, "did you mean None?")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := policy(t, soundPolicy)
			tt.change(&p.Spec)
			compiled := CompilePolicy(p)
			if diff := cmp.Diff(tt.want, compiled.Problems); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if compiled.Plan.Invalid != compiled.Problems.Fatal() {
				t.Errorf("Invalid = %v with the problems\n%s", compiled.Plan.Invalid, compiled.Problems)
			}
		})
	}
}

// TestABrokenPlanKeepsItsPlaceInTime: to fail static, the families of a broken
// plan must still be found to be under it.
func TestABrokenPlanKeepsItsPlaceInTime(t *testing.T) {
	p := policy(t, soundPolicy)
	p.Spec.Tiers[0].Rules[0].When = "no such rule"
	got := CompilePolicy(p).Plan
	if !got.Invalid || got.Name != "sound" || got.From != dayIn(t, "2020-03-25") || got.Until != dayIn(t, "2020-12-31") || got.Zone.String() != "Asia/Urumqi" {
		t.Errorf("got %+v", got)
	}
}

func TestAnEmptyPolicyIsRefusedAndHarmsNobody(t *testing.T) {
	compiled := CompilePolicy(&v1alpha1.MonitoringPolicy{})
	if !compiled.Plan.Invalid || compiled.Plan.Zone == nil {
		t.Errorf("got %+v", compiled.Plan)
	}
}
