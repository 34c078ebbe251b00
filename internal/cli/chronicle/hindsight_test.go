// SPDX-License-Identifier: Apache-2.0

package chronicle

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

// brief writes a revision in one line.
func brief(r *Revision) string {
	answer := func(a Answer) string { return strings.Join(strings.Fields(a.Word+" "+a.Next+" "+a.Due.String()), " ") }
	var because []string
	for i := range r.Because {
		because = append(because, fmt.Sprintf("%s of %s", r.Because[i].Kind, r.Because[i].Date))
	}
	return fmt.Sprintf("%s..%s %s %s: %q -> %q, known from %s by %v", r.From, r.Until, r.About, r.Name, answer(r.Then), answer(r.Now), r.KnownFrom, because)
}

func TestRevisionsTellWhatWasConcludedOtherwise(t *testing.T) {
	world, p := familyIn(t, "town", "hh-late", "plan", "late")
	survey, plan := "known from 2020-06-01 by [Surveyed of 2020-04-12]", "known from 2020-08-15 by [PolicyEntered of 2020-07-01]"
	want := []string{
		`2020-04-12..2020-05-31 Category : "Graduated" -> "UnstableGraduated", ` + survey,
		`2020-04-12..2020-05-31 Tier : "Yellow" -> "Red", ` + survey,
		`2020-04-12..2020-05-31 Shortfall Income: "" -> "Open 2020-06-30", ` + survey,
		`2020-04-12..2020-04-30 Deadline Survey/survey: "Pending 2020-04-30" -> "Pending 2020-05-31", ` + survey,
		`2020-04-12..2020-05-31 Deadline Tier/clear-red: "" -> "Pending 2020-06-30", ` + survey,
		`2020-05-01..2020-05-10 Deadline Survey/survey: "Overdue 2020-04-30" -> "Pending 2020-05-31", ` + survey,
		`2020-07-01..2020-08-14 Policy : "plan" -> "stricter", ` + plan,
		`2020-07-01..2020-08-14 Category : "UnstableGraduated" -> "Graduated", ` + plan,
		`2020-07-01..2020-08-14 Tier : "Red" -> "Orange", ` + plan,
		`2020-07-01..2020-08-14 Shortfall Income: "Overdue 2020-06-30" -> "Open", ` + plan,
		`2020-07-01..2020-08-14 Deadline Survey/survey: "Overdue 2020-06-30" -> "", ` + plan,
		`2020-07-01..2020-08-14 Deadline Tier/clear-red: "Overdue 2020-06-30" -> "", ` + plan,
	}
	said := func(today string, world *translate.World) []string {
		told := Tell(world, p, day(t, today), day(t, today))
		got := make([]string, len(told.Revised))
		for i := range told.Revised {
			got[i] = brief(&told.Revised[i])
		}
		return got
	}
	if diff := cmp.Diff(want, said("2020-08-20", world)); diff != "" {
		t.Errorf("revised (-want +got):\n%s", diff)
	}
	if got := said("2020-06-30", world.KnownAt(day(t, "2020-05-31"))); len(got) > 0 {
		t.Errorf("nobody knew yet that anything was late: %v", got)
	}
	if diff := cmp.Diff(want[:6], said("2020-08-20", world.KnownAt(day(t, "2020-08-14")))); diff != "" {
		t.Errorf("the day before the plan was entered (-want +got):\n%s", diff)
	}
	_, timely := family(t, "hh-red")
	if got := Revise(world.KnownAt(day(t, "2020-08-14")), timely, day(t, "2020-01-01"), day(t, "2020-12-31")); got != nil {
		t.Errorf("nothing of this family was entered late: %v", got)
	}
}

func TestWhatRestsOnALateEntryIsMarked(t *testing.T) {
	world, p := familyIn(t, "town", "hh-late", "plan", "late")
	told := Tell(world, p, day(t, "2020-08-20"), day(t, "2020-08-20"))
	got := map[string]string{}
	for i := range told.Past {
		if e := &told.Past[i]; e.DaysLate() > 0 {
			got[fmt.Sprintf("%s %s", e.Date, e.Kind)] = fmt.Sprintf("entered %s, known from %s, %d days", e.Entered, e.KnownFrom, e.DaysLate())
		}
	}
	concluded, ruled := "entered , known from 2020-06-01, 50 days", "entered , known from 2020-08-15, 45 days"
	want := map[string]string{
		"2020-04-12 Surveyed": "entered 2020-06-01, known from , 50 days", "2020-04-20 Marked": "entered 2020-06-20, known from , 61 days",
		"2020-04-12 CategoryChanged": concluded, "2020-04-12 TierChanged": concluded, "2020-04-12 ShortfallOpened": concluded,
		"2020-04-12 ShortfallRouted": concluded, "2020-04-12 DeadlineSet": concluded,
		"2020-07-01 PolicyChanged":   "entered 2020-08-15, known from 2020-08-15, 45 days",
		"2020-07-01 CategoryChanged": ruled, "2020-07-01 TierChanged": ruled, "2020-07-01 DeadlineDropped": ruled,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("marked as late (-want +got):\n%s", diff)
	}
}

