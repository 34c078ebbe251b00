// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/api/meta"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/controlplane"
	"fangpin.io/fangpin/internal/figures"
)

// reporting is the plan with monthly reports of the townships by the 2nd and of the
// county by the 10th; families are surveyed monthly, and those marked earlier are
// monitored.
var reporting = plan + `
  surveys: [{every: Month, from: "2020-04-01"}]
  procedures:
  - {purpose: Identification, prior: MarksCount, steps: [{name: approval, type: Decision}]}
  duties:
  - {name: monthly-report, level: Township, every: Month, from: "2020-04-01", due: {dayOfNextMonth: 2}, metWhen: ReportSubmitted}
  - {name: county-report, level: County, every: Month, from: "2020-04-01", due: {dayOfNextMonth: 10}, metWhen: ReportSubmitted}
`

const marked = `
kind: Household
metadata: {name: marked, namespace: west}
spec:
  registration: Graduated
  persons: 5
  marks: [{category: Graduated, date: "2019-12-31", system: NationalSystem}]
  surveys:
  - {date: "2020-04-20", by: village-worker, method: OnSite, income: "6000", guarantees: [{name: Housing, state: Met}], causes: [Illness]}
`

func (town *town) report(namespace, name string) *v1alpha1.MonthlyReport {
	town.t.Helper()
	r := &v1alpha1.MonthlyReport{}
	town.get(r, namespace, name)
	return r
}

func (town *town) reports() []string {
	town.t.Helper()
	var list v1alpha1.MonthlyReportList
	if err := town.client.List(town.t.Context(), &list); err != nil {
		town.t.Fatal(err)
	}
	var names []string
	for i := range list.Items {
		r := &list.Items[i]
		names = append(names, fmt.Sprintf("%s/%s %s due %s as of %s, %s", r.Namespace, r.Name, r.Status.State, r.Status.Due, r.Status.AsOf, sealed(r)))
	}
	return names
}

func sealed(r *v1alpha1.MonthlyReport) string {
	if c := meta.FindStatusCondition(r.Status.Conditions, v1alpha1.ConditionSealed); c != nil {
		return string(c.Status) + " " + c.Reason
	}
	return "not compared"
}

func counties(t *testing.T) *town {
	t.Helper()
	town := emptyTown(t)
	town.apply("kind: Jurisdiction\nmetadata: {name: county}\nspec: {level: County, namespace: nowhere}",
		reporting, poor, fair, marked)
	return town
}

func TestTheFormsOfAMonthAreOpenedAndComputed(t *testing.T) {
	town := counties(t)
	town.start(controlplane.ForTest(t).Config())
	want := []string{
		"east/east-2020-04 Due due 2020-05-02 as of 2020-04-30, False NotSubmitted",
		"east/east-2020-05 Open due 2020-06-02 as of 2020-05-01, False NotSubmitted",
		"nowhere/county-2020-04 Due due 2020-05-10 as of 2020-04-30, False NotSubmitted",
		"nowhere/county-2020-05 Open due 2020-06-10 as of 2020-05-01, False NotSubmitted",
		"west/west-2020-04 Due due 2020-05-02 as of 2020-04-30, False NotSubmitted",
		"west/west-2020-05 Open due 2020-06-02 as of 2020-05-01, False NotSubmitted",
	}
	if diff := cmp.Diff(want, town.reports()); diff != "" {
		t.Fatalf("on 1 May (-want +got):\n%s", diff)
	}
	f := town.report("nowhere", "county-2020-04").Status.Figures
	got := map[string]int32{}
	for _, figure := range figures.List(f) {
		if figure.Value != 0 {
			got[figure.Path] = figure.Value
		}
	}
	if diff := cmp.Diff(map[string]int32{
		// Nobody was told of red families in time: the plan begins on 25 March.
		"monitored.opening.households": 1, "monitored.opening.persons": 5, "monitored.closing.households": 1, "monitored.closing.persons": 5,
		"tiers[plan/Red].households": 1, "tiers[plan/Red].persons": 4, "tiers[plan/Yellow].households": 2, "tiers[plan/Yellow].persons": 8,
		"categories[plan/Graduated].households": 2, "categories[plan/Graduated].persons": 9,
		"categories[plan/Marginal].households": 1, "categories[plan/Marginal].persons": 3,
		"causes[Graduated/Illness].households": 2, "causes[Graduated/Illness].persons": 9,
		"shortfalls[Housing].open": 1, "shortfalls[Income].open": 1, "surveys.done": 3,
	}, got); diff != "" {
		t.Errorf("the county's figures of April (-want +got):\n%s", diff)
	}

	town.wire.take()
	town.clock.SetTime(noonOf(time.June, 1))
	town.settle()
	if !slices.Contains(town.reports(), "east/east-2020-06 Open due 2020-07-02 as of 2020-06-01, False NotSubmitted") ||
		!slices.Contains(town.reports(), "east/east-2020-04 Overdue due 2020-05-02 as of 2020-04-30, False NotSubmitted") {
		t.Errorf("on 1 June: %s", strings.Join(town.reports(), "\n"))
	}
	if got := town.report("east", "east-2020-05").Status.Figures.Surveys; got == nil || *got != (v1alpha1.SurveyFigures{Missing: 2}) {
		t.Errorf("surveys of May: %+v", got)
	}
}

