// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/civil"
)

// dutiesPlan is a plan of Township duties alone.
func dutiesPlan(t testing.TB, name, from, until string, duties ...DutyRule) *Plan {
	p := &Plan{Name: name, From: day(t, from), Duties: duties}
	if until != "" {
		p.Until = day(t, until)
	}
	for i := range p.Duties {
		if p.Duties[i].Level == "" {
			p.Duties[i].Level = "Township"
		}
		if p.Duties[i].From.IsZero() {
			p.Duties[i].From = p.From
		}
	}
	return p
}

var (
	byThe5th  = civil.Due{Kind: civil.DueDayOfNextMonth, N: 5}
	periodEnd = civil.Due{Kind: civil.DueEndOfPeriod}
)

func record(t testing.TB, duty, month, date string) DutyRecord {
	return DutyRecord{Duty: duty, Month: month1(t, month), Date: day(t, date)}
}

func month1(t testing.TB, name string) civil.Period {
	t.Helper()
	p, err := civil.ParsePeriod(civil.Month, name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func submitted(t testing.TB, month, date string) Submission {
	return Submission{Month: month1(t, month), Date: day(t, date)}
}

// sayDuties is one word a period: name/period state due, and who was told.
func sayDuties(verdicts []DutyVerdict) []string {
	var out []string
	for _, v := range verdicts {
		said := []string{v.Rule.Name + "/" + v.Period, string(v.State), v.Due.String()}
		if v.EscalatedTo != "" {
			said = append(said, "told "+v.EscalatedTo)
		}
		out = append(out, strings.Join(said, " "))
	}
	return out
}

func TestDutiesOfAJurisdiction(t *testing.T) {
	monthly := DutyRule{Name: "report", Every: civil.Month, Due: byThe5th, MetWhen: DutyReportSubmitted,
		Escalate: []Escalation{{0, "County"}, {10, "Prefecture"}}}
	half := DutyRule{Name: "list", Every: civil.HalfMonth, Due: periodEnd}
	quarterly := DutyRule{Name: "meeting", Every: civil.Quarter, Due: periodEnd}
	feed := DutyRule{Name: "feed", Department: "education", Every: civil.Month, Months: []int{3, 9}, Due: byThe5th, MetWhen: DutySignalsArrived}
	surveys := DutyRule{Name: "visits", Every: civil.Month, Due: periodEnd, MetWhen: DutySurveysDone}
	dispatch := DutyRule{Name: "dispatch", Due: civil.Due{Kind: civil.DueSinceLast, N: 2}}
	once := DutyRule{Name: "screening", Due: civil.Due{Kind: civil.DueDate, Date: day(t, "2020-03-25")}}
	within := DutyRule{Name: "plan", Due: civil.Due{Kind: civil.DueDays, N: 10}}
	later := DutyRule{Name: "review", From: day(t, "2020-06-01"), Due: civil.Due{Kind: civil.DueDate, Date: day(t, "2020-06-30")}}
	one := func(d ...DutyRule) Timeline { return lineOf(dutiesPlan(t, "plan", "2020-01-01", "", d...)) }
	missed := func(from, until string) civil.Interval {
		i := civil.Interval{From: day(t, from)}
		if until != "" {
			i.Until = day(t, until)
		}
		return i
	}
	tests := map[string]struct {
		line  Timeline
		facts DutyFacts
		on    string
		want  []string
	}{
		"a month that runs is pending": {one(monthly), DutyFacts{}, "2020-01-31", []string{"report/2020-01 Pending 2020-02-05"}},
		"a month that is over is due, and the next one pending": {one(monthly), DutyFacts{}, "2020-02-05",
			[]string{"report/2020-01 Due 2020-02-05", "report/2020-02 Pending 2020-03-05"}},
		"the day after the due day it is overdue, and the county is told": {one(monthly), DutyFacts{}, "2020-02-06",
			[]string{"report/2020-01 Overdue 2020-02-05 told County", "report/2020-02 Pending 2020-03-05"}},
		"ten days later the prefecture is told": {one(monthly), DutyFacts{}, "2020-02-16",
			[]string{"report/2020-01 Overdue 2020-02-05 told Prefecture", "report/2020-02 Pending 2020-03-05"}},
		"of those met the last is shown, of those overdue each": {one(monthly), DutyFacts{Submissions: []Submission{
			submitted(t, "2020-01", "2020-02-01"), submitted(t, "2020-03", "2020-04-20"), submitted(t, "2020-04", "2020-05-01")}}, "2020-06-10",
			[]string{"report/2020-02 Overdue 2020-03-05 told Prefecture", "report/2020-04 Met 2020-05-05", "report/2020-05 Overdue 2020-06-05 told County", "report/2020-06 Pending 2020-07-05"}},
		"a submission of a day to come counts for nothing yet": {one(monthly), DutyFacts{Submissions: []Submission{submitted(t, "2020-01", "2020-02-07")}}, "2020-02-06",
			[]string{"report/2020-01 Overdue 2020-02-05 told County", "report/2020-02 Pending 2020-03-05"}},
		"what is done before its period ends is met": {one(half), DutyFacts{Records: []DutyRecord{record(t, "list", "2020-01", "2020-01-10")}}, "2020-01-12",
			[]string{"list/2020-01-a Met 2020-01-15", "list/2020-01-b Pending 2020-01-31"}},
		"a record of after the month meets its second half": {one(half), DutyFacts{Records: []DutyRecord{record(t, "list", "2020-01", "2020-02-02")}}, "2020-02-03",
			[]string{"list/2020-01-a Overdue 2020-01-15", "list/2020-01-b MetLate 2020-01-31", "list/2020-02-a Pending 2020-02-15"}},
		"a record may name the half": {one(half), DutyFacts{Records: []DutyRecord{{Duty: "list", Period: "2020-01-a", Month: month1(t, "2020-01"), Date: day(t, "2020-01-31")}}}, "2020-01-31",
			[]string{"list/2020-01-a MetLate 2020-01-15", "list/2020-01-b Pending 2020-01-31"}},
		"a record in any month of a quarter meets it": {one(quarterly), DutyFacts{Records: []DutyRecord{record(t, "meeting", "2020-02", "2020-02-10")}}, "2020-04-01",
			[]string{"meeting/2020-Q1 Met 2020-03-31", "meeting/2020-Q2 Pending 2020-06-30"}},
		"R04#89 no meeting from January to March: overdue on 1 April": {one(quarterly), DutyFacts{}, "2020-04-01",
			[]string{"meeting/2020-Q1 Overdue 2020-03-31", "meeting/2020-Q2 Pending 2020-06-30"}},
		"a record of another duty meets nothing": {one(quarterly), DutyFacts{Records: []DutyRecord{record(t, "list", "2020-02", "2020-02-10")}}, "2020-04-01",
			[]string{"meeting/2020-Q1 Overdue 2020-03-31", "meeting/2020-Q2 Pending 2020-06-30"}},
		"R17#215 education data are asked in March and September alone": {one(feed), DutyFacts{}, "2020-05-06",
			[]string{"feed/2020-03 Overdue 2020-04-05", "feed/2020-09 Pending 2020-10-05"}},
		"leads of the department's feed meet it": {one(feed), DutyFacts{Evidence: Evidence{Arrivals: []Arrival{
			{"education", "2020-03", day(t, "2020-04-05")}, {"education", "", day(t, "2020-03-30")}}}}, "2020-05-06",
			[]string{"feed/2020-03 Met 2020-04-05", "feed/2020-09 Pending 2020-10-05"}},
		"R17#214 on the 6th they are late, and another department's are none": {one(feed), DutyFacts{Evidence: Evidence{Arrivals: []Arrival{
			{"health", "2020-03", day(t, "2020-04-01")}, {"education", "2020-03", day(t, "2020-04-06")}}}}, "2020-05-06",
			[]string{"feed/2020-03 MetLate 2020-04-05", "feed/2020-09 Pending 2020-10-05"}},
		"and so does a record that there were none": {one(feed), DutyFacts{Records: []DutyRecord{record(t, "feed", "2020-03", "2020-04-02")}}, "2020-05-06",
			[]string{"feed/2020-03 Met 2020-04-05", "feed/2020-09 Pending 2020-10-05"}},
		"all families surveyed": {one(surveys), DutyFacts{}, "2020-02-01",
			[]string{"visits/2020-01 Met 2020-01-31", "visits/2020-02 Pending 2020-02-29"}},
		"whether all were surveyed is asked when the month is over": {one(surveys), DutyFacts{}, "2020-01-31",
			[]string{"visits/2020-01 Pending 2020-01-31"}},
		"one missed January's survey, and a month begins": {one(surveys), DutyFacts{Evidence: Evidence{Missed: []civil.Interval{missed("2020-01-31", "")}}}, "2020-02-01",
			[]string{"visits/2020-01 Overdue 2020-01-31", "visits/2020-02 Pending 2020-02-29"}},
		"it was made up for in February": {one(surveys), DutyFacts{Evidence: Evidence{Missed: []civil.Interval{missed("2020-01-31", "2020-02-11")}}}, "2020-03-01",
			[]string{"visits/2020-02 Met 2020-02-29", "visits/2020-03 Pending 2020-03-31"}},
		"a family that is behind for two months is behind in both": {one(surveys), DutyFacts{Evidence: Evidence{Missed: []civil.Interval{missed("2020-01-31", "2020-03-11")}}}, "2020-03-12",
			[]string{"visits/2020-02 MetLate 2020-02-29", "visits/2020-03 Pending 2020-03-31"}},
		"R13#184 dispatch rolls from the last one": {one(dispatch), DutyFacts{Records: []DutyRecord{record(t, "dispatch", "2020-05", "2020-05-20"), record(t, "dispatch", "2020-04", "2020-04-28")}}, "2020-07-20",
			[]string{"dispatch/ Pending 2020-07-20"}},
		"and is overdue the day after": {one(dispatch), DutyFacts{Records: []DutyRecord{record(t, "dispatch", "2020-05", "2020-05-20")}}, "2020-07-21",
			[]string{"dispatch/ Overdue 2020-07-20"}},
		"the first dispatch is due two months after the start": {one(dispatch), DutyFacts{}, "2020-02-01", []string{"dispatch/ Pending 2020-03-01"}},
		"what is done once is due from the start":              {one(once), DutyFacts{}, "2020-01-01", []string{"screening/ Due 2020-03-25"}},
		"days count from the day after the start":              {one(within), DutyFacts{}, "2020-01-12", []string{"plan/ Overdue 2020-01-11"}},
		"before its own start it is pending":                   {one(later), DutyFacts{}, "2020-05-31", []string{"review/ Pending 2020-06-30"}},
		"a record of before the plan counts for what is done once": {one(once), DutyFacts{Records: []DutyRecord{record(t, "screening", "2019-12", "2019-12-20")}}, "2020-01-02",
			[]string{"screening/ Met 2020-03-25"}},
		"another level's duties are not its own": {one(DutyRule{Name: "x", Level: "Village", Every: civil.Month, Due: periodEnd}), DutyFacts{}, "2020-03-01", nil},
		"no plan yet":                            {one(monthly), DutyFacts{}, "2019-12-31", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, _, ok := Duties(tt.line, "Township", tt.facts, day(t, tt.on))
			if diff := cmp.Diff(tt.want, sayDuties(got)); diff != "" || !ok {
				t.Errorf("ok %v (-want +got):\n%s", ok, diff)
			}
		})
	}
}

func TestDutiesWhenThePlanChanges(t *testing.T) {
	monthly := DutyRule{Name: "report", Every: civil.Month, Due: byThe5th, MetWhen: DutyReportSubmitted}
	by10th := DutyRule{Name: "report", Every: civil.Month, Due: civil.Due{Kind: civil.DueDayOfNextMonth, N: 10}, MetWhen: DutyReportSubmitted}
	form := DutyRule{Name: "form", Every: civil.Month, Due: byThe5th, MetWhen: DutyReportSubmitted}
	once := DutyRule{Name: "screening", Due: civil.Due{Kind: civil.DueDate, Date: day(t, "2020-03-25")}}
	again := DutyRule{Name: "screening", Due: civil.Due{Kind: civil.DueDate, Date: day(t, "2020-07-25")}}
	dispatch := DutyRule{Name: "dispatch", Due: civil.Due{Kind: civil.DueSinceLast, N: 2}}
	tests := map[string]struct {
		plans []*Plan
		facts DutyFacts
		on    string
		want  []string
	}{
		"the plan of a month's last day asks for it": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "", monthly), dutiesPlan(t, "new", "2020-02-15", "", by10th)}, DutyFacts{
			Submissions: []Submission{submitted(t, "2020-01", "2020-02-01")}}, "2020-03-07",
			[]string{"report/2020-02 Due 2020-03-10", "report/2020-03 Pending 2020-04-10"}},
		"before the change the month that it will rule is not asked for": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "", monthly), dutiesPlan(t, "new", "2020-02-15", "", by10th)}, DutyFacts{
			Submissions: []Submission{submitted(t, "2020-01", "2020-02-01")}}, "2020-02-14",
			[]string{"report/2020-01 Met 2020-02-05"}},
		"what a replaced plan asked for stays until it is met": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "", monthly), dutiesPlan(t, "new", "2020-03-01", "", form)}, DutyFacts{
			Submissions: []Submission{submitted(t, "2020-01", "2020-02-01")}}, "2020-04-06",
			[]string{"form/2020-03 Overdue 2020-04-05", "form/2020-04 Pending 2020-05-05", "report/2020-02 Overdue 2020-03-05"}},
		"and goes when it is": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "", monthly), dutiesPlan(t, "new", "2020-03-01", "", form)}, DutyFacts{
			Submissions: []Submission{submitted(t, "2020-01", "2020-02-01"), submitted(t, "2020-02", "2020-04-06"), submitted(t, "2020-03", "2020-04-01")}}, "2020-04-06",
			[]string{"form/2020-03 Met 2020-04-05", "form/2020-04 Pending 2020-05-05"}},
		"an ended plan asks for its last month, and no more": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "2020-02-29", monthly)}, DutyFacts{}, "2020-06-01",
			[]string{"report/2020-01 Overdue 2020-02-05", "report/2020-02 Overdue 2020-03-05"}},
		"what was to be done once and was late stays": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "2020-05-31", once)}, DutyFacts{}, "2020-06-01",
			[]string{"screening/ Overdue 2020-03-25"}},
		"what was due on the plan's last day and not done stays": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "2020-03-25", once)}, DutyFacts{}, "2020-03-26",
			[]string{"screening/ Overdue 2020-03-25"}},
		"what was not late yet ends with its plan": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "2020-03-24", once)}, DutyFacts{}, "2020-06-01", nil},
		"the same once more by the next plan is another": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "2020-05-31", once), dutiesPlan(t, "new", "2020-06-01", "", again)}, DutyFacts{
			Records: []DutyRecord{record(t, "screening", "2020-03", "2020-03-20")}}, "2020-06-02", []string{"screening/ Due 2020-07-25"}},
		"an old plan in force again asks once alone": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "", once), dutiesPlan(t, "new", "2020-02-01", "2020-02-10")}, DutyFacts{}, "2020-04-01",
			[]string{"screening/ Overdue 2020-03-25"}},
		"a dispatch overdue at the end stays until it is held": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "2020-05-31", dispatch)}, DutyFacts{}, "2020-06-05",
			[]string{"dispatch/ Overdue 2020-03-01"}},
		"and then no next one is asked for": {[]*Plan{dutiesPlan(t, "old", "2020-01-01", "2020-05-31", dispatch)}, DutyFacts{
			Records: []DutyRecord{record(t, "dispatch", "2020-06", "2020-06-03")}}, "2020-06-05", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, _, ok := Duties(lineOf(tt.plans...), "Township", tt.facts, day(t, tt.on))
			if diff := cmp.Diff(tt.want, sayDuties(got)); diff != "" || !ok {
				t.Errorf("ok %v (-want +got):\n%s", ok, diff)
			}
		})
	}
}

