// SPDX-License-Identifier: Apache-2.0

package figures_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/rollup"
	"fangpin.io/fangpin/internal/translate"
)

// monitoring identifies and eliminates by one signature each.
const monitoring = `
metadata: {name: plan, generation: 1}
spec:
  jurisdictionRef: {name: county}
  effectiveFrom: "2020-03-25"
  standards:
  - {name: Income, met: "survey.income >= yuan(5000)"}
  categories:
  - {name: Unstable, identification: true, when: "household.registration == 'Graduated' && household.marks.exists(m, m.category == 'Unstable')"}
  - {name: Marginal, identification: true, when: "household.registration == 'None' && household.marks.exists(m, m.category == 'Marginal')"}
  - {name: SuddenChange, when: "household.marks.exists(m, m.category == 'SuddenChange')"}
  - {name: Poor, when: "household.registration == 'Poor'"}
  - {name: Graduated, when: "household.registration == 'Graduated'"}
  - {name: Villager, when: "true"}
  tiers: [{name: Red, rules: [{name: low, when: "survey.income < yuan(5000)"}]}, {name: Green, rules: [{name: rest, when: "true"}]}]
  surveys: [{every: Month, from: "2020-04-01"}]
  procedures:
  - {purpose: Identification, prior: MarksCount, steps: [{name: approval, type: Decision}]}
  - {purpose: Elimination, steps: [{name: approval, type: Decision}]}
  duties:
  - {name: monthly-report, level: Township, every: Month, due: {dayOfNextMonth: 2}, metWhen: ReportSubmitted}
`

// district is a county of three townships with a village each.
func district(t testing.TB, policies ...string) *translate.World {
	t.Helper()
	tree := []*v1alpha1.Jurisdiction{
		{Spec: v1alpha1.JurisdictionSpec{Level: v1alpha1.LevelCounty, Namespace: "county"}},
	}
	tree[0].Name = "county"
	for _, town := range []string{"east", "west", "south"} {
		township, village := &v1alpha1.Jurisdiction{}, &v1alpha1.Jurisdiction{}
		township.Name, village.Name = town, town+"-hill"
		township.Spec = v1alpha1.JurisdictionSpec{Level: v1alpha1.LevelTownship, Namespace: v1alpha1.NamespaceName(town), ParentRef: &v1alpha1.JurisdictionReference{Name: "county"}}
		village.Spec = v1alpha1.JurisdictionSpec{Level: v1alpha1.LevelVillage, ParentRef: &v1alpha1.JurisdictionReference{Name: v1alpha1.ObjectName(town)}}
		tree = append(tree, township, village)
	}
	var plans []*v1alpha1.MonitoringPolicy
	for _, text := range policies {
		plans = append(plans, parsed[v1alpha1.MonitoringPolicy](t, text))
	}
	w := translate.NewWorld(plans, tree, translate.Options{})
	for _, name := range w.Policies() {
		if problems := w.Policy(name).Problems; problems.Fatal() {
			t.Fatal(problems.Errors())
		}
	}
	return w
}

// months are the months of a span, by name.
func months(t testing.TB, names ...string) []civil.Period {
	t.Helper()
	var out []civil.Period
	for _, name := range names {
		month, err := civil.ParsePeriod(civil.Month, name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, month)
	}
	return out
}

var nodes = []string{"county", "east", "east-hill", "west", "west-hill", "south", "south-hill"}

// counted adds families up as of an instant.
func counted(w *translate.World, families []translate.Papers, span []civil.Period, now time.Time) *rollup.MonthCount {
	count := rollup.NewMonthCount(figures.TreeOf(w), len(span), nodes)
	for _, p := range families {
		count.Add(p.Household.Namespace, figures.Named(p.Household), w.Months(p, span, now))
	}
	return count
}