// submit writes what the command writes: the figures as they are shown.
func (town *town) submit(namespace, name string, date v1alpha1.Date) {
	town.t.Helper()
	r := town.report(namespace, name)
	r.Spec.Submitted = &v1alpha1.Submission{Date: date, By: "li", Figures: r.Status.Figures.DeepCopy(), Digest: figures.Digest(r.Status.Figures)}
	if err := town.client.Update(town.t.Context(), r); err != nil {
		town.t.Fatal(err)
	}
	town.settle(r)
}

func TestACorrectionAfterTheSubmissionIsSeenAndAltersNothing(t *testing.T) {
	town := counties(t)
	town.start(controlplane.ForTest(t).Config())
	town.submit("east", "east-2020-04", "2020-05-01")
	submitted := town.report("east", "east-2020-04")
	if submitted.Status.State != v1alpha1.ReportSubmitted || sealed(submitted) != "True Unchanged" {
		t.Fatalf("submitted: %s, %s", submitted.Status.State, sealed(submitted))
	}
	town.change(strings.Replace(poor, `"4800"`, `"8800"`, 1))
	corrected := town.report("east", "east-2020-04")
	if sealed(corrected) != "False FactsChanged" {
		t.Fatalf("after the correction: %s", sealed(corrected))
	}
	message := meta.FindStatusCondition(corrected.Status.Conditions, v1alpha1.ConditionSealed).Message
	if !strings.Contains(message, "tiers[plan/Red].households 1 → 0") || !strings.Contains(message, "shortfalls[Income].open 1 → 0") {
		t.Errorf("it is named as %q", message)
	}
	if diff := cmp.Diff(submitted.Spec, corrected.Spec); diff != "" {
		t.Errorf("what was submitted has changed:\n%s", diff)
	}
	if got := town.report("nowhere", "county-2020-04").Status.Figures.Tiers; len(got) != 1 {
		t.Errorf("the county still counts %v", got)
	}
	town.change(poor)
	if again := town.report("east", "east-2020-04"); sealed(again) != "True Unchanged" {
		t.Errorf("after the correction was undone: %s", sealed(again))
	}
}