func TestAtMostTwelveOverduePeriodsAreShownTheOldest(t *testing.T) {
	line := lineOf(dutiesPlan(t, "plan", "2020-01-01", "", DutyRule{Name: "report", Every: civil.Month, Due: byThe5th}))
	got, _, _ := Duties(line, "Township", DutyFacts{}, day(t, "2022-01-20"))
	said := sayDuties(got)
	if len(said) != 13 || said[0] != "report/2020-01 Overdue 2020-02-05" || said[11] != "report/2020-12 Overdue 2021-01-05" || said[12] != "report/2022-01 Pending 2022-02-05" {
		t.Errorf("got %d: %q", len(said), said)
	}
}

func TestAPlanThatDoesNotCompileConcludesNoDuties(t *testing.T) {
	broken := dutiesPlan(t, "plan", "2020-01-01", "", DutyRule{Name: "report", Every: civil.Month, Due: byThe5th})
	broken.Invalid = true
	if got, _, ok := Duties(lineOf(broken), "Township", DutyFacts{}, day(t, "2020-03-01")); ok || got != nil {
		t.Errorf("got %v, ok %v", sayDuties(got), ok)
	}
	if _, ok := AskedReports(lineOf(broken), "Township", day(t, "2020-03-01")); ok {
		t.Error("reports are asked for by a plan that does not compile")
	}
}