// someFamily draws a family that is identified and eliminated, perhaps again and
// again.
func someFamily(t *rapid.T, i int) translate.Papers {
	h := &v1alpha1.Household{}
	town := rapid.SampledFrom([]string{"east", "west", "south"}).Draw(t, "town")
	h.Name, h.Namespace, h.Generation = fmt.Sprintf("hh-%d", i), town, 1
	h.Spec.Registration = rapid.SampledFrom([]v1alpha1.Registration{"Graduated", "None", "Poor"}).Draw(t, "registration")
	h.Spec.Persons = rapid.Int32Range(1, 6).Draw(t, "persons")
	if rapid.Bool().Draw(t, "in the village") {
		h.Spec.JurisdictionRef = &v1alpha1.JurisdictionReference{Name: v1alpha1.ObjectName(town + "-hill")}
	}
	if rapid.Bool().Draw(t, "marked") {
		h.Spec.Marks = []v1alpha1.Mark{{Category: rapid.SampledFrom([]v1alpha1.Word{"Unstable", "Marginal"}).Draw(t, "mark"), Date: "2019-12-31", System: "NationalSystem"}}
	}
	p := translate.Papers{Household: h}
	at, first := 0, civil.Day(0)
	first, _ = civil.ParseDay("2020-03-01")
	next := func(most int) v1alpha1.Date {
		at += rapid.IntRange(0, most).Draw(t, "days")
		return v1alpha1.Date(first.AddDays(at).String())
	}
	for range rapid.IntRange(0, 4).Draw(t, "surveys") {
		date := next(30)
		if n := len(h.Spec.Surveys); n > 0 && h.Spec.Surveys[n-1].Date >= date {
			continue
		}
		h.Spec.Surveys = append(h.Spec.Surveys, v1alpha1.Survey{
			Date: date, By: "zhang", Method: v1alpha1.SurveyOnSite, Income: rapid.SampledFrom([]v1alpha1.Money{"4000", "9000"}).Draw(t, "income"),
			Causes: []v1alpha1.Cause{"Illness"},
		})
		for _, purpose := range []v1alpha1.Purpose{v1alpha1.PurposeIdentification, v1alpha1.PurposeElimination} {
			if !rapid.Bool().Draw(t, string(purpose)) {
				continue
			}
			r := &v1alpha1.Review{}
			r.Name, r.Namespace = fmt.Sprintf("r-%d-%d", i, len(p.Reviews)), town
			r.Spec = v1alpha1.ReviewSpec{Purpose: purpose, Opened: next(5)}
			r.Spec.HouseholdRef.Name = v1alpha1.ObjectName(h.Name)
			r.Spec.Records = []v1alpha1.StepRecord{{Step: "approval", Date: next(5), By: "sun", Outcome: v1alpha1.StepOutcomePassed}}
			p.Reviews = append(p.Reviews, r)
		}
	}
	if rapid.Bool().Draw(t, "lead") {
		s := &v1alpha1.RiskSignal{}
		s.Name, s.Namespace = fmt.Sprintf("s-%d", i), town
		s.Spec = v1alpha1.RiskSignalSpec{Source: v1alpha1.SourceStaffScreening, Cause: "Illness", Date: next(20)}
		p.Signals = append(p.Signals, s)
	}
	return p
}

func TestMonthsOfFamilies(t *testing.T) {
	worlds := []*translate.World{
		district(t, monitoring),
		// A plan that ends, days without one, and another.
		district(t, monitoring+`  effectiveUntil: "2020-04-20"`, second),
	}
	span := months(t, "2020-03", "2020-04", "2020-05", "2020-06")
	rapid.Check(t, func(rt *rapid.T) {
		w := rapid.SampledFrom(worlds).Draw(rt, "world")
		var families []translate.Papers
		for i := range rapid.IntRange(1, 6).Draw(rt, "families") {
			families = append(families, someFamily(rt, i))
		}
		today, _ := civil.ParseDay("2020-03-01")
		today = today.AddDays(rapid.IntRange(0, 140).Draw(rt, "today"))
		now := today.In(shanghai).Add(12 * time.Hour)
		count := counted(w, families, span, now)
		for i, month := range span {
			for _, node := range nodes {
				f := count.Sum(node, i).Figures()
				for _, c := range []struct{ opening, added, removed, closing int }{
					{f.Opening.Households, f.Added.Households, f.Removed.Households, f.Closing.Households},
					{f.Opening.Persons, f.Added.Persons, f.Removed.Persons, f.Closing.Persons},
				} {
					if c.opening+c.added-c.removed != c.closing || c.added < 0 {
						rt.Fatalf("%s in %s: %+v", node, month.Start, c)
					}
				}
				if i > 0 && span[i-1].End <= today && count.Sum(node, i-1).Figures().Unjudged == 0 && month.Start <= today {
					if before := count.Sum(node, i-1).Figures(); before.Closing != f.Opening && f.Unjudged == 0 {
						rt.Fatalf("%s: the closing of %s is %+v, the next opening %+v", node, span[i-1].Start, before.Closing, f.Opening)
					}
				}
			}
			checkCounty(rt, count, i)
			checkJurisdictions(rt, w, families, count, i, month, today)
		}
	})
}

const second = `
metadata: {name: second, generation: 1}
spec:
  jurisdictionRef: {name: county}
  effectiveFrom: "2020-05-10"
  categories: [{name: Any, when: "true"}]
`

// checkCounty: the county is the sum of its townships.
func checkCounty(t *rapid.T, count *rollup.MonthCount, month int) {
	var sum rollup.MonthSum
	for _, town := range []string{"east", "west", "south"} {
		sum.Merge(count.Sum(town, month))
	}
	if diff := cmp.Diff(count.Sum("county", month).Figures(), sum.Figures()); diff != "" {
		t.Fatalf("the county, counted and added up (-counted +added up):\n%s", diff)
	}
}