func TestReportsComeBackAndNothingIsWrittenTwice(t *testing.T) {
	town := counties(t)
	town.start(controlplane.ForTest(t).Config())
	town.submit("west", "west-2020-04", "2020-05-03")
	before := town.report("west", "west-2020-04")
	wiped := before.DeepCopy()
	wiped.Status = v1alpha1.MonthlyReportStatus{}
	if err := town.client.Status().Update(t.Context(), wiped); err != nil {
		t.Fatal(err)
	}
	town.settle(wiped)
	after := town.report("west", "west-2020-04")
	if diff := cmp.Diff(before.Status, after.Status); diff != "" {
		t.Errorf("the wiped status came back otherwise (-before +after):\n%s", diff)
	}
	if after.Status.State != v1alpha1.ReportDue {
		t.Errorf("a submission of 3 May makes it %s on 1 May", after.Status.State)
	}
	town.clock.SetTime(noonOf(time.May, 3))
	town.settle()
	if got := town.report("west", "west-2020-04"); got.Status.State != v1alpha1.ReportSubmittedLate {
		t.Errorf("on 3 May: %s", got.Status.State)
	}
	town.stop()
	town.start(controlplane.ForTest(t).Config())
	if writes := town.wire.writes(); len(writes) > 0 {
		t.Errorf("after a restart these were written: %s", writes)
	}
}

func TestAReportWithoutAPlanOrAJurisdictionSaysSo(t *testing.T) {
	town := counties(t)
	town.apply("kind: MonthlyReport\nmetadata: {name: east-2020-02, namespace: east}\nspec: {jurisdictionRef: {name: east}, period: 2020-02}",
		"kind: MonthlyReport\nmetadata: {name: lost-2020-04, namespace: east}\nspec: {jurisdictionRef: {name: lost}, period: 2020-04}",
		"kind: MonthlyReport\nmetadata: {name: east-hill-2020-04, namespace: east}\nspec: {jurisdictionRef: {name: east-hill}, period: 2020-04}")
	town.start(controlplane.ForTest(t).Config())
	for name, want := range map[string]string{"east-2020-02": v1alpha1.ReasonNoPolicy, "lost-2020-04": v1alpha1.ReasonReferenceNotFound, "east-hill-2020-04": v1alpha1.ReasonComputed} {
		r := town.report("east", name)
		ready := meta.FindStatusCondition(r.Status.Conditions, v1alpha1.ConditionReady)
		if ready == nil || ready.Reason != want || (r.Status.Figures != nil) != (want == v1alpha1.ReasonComputed) {
			t.Errorf("%s: %+v, figures %v", name, ready, r.Status.Figures)
		}
	}
	town.delete(town.policy("plan"))
	if r := town.report("east", "east-2020-04"); r.Status.Figures != nil || sealed(r) != "False NotSubmitted" {
		t.Errorf("without a policy: %+v", r.Status)
	}
	town.change(reporting)
	if r := town.report("east", "east-2020-04"); r.Status.Figures == nil {
		t.Errorf("with the policy again: %+v", r.Status)
	}
}

func TestAFormWithoutANamespaceWaits(t *testing.T) {
	town := emptyTown(t)
	town.apply(strings.Replace(jurisdictions, "namespace: west}", "namespace: not-yet}", 1), reporting)
	town.start(controlplane.ForTest(t).Config())
	if got := town.reports(); len(got) != 2 {
		t.Fatalf("forms: %s", got)
	}
	town.apply("kind: MonthlyReport\nmetadata: {name: east-2020-03, namespace: east}\nspec: {jurisdictionRef: {name: east}, period: 2020-03}")
	town.settle()
}

// A policy that does not compile erases no figures.
func TestABrokenPolicyLeavesTheFiguresOfReports(t *testing.T) {
	town := counties(t)
	town.start(controlplane.ForTest(t).Config())
	before := town.report("nowhere", "county-2020-04")
	town.change(strings.Replace(reporting, `"survey.income < params.redLine"`, `"survey.income < 5000"`, 1))
	after := town.report("nowhere", "county-2020-04")
	if diff := cmp.Diff(before.Status.Figures, after.Status.Figures); diff != "" {
		t.Errorf("the figures have changed:\n%s", diff)
	}
	if ready := meta.FindStatusCondition(after.Status.Conditions, v1alpha1.ConditionReady); ready.Reason != v1alpha1.ReasonPolicyInvalid {
		t.Errorf("it is %s", ready.Reason)
	}
}