func TestTheReportsThatAreAskedFor(t *testing.T) {
	monthly := DutyRule{Name: "report", Every: civil.Month, Due: byThe5th, MetWhen: DutyReportSubmitted}
	quarterly := DutyRule{Name: "summary", Every: civil.Quarter, Due: civil.Due{Kind: civil.DueDayOfNextMonth, N: 2}, MetWhen: DutyReportSubmitted}
	line := lineOf(
		dutiesPlan(t, "old", "2020-01-15", "2020-03-10", monthly),
		dutiesPlan(t, "new", "2020-03-11", "", quarterly, DutyRule{Name: "list", Every: civil.Month, Due: byThe5th}),
	)
	tests := map[string][]string{
		"2020-01-14": nil,
		"2020-01-15": {"2020-01 by 2020-02-05"},
		"2020-03-10": {"2020-01 by 2020-02-05", "2020-02 by 2020-03-05"},
		"2020-03-11": {"2020-01 by 2020-02-05", "2020-02 by 2020-03-05", "2020-03 by 2020-04-02"},
		"2020-06-01": {"2020-01 by 2020-02-05", "2020-02 by 2020-03-05", "2020-03 by 2020-04-02", "2020-06 by 2020-07-02"},
	}
	for until, want := range tests {
		asked, ok := AskedReports(line, "Township", day(t, until))
		var got []string
		for _, a := range asked {
			got = append(got, civil.Month.Name(a.Month)+" by "+a.Due.String())
		}
		if diff := cmp.Diff(want, got); diff != "" || !ok {
			t.Errorf("until %s, ok %v (-want +got):\n%s", until, ok, diff)
		}
	}
}