func TestLeftOutIsWhatWasNotKnownYet(t *testing.T) {
	world, p := familyIn(t, "town", "hh-late", "plan", "late")
	for _, tt := range []struct {
		name, on, knownAt string
		want              []string
	}{
		{"all is known", "2020-08-20", "2020-08-20", nil},
		{"a plan", "2020-08-20", "2020-08-14", []string{"PolicyEntered 2020-07-01"}},
		{"facts of later days are not asked for", "2020-05-01", "2020-05-31", []string{"Surveyed 2020-04-12", "Marked 2020-04-20"}},
		{"what was not late had not happened yet", "2020-05-11", "2020-04-01", []string{"Surveyed 2020-04-12", "Marked 2020-04-20", "Surveyed 2020-05-11"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, e := range LeftOut(world, world.KnownAt(day(t, tt.knownAt)), p, day(t, tt.on)) {
				got = append(got, fmt.Sprint(e.Kind, " ", e.Date))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("left out (-want +got):\n%s", diff)
			}
		})
	}
}

// enteredAnyhow gives facts and a plan any day of entry.
func enteredAnyhow(t *rapid.T, world *translate.World, p translate.Papers) (*translate.World, translate.Papers) {
	after := func(date v1alpha1.Date) v1alpha1.Date {
		by := rapid.SampledFrom([]int{0, 0, 3, 30, 90, -2}).Draw(t, "days")
		return v1alpha1.Date(dayOf(date).AddDays(by).String())
	}
	p.Household = p.Household.DeepCopy()
	for i := range p.Household.Spec.Surveys {
		s := &p.Household.Spec.Surveys[i]
		s.Entered = after(s.Date)
	}
	for i := range p.Household.Spec.Marks {
		m := &p.Household.Spec.Marks[i]
		m.Entered = after(m.Date)
	}
	var policies []*v1alpha1.MonitoringPolicy
	for _, name := range world.Policies() {
		policy := world.Policy(name).Policy.DeepCopy()
		policy.Spec.Entered = after(policy.Spec.EffectiveFrom)
		policies = append(policies, policy)
	}
	var nodes []*v1alpha1.Jurisdiction
	for _, name := range world.Nodes() {
		node, _ := world.Node(name)
		nodes = append(nodes, node)
	}
	return translate.NewWorld(policies, nodes, translate.Options{}), p
}

// Whatever was entered when: on each day the revisions are exactly the answers
// that differ between what was known that day and what is known now, and the day
// from which the present answer could be given is the first from which it was.
func TestRevisionsAreWhatDiffersOnEachDay(t *testing.T) {
	base, family := familyIn(t, "town", "hh-late", "plan", "late")
	from, until := day(t, "2020-03-01"), day(t, "2020-10-31")
	rapid.Check(t, func(t *rapid.T) {
		world, p := enteredAnyhow(t, base, family)
		revised := Revise(world, p, from, until)
		on := from.AddDays(rapid.IntRange(0, int(until-from)).Draw(t, "day"))
		judged := func(on, knownAt civil.Day) map[Topic]Answer {
			then := world.KnownAt(knownAt)
			known := then.Known(p)
			j := then.JudgeOn(known, on)
			return answers(view{&known, &j})
		}
		then, now := judged(on, on), judged(on, civil.Last)
		want := map[Topic][2]Answer{}
		for topic := range maps.Keys(then) {
			want[topic] = [2]Answer{then[topic], now[topic]}
		}
		for topic := range maps.Keys(now) {
			want[topic] = [2]Answer{then[topic], now[topic]}
		}
		maps.DeleteFunc(want, func(_ Topic, a [2]Answer) bool { return a[0] == a[1] })
		got := map[Topic][2]Answer{}
		for i := range revised {
			r := &revised[i]
			if r.From <= on && on <= r.Until {
				got[r.Topic] = [2]Answer{r.Then, r.Now}
			}
			if judged(r.From, r.KnownFrom)[r.Topic] != r.Now || judged(r.From, r.KnownFrom.AddDays(-1))[r.Topic] == r.Now {
				t.Fatalf("%s: the present answer was not first given on that day", brief(r))
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-differs +revised):\n%s", on, diff)
		}
	})
}