// checkJurisdictions: on the day that the figures describe the roll-up of the
// jurisdiction says the same.
func checkJurisdictions(t *rapid.T, w *translate.World, families []translate.Papers, count *rollup.MonthCount, at int, month civil.Period, today civil.Day) {
	if month.Start > today {
		return
	}
	register := rollup.NewRegister()
	register.SetTree(figures.TreeOf(w))
	for _, p := range families {
		h := *p.Household
		h.Status = *w.JudgeOn(p, min(month.End, today)).Household
		register.Put(rollup.Key{Namespace: h.Namespace, Name: h.Name}, figures.Named(&h), figures.Of(&h))
	}
	for _, node := range nodes {
		want, _ := register.Figures(node)
		if diff := cmp.Diff(want, count.Sum(node, at).Figures().Figures); diff != "" {
			t.Fatalf("%s on %s (-its roll-up +the month's figures):\n%s", node, min(month.End, today), diff)
		}
	}
}

func TestAFamilyEliminatedAndFallenAgainInAMonth(t *testing.T) {
	w := district(t, monitoring)
	family := func(reviews ...string) translate.Papers {
		p := translate.Papers{Household: parsed[v1alpha1.Household](t, `
metadata: {name: hh, namespace: east, generation: 1}
spec:
  registration: Graduated
  persons: 3
  marks: [{category: Unstable, date: "2019-12-31", system: NationalSystem}, {category: Unstable, date: "2020-05-12", system: Township}]
  surveys: [{date: "2020-04-03", by: z, method: OnSite, income: "9000"}, {date: "2020-05-11", by: z, method: OnSite, income: "8000"}]
`)}
		for _, text := range reviews {
			p.Reviews = append(p.Reviews, parsed[v1alpha1.Review](t, text))
		}
		return p
	}
	const gone = `{metadata: {name: gone, namespace: east}, spec: {householdRef: {name: hh}, purpose: Elimination, opened: "2020-05-01", records: [{step: approval, date: "2020-05-05", by: s, outcome: Passed}]}}`
	const back = `{metadata: {name: back, namespace: east}, spec: {householdRef: {name: hh}, purpose: Identification, opened: "2020-05-13", records: [{step: approval, date: "2020-05-20", by: s, outcome: Passed}]}}`
	for _, test := range []struct {
		name    string
		reviews []string
		want    [4]int // opening, added, eliminated, closing
	}{
		{"monitored all along", nil, [4]int{1, 0, 0, 1}},
		{"eliminated", []string{gone}, [4]int{1, 0, 1, 0}},
		{"eliminated and back", []string{gone, back}, [4]int{1, 1, 1, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := w.Months(family(test.reviews...), months(t, "2020-05"), at(time.June, 10))
			var sum rollup.MonthSum
			sum.Add(&m[0])
			f := sum.Figures()
			got := [4]int{f.Opening.Households, f.Added.Households, f.Removed.Households, f.Closing.Households}
			if got != test.want {
				t.Errorf("opening, added, eliminated, closing: %v, want %v", got, test.want)
			}
		})
	}
}

func TestCanonicalFiguresCanBeMadeAgainByAnybody(t *testing.T) {
	f := parsed[v1alpha1.Figures](t, `
overdue: 0
tiers: [{policy: town-2020, name: Red, persons: 401, households: 134}]
monitored: {opening: {households: 1, persons: 2}, added: {households: 0, persons: 0}, eliminated: {households: 0, persons: 0}, closing: {households: 1, persons: 2}}
categories: []
`)
	const want = `{"monitored":{"added":{"households":0,"persons":0},"closing":{"households":1,"persons":2},"eliminated":{"households":0,"persons":0},"opening":{"households":1,"persons":2}},"overdue":0,"tiers":[{"households":134,"name":"Red","persons":401,"policy":"town-2020"}]}`
	got, err := figures.Canonical(f)
	if err != nil || string(got) != want {
		t.Errorf("canonical JSON %s, %v, want %s", got, err, want)
	}
	sum := sha256.Sum256([]byte(want))
	if digest := figures.Digest(f); digest != "sha256:"+hex.EncodeToString(sum[:]) {
		t.Errorf("digest %s", digest)
	}
}

// The same families in any order, on whatever machine, are the same bytes.
func TestTheOrderOfFamiliesDoesNotMatter(t *testing.T) {
	w := district(t, monitoring)
	span := months(t, "2020-04")
	rapid.Check(t, func(rt *rapid.T) {
		var families []translate.Papers
		for i := range rapid.IntRange(2, 5).Draw(rt, "families") {
			families = append(families, someFamily(rt, i))
		}
		shuffled := rapid.Permutation(families).Draw(rt, "order")
		a := counted(w, families, span, at(time.May, 9)).Sum("county", 0).Figures()
		b := counted(w, shuffled, span, at(time.July, 9)).Sum("county", 0).Figures()
		if x, y := figures.Digest(figures.OfMonth(&a)), figures.Digest(figures.OfMonth(&b)); x != y {
			rt.Fatalf("%+v\n%+v", a, b)
		}
	})
}