// TestAFamilysMissedSurveys: the runs of days on which a survey was overdue.
func TestAFamilysMissedSurveys(t *testing.T) {
	f := &Family{Registration: "Graduated", Surveys: []Survey{
		visit(t, "2020-04-12", 800000, "Met"), unchanged(t, "2020-07-03"), unchanged(t, "2020-08-09"),
	}}
	line := lineOf(townPlan(t))
	tests := map[string][]civil.Interval{
		"2020-05-31": nil,
		"2020-06-01": {{From: day(t, "2020-05-31")}},
		"2020-07-03": {{From: day(t, "2020-05-31"), Until: day(t, "2020-07-03")}},
		"2020-10-01": {{From: day(t, "2020-05-31"), Until: day(t, "2020-07-03")}, {From: day(t, "2020-09-30")}},
		"2021-01-01": {{From: day(t, "2020-05-31"), Until: day(t, "2020-07-03")}, {From: day(t, "2020-09-30"), Until: day(t, "2021-01-01")}},
	}
	for on, want := range tests {
		if got := Decide(f, line, day(t, on)).Missed; !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", on, got, want)
		}
	}
}

func drawDuty(t *rapid.T, name string) DutyRule {
	r := DutyRule{Name: name, Level: "Township", Department: "health"}
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		r.Due = civil.Due{Kind: civil.DueSinceLast, N: rapid.IntRange(1, 4).Draw(t, "months")}
		return r
	case 1:
		r.Due = civil.Due{Kind: civil.DueDays, N: rapid.IntRange(0, 90).Draw(t, "days")}
		return r
	}
	r.Every = rapid.SampledFrom([]civil.Cycle{civil.HalfMonth, civil.Month, civil.TwoMonths, civil.Quarter, civil.HalfYear, civil.Year}).Draw(t, "every")
	r.Due = rapid.SampledFrom([]civil.Due{byThe5th, periodEnd, {Kind: civil.DueDays, N: 3}}).Draw(t, "due")
	r.MetWhen = rapid.SampledFrom([]DutyMetWhen{DutyRecorded, DutyReportSubmitted, DutySurveysDone, DutySignalsArrived}).Draw(t, "met")
	if rapid.Bool().Draw(t, "escalates") {
		r.Escalate = []Escalation{{rapid.IntRange(0, 20).Draw(t, "after"), "County"}}
	}
	return r
}