// A fact that is to be written is shown with what it changes of the days behind.
func TestRewrittenTellsWhatAFactChangesOfThePast(t *testing.T) {
	world, p := family(t, "hh-yellow")
	with := p
	with.Household = p.Household.DeepCopy()
	with.Household.Spec.Surveys = append(with.Household.Spec.Surveys, v1alpha1.Survey{Date: "2020-05-10", Method: "OnSite", Income: "4000", Guarantees: p.Household.Spec.Surveys[0].Guarantees})
	got := []string{}
	for _, r := range Rewritten(world, p, with, day(t, "2020-05-10"), day(t, "2020-07-02")) {
		got = append(got, brief(&r))
	}
	nobody := ", known from  by []"
	want := []string{
		`2020-05-10..2020-07-02 Category : "Graduated" -> "UnstableGraduated"` + nobody,
		`2020-05-10..2020-07-02 Tier : "Yellow" -> "Red"` + nobody,
		`2020-05-10..2020-06-30 Shortfall Income: "" -> "Open 2020-06-30"` + nobody,
		`2020-05-10..2020-05-31 Deadline Survey/survey: "Pending 2020-05-31" -> "Pending 2020-06-30"` + nobody,
		`2020-05-10..2020-06-30 Deadline Tier/clear-red: "" -> "Pending 2020-06-30"` + nobody,
		`2020-06-01..2020-06-30 Deadline Survey/survey: "Overdue 2020-05-31" -> "Pending 2020-06-30"` + nobody,
		`2020-07-01..2020-07-02 Shortfall Income: "" -> "Overdue 2020-06-30"` + nobody,
		`2020-07-01..2020-07-02 Deadline Survey/survey: "Overdue 2020-05-31" -> "Overdue 2020-06-30"` + nobody,
		`2020-07-01..2020-07-02 Deadline Tier/clear-red: "" -> "Overdue 2020-06-30"` + nobody,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rewritten (-want +got):\n%s", diff)
	}
	if got := Rewritten(world, p, p, day(t, "2020-01-01"), day(t, "2020-12-31")); len(got) > 0 {
		t.Errorf("without a fact: %v", got)
	}
}

func TestFactsSayWhoEnteredThemAndWhen(t *testing.T) {
	report := &v1alpha1.MonthlyReport{}
	report.Name = "town-2020-04"
	report.Spec.Submitted = &v1alpha1.Submission{Date: "2020-05-02", Entered: "2020-05-09", By: "li"}
	report.Spec.DutyRecords = []v1alpha1.DutyRecord{{Duty: "dispatch", Date: "2020-04-20", By: "li"}, {Duty: "undated", By: "li"}}
	early, slip := &v1alpha1.MonitoringPolicy{}, &v1alpha1.Household{}
	early.Spec.EffectiveFrom, early.Spec.Entered = "2020-05-01", "2020-04-01"
	slip.Spec.Surveys = []v1alpha1.Survey{{Date: "2020-05-01", Entered: "2020-04-01", By: "zhang"}, {Date: "2020-05-02", Entered: "2020-05-02"}}
	var got []string
	for _, object := range []any{report, early, slip, nil} {
		for _, e := range FactsOf(object) {
			got = append(got, fmt.Sprintf("%s %s by %s: entered %s, known %s, %d days late, ahead %t", e.Kind, e.Name, e.By, e.Entered, e.Known(), e.DaysLate(), e.Ahead()))
		}
	}
	want := []string{
		"ReportSubmitted town-2020-04 by li: entered 2020-05-09, known 2020-05-09, 7 days late, ahead false",
		"DutyRecorded town-2020-04/dispatch by li: entered , known 2020-04-20, 0 days late, ahead false",
		"PolicyEntered  by : entered 2020-04-01, known 2020-04-01, 0 days late, ahead false",
		"Surveyed  by zhang: entered 2020-04-01, known 2020-05-01, 0 days late, ahead true",
		"Surveyed  by : entered , known 2020-05-02, 0 days late, ahead false",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	if !slices.Contains(Kinds(), PolicyEntered) {
		t.Error("the entry of a plan has no place in a day")
	}
}