func drawDutyFacts(t *rapid.T, first civil.Day) DutyFacts {
	date := func(label string) civil.Day { return first.AddDays(rapid.IntRange(-40, 500).Draw(t, label)) }
	var f DutyFacts
	for range rapid.IntRange(0, 8).Draw(t, "submissions") {
		f.Submissions = append(f.Submissions, Submission{civil.Month.PeriodOf(date("month")), date("submitted")})
	}
	for range rapid.IntRange(0, 8).Draw(t, "records") {
		f.Records = append(f.Records, DutyRecord{Duty: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "duty"), Month: civil.Month.PeriodOf(date("month")), Date: date("recorded")})
	}
	for range rapid.IntRange(0, 4).Draw(t, "missed") {
		from := date("missed")
		f.Missed = append(f.Missed, civil.Interval{From: from, Until: from.AddDays(rapid.IntRange(1, 90).Draw(t, "days"))})
	}
	for range rapid.IntRange(0, 4).Draw(t, "arrivals") {
		f.Arrivals = append(f.Arrivals, Arrival{Department: "health", Date: date("arrived")})
	}
	return f
}

// TestDutiesChangeOnNoDayThatWasNotAnnounced: between a day and the next one that
// Duties names, every day gives the same answer; and every entry keeps to the
// order and the bounds of the contract.
func TestDutiesChangeOnNoDayThatWasNotAnnounced(t *testing.T) {
	first := day(t, "2020-01-10")
	rapid.Check(t, func(rt *rapid.T) {
		var plans []*Plan
		for i, from := 0, first; i < rapid.IntRange(1, 3).Draw(rt, "plans"); i++ {
			p := &Plan{Name: string(rune('p' + i)), From: from}
			for _, name := range []string{"a", "b", "c"}[:rapid.IntRange(1, 3).Draw(rt, "duties")] {
				r := drawDuty(rt, name)
				r.From = from
				p.Duties = append(p.Duties, r)
			}
			from = from.AddDays(rapid.IntRange(20, 200).Draw(rt, "length"))
			if rapid.Bool().Draw(rt, "ends") {
				p.Until = from.AddDays(-rapid.IntRange(1, 15).Draw(rt, "gap"))
			}
			plans = append(plans, p)
		}
		line, facts := lineOf(plans...), drawDutyFacts(rt, first)
		today := first.AddDays(rapid.IntRange(0, 400).Draw(rt, "today"))
		now, next, ok := Duties(line, "Township", facts, today)
		if !ok {
			rt.Fatal("no plan is broken")
		}
		said := sayDuties(now)
		for d := today.AddDays(1); d < today.AddDays(40) && (next.IsZero() || d < next); d = d.AddDays(1) {
			then, _, _ := Duties(line, "Township", facts, d)
			if diff := cmp.Diff(said, sayDuties(then)); diff != "" {
				rt.Fatalf("%s: unlike %s, though the next change was to be on %s:\n%s", d, today, next, diff)
			}
		}
		if !next.IsZero() && next <= today {
			rt.Fatalf("the next change %s is not after %s", next, today)
		}
		checkShown(rt, now, today)
	})
}

func checkShown(t *rapid.T, all []DutyVerdict, today civil.Day) {
	overdue, pending, met := map[string]int{}, map[string]int{}, map[string]int{}
	keys := map[string]bool{}
	for _, v := range all {
		name := v.Rule.Name
		if key := name + "/" + v.Period + "/" + v.Plan.Name; keys[key] {
			t.Fatalf("%s is there twice: %v", key, sayDuties(all))
		} else {
			keys[key] = true
		}
		switch v.State {
		case DutyOverdue:
			overdue[name]++
			if v.Due >= today {
				t.Fatalf("overdue on %s, and due %s", today, v.Due)
			}
		case DutyPending:
			pending[name]++
		case DutyMet, DutyMetLate:
			met[name]++
			if (v.State == DutyMet) != (v.Met <= v.Due) || v.Met > today {
				t.Fatalf("%v met on %s", sayDuties([]DutyVerdict{v}), v.Met)
			}
		case DutyDue:
			if v.Due < today {
				t.Fatalf("due %s on %s", v.Due, today)
			}
		}
	}
	for _, name := range []string{"a", "b", "c"} {
		if overdue[name] > shownOverdue || pending[name] > 1 || met[name] > 1 {
			t.Fatalf("duty %s: %d overdue, %d pending, %d met: %v", name, overdue[name], pending[name], met[name], sayDuties(all))
		}
	}
}
