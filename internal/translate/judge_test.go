// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"pgregory.net/rapid"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

func day(t testing.TB, s string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// sayConditions writes conditions as TYPE=STATUS REASON since DAY, by the zone.
func sayConditions(list []metav1.Condition) string {
	var out []string
	for _, c := range list {
		out = append(out, fmt.Sprintf("%s=%s %s since %s", c.Type, c.Status, c.Reason, civil.At(c.LastTransitionTime.Time, defaultZone)))
	}
	return strings.Join(out, "\n")
}

const marked = `
metadata: {name: subject, namespace: town, generation: 3}
spec:
  registration: Graduated
  persons: 4
  marks: [{category: UnstableGraduated, system: NationalSystem, date: "2019-12-31"}]
  surveys:
  - {date: "2020-04-12", method: OnSite, income: "4800", labour: None, risk: Present, hardship: None, incomeTrend: Stable, spendingTrend: Normal, sources: {business: "0"}, causes: [Illness], guarantees: [{name: Food, state: Met}, {name: Clothing, state: Met}, {name: Water, state: Met}, {name: Education, state: Met}, {name: Medical, state: Met}, {name: Housing, state: AtRisk}]}
  - {date: "2020-05-11", method: OnSite, unchanged: true}
`

func TestTheStatusOfAFamilyUnderTheTownPlan(t *testing.T) {
	got := townWorld(t).JudgeOn(Papers{Household: household(t, marked)}, day(t, "2020-07-01"))
	conditions := sayConditions(got.Household.Conditions)
	got.Household.Conditions, got.Household.Reasons = nil, nil
	text, err := yaml.Marshal(got.Household)
	if err != nil {
		t.Fatal(err)
	}
	want := `category: UnstableGraduated
causes:
- Illness
deadlines:
- due: "2020-06-30"
  escalatedTo: Township
  kind: Tier
  name: clear-red
  start: "2020-03-25"
  state: Overdue
- due: "2020-06-30"
  kind: Survey
  name: survey
  start: "2020-06-01"
  state: Overdue
history:
- date: "2020-03-25"
  policy: town-2020
  tier: Red
identified: "2019-12-31"
ledgers:
- NationalSystem
- BigDataPlatform
observedGeneration: 3
openShortfalls: 2
overdue: 2
policyRef:
  name: town-2020
shortfalls:
- departments:
  - civil-affairs
  due: "2020-06-30"
  proposed:
  - Subsistence
  routed: "2020-04-12"
  since: "2020-04-12"
  standard: Income
  state: Overdue
- departments:
  - housing
  due: "2020-06-30"
  proposed:
  - Housing
  routed: "2020-04-12"
  since: "2020-04-12"
  standard: Housing
  state: Overdue
stage: Monitored
surveyed: "2020-05-11"
tier: Red
tierSince: "2020-03-25"
`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	wantConditions := `FactsComplete=True FactsKnown since 2020-04-12
OnTrack=False DeadlineOverdue since 2020-07-01
Ready=True Judged since 2019-12-31
Recorded=False LedgerMissing since 2020-03-25
SurveyCurrent=False SurveyOverdue since 2020-07-01`
	if diff := cmp.Diff(wantConditions, conditions); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if want := day(t, "2021-01-01").In(defaultZone); !got.NextChange.Equal(want) {
		t.Errorf("everything is overdue already, so nothing changes before the plan ends: want %s, got %s", want, got.NextChange)
	}
}

func TestTheStatusOfAnAssistancePlan(t *testing.T) {
	plan := &v1alpha1.AssistancePlan{}
	if err := yaml.UnmarshalStrict([]byte(`
metadata: {name: subject, namespace: town, generation: 2}
spec:
  householdRef: {name: subject}
  measures:
  - {name: allowance, kind: Subsistence, for: [Income], date: "2020-04-15", delivered: {date: "2020-04-20", by: hu}}
  - {name: repair, kind: Housing, for: [Housing], date: "2020-04-15", due: "2020-05-31"}
  - {name: given-up, kind: Training, date: "2020-04-15", cancelled: {date: "2020-05-01", by: hu, reason: moved away}}
`), plan); err != nil {
		t.Fatal(err)
	}
	j := townWorld(t).JudgeOn(Papers{Household: household(t, marked), Plan: plan}, day(t, "2020-06-01"))
	conditions := sayConditions(j.Plan.Conditions)
	j.Plan.Conditions = nil
	got, _ := yaml.Marshal(j.Plan)
	want := `delivered: 1
measures:
- due: "2020-06-30"
  name: allowance
  state: Ineffective
- due: "2020-05-31"
  name: repair
  state: Overdue
observedGeneration: 2
openShortfalls:
- Income
- Housing
overdue: 1
planned: 2
tier: Red
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	wantConditions := `Covered=True AllCovered since 2020-04-15
Delivered=False AwaitingDelivery since 2020-04-15
Effective=False ShortfallRemains since 2020-05-11
Ready=True Judged since 2020-04-15`
	if diff := cmp.Diff(wantConditions, conditions); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestWhatCannotBeJudgedSaysWhy(t *testing.T) {
	const family = "metadata: {name: h, namespace: %s, generation: 1}\nspec: {registration: None, persons: 1%s}"
	tests := map[string]struct {
		namespace, more, on string
		want                string
	}{
		"a day before the plan":        {"town", "", "2020-03-24", v1alpha1.ReasonNoPolicy},
		"a namespace of no township":   {"elsewhere", "", "2020-04-01", v1alpha1.ReasonJurisdictionMismatch},
		"the county's namespace":       {"county", "", "2020-04-01", v1alpha1.ReasonJurisdictionMismatch},
		"a jurisdiction that is not":   {"town", ", jurisdictionRef: {name: nowhere}", "2020-04-01", v1alpha1.ReasonReferenceNotFound},
		"a jurisdiction above its own": {"town", ", jurisdictionRef: {name: county}", "2020-04-01", v1alpha1.ReasonJurisdictionMismatch},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := household(t, fmt.Sprintf(family, tt.namespace, tt.more))
			got := townWorld(t).JudgeOn(Papers{Household: h}, day(t, tt.on)).Household
			want := fmt.Sprintf("Ready=False %s since 1970-01-01\nStalled=True %s since 1970-01-01", tt.want, tt.want)
			if diff := cmp.Diff(want, sayConditions(got.Conditions)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if got.Stage != "" || got.PolicyRef != nil || got.ObservedGeneration != 1 || got.Conditions[0].Message == "" {
				t.Errorf("more is concluded than why it was not judged: %+v", got)
			}
		})
	}
}

func TestABrokenPolicyErasesNothing(t *testing.T) {
	w := townWorld(t)
	h := household(t, marked)
	plan := &v1alpha1.AssistancePlan{ObjectMeta: metav1.ObjectMeta{Name: "subject", Namespace: "town", Generation: 1}}
	on := day(t, "2020-06-01")
	before := w.JudgeOn(Papers{Household: h, Plan: plan}, on)
	h.Status, plan.Status = *before.Household, *before.Plan

	broken := w.Policy("town-2020").Policy.DeepCopy()
	broken.Spec.Tiers[0].Rules[0].When = "survey.income < 5000"
	var nodes []*v1alpha1.Jurisdiction
	for _, name := range w.Nodes() {
		j, _ := w.Node(name)
		nodes = append(nodes, j)
	}
	b := NewWorld([]*v1alpha1.MonitoringPolicy{broken}, nodes, Options{})
	if p := b.Policy("town-2020").Problems; !p.Fatal() || !strings.Contains(p.String(), "yuan(5000)") {
		t.Fatalf("want a refusal that hints at yuan(5000), got %v", p)
	}
	got := b.JudgeOn(Papers{Household: h, Plan: plan}, on)
	for _, c := range [][]metav1.Condition{got.Household.Conditions, got.Plan.Conditions} {
		if !strings.Contains(sayConditions(c), "Ready=False PolicyInvalid") || !strings.Contains(sayConditions(c), "Stalled=True PolicyInvalid") {
			t.Errorf("the conditions do not say so: %s", sayConditions(c))
		}
	}
	ignoreReady := func(c []metav1.Condition) []metav1.Condition {
		return slices.DeleteFunc(slices.Clone(c), func(c metav1.Condition) bool {
			return c.Type == v1alpha1.ConditionReady || c.Type == v1alpha1.ConditionStalled
		})
	}
	got.Household.Conditions, before.Household.Conditions = ignoreReady(got.Household.Conditions), ignoreReady(before.Household.Conditions)
	got.Plan.Conditions, before.Plan.Conditions = ignoreReady(got.Plan.Conditions), ignoreReady(before.Plan.Conditions)
	if diff := cmp.Diff(before, got, cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".NextChange" }, cmp.Ignore())); diff != "" {
		t.Errorf("(-before +under the broken policy)\n%s", diff)
	}
}

func TestKnownAtLeavesOutWhatWasEnteredLater(t *testing.T) {
	base := townWorld(t)
	var nodes []*v1alpha1.Jurisdiction
	for _, name := range base.Nodes() {
		j, _ := base.Node(name)
		nodes = append(nodes, j)
	}
	late := household(t, strings.Replace(marked, `{date: "2020-04-12",`, `{date: "2020-04-12", entered: "2020-06-20",`, 1))
	policy := base.Policy("town-2020").Policy
	on := day(t, "2020-06-19")
	knownAt := func(d civil.Day) *v1alpha1.HouseholdStatus {
		return NewWorld([]*v1alpha1.MonitoringPolicy{policy}, nodes, Options{KnownAt: d}).JudgeOn(Papers{Household: late}, on).Household
	}
	if got := knownAt(day(t, "2020-06-20")); *got.OpenShortfalls != 2 {
		t.Errorf("on the day it was entered the survey is known: want 2 shortfalls, got %d", *got.OpenShortfalls)
	}
	if got := knownAt(day(t, "2020-06-19")); *got.OpenShortfalls != 0 {
		t.Errorf("the day before it is not: want no shortfall, got %d", *got.OpenShortfalls)
	}
	if got := knownAt(day(t, "2020-03-24")); !strings.Contains(sayConditions(got.Conditions), "NoPolicy") {
		t.Errorf("a plan is known from its first day unless it says otherwise: got %s", sayConditions(got.Conditions))
	}
}

// someHousehold draws a family whose facts lie around the plan's lines.
func someHousehold(t *rapid.T) *v1alpha1.Household {
	h := &v1alpha1.Household{ObjectMeta: metav1.ObjectMeta{Name: "h", Namespace: "town", Generation: 1}}
	h.Spec.Registration = rapid.SampledFrom([]v1alpha1.Registration{"Graduated", "None"}).Draw(t, "registration")
	h.Spec.Persons = 3
	if rapid.Bool().Draw(t, "marked") {
		h.Spec.Marks = []v1alpha1.Mark{{Category: "UnstableGraduated", System: rapid.SampledFrom([]v1alpha1.Word{"NationalSystem", "Village"}).Draw(t, "system"), Date: rapid.SampledFrom([]v1alpha1.Date{"2019-12-31", "2020-05-01"}).Draw(t, "mark")}}
	}
	at := civil.Day(737500)
	for i := range rapid.IntRange(0, 6).Draw(t, "surveys") {
		at = at.AddDays(rapid.IntRange(1, 60).Draw(t, "gap"))
		h.Spec.Surveys = append(h.Spec.Surveys, someSurvey(t, at, i > 0))
	}
	return h
}

func someSurvey(t *rapid.T, at civil.Day, mayRepeat bool) v1alpha1.Survey {
	s := v1alpha1.Survey{Date: v1alpha1.Date(at.String()), Method: rapid.SampledFrom([]v1alpha1.SurveyMethod{"OnSite", "OnSite", "Phone"}).Draw(t, "method")}
	if mayRepeat && rapid.IntRange(0, 2).Draw(t, "unchanged") == 0 {
		s.Unchanged = true
		return s
	}
	s.Income = rapid.SampledFrom([]v1alpha1.Money{"", "4999.99", "5000", "9999.99", "10000"}).Draw(t, "income")
	s.Risk = rapid.SampledFrom([]v1alpha1.Risk{"", "None", "Present"}).Draw(t, "risk")
	s.Hardship = rapid.SampledFrom([]v1alpha1.Hardship{"", "None", "Difficult"}).Draw(t, "hardship")
	s.Labour = rapid.SampledFrom([]v1alpha1.Labour{"", "Full", "None"}).Draw(t, "labour")
	s.Causes = rapid.SampledFrom([][]v1alpha1.Cause{nil, {"Illness"}, {"Schooling", "Disaster"}}).Draw(t, "causes")
	for _, name := range []v1alpha1.Word{"Food", "Clothing", "Water", "Education", "Medical", "Housing"} {
		if state := rapid.SampledFrom([]v1alpha1.GuaranteeState{"Met", "Met", "Met", "AtRisk", ""}).Draw(t, string(name)); state != "" {
			s.Guarantees = append(s.Guarantees, v1alpha1.Guarantee{Name: name, State: state})
		}
	}
	return s
}

func someDay(t *rapid.T) civil.Day {
	return civil.Day(737500).AddDays(rapid.IntRange(0, 330).Draw(t, "today"))
}

// No decision reads a status: deleting every status changes nothing.
func TestDeletingTheStatusChangesNothing(t *testing.T) {
	w := townWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		h, today := someHousehold(t), someDay(t)
		first := w.JudgeOn(Papers{Household: h}, today)
		judged := h.DeepCopy()
		judged.Status = *w.JudgeOn(Papers{Household: h}, someDay(t)).Household
		if diff := cmp.Diff(first, w.JudgeOn(Papers{Household: judged}, today)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// The order of lists that are sets does not matter, to the byte.
func TestTheOrderOfSetsDoesNotMatter(t *testing.T) {
	w := townWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		h, today := someHousehold(t), someDay(t)
		turned := h.DeepCopy()
		slices.Reverse(turned.Spec.Marks)
		for i := range turned.Spec.Surveys {
			slices.Reverse(turned.Spec.Surveys[i].Guarantees)
			slices.Reverse(turned.Spec.Surveys[i].Causes)
		}
		a, _ := yaml.Marshal(w.JudgeOn(Papers{Household: h}, today))
		b, _ := yaml.Marshal(w.JudgeOn(Papers{Household: turned}, today))
		if diff := cmp.Diff(string(a), string(b)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A tier named in a verdict is one of the plan's own: blue cannot occur.
func TestBlueCannotOccurUnderTheTownPlan(t *testing.T) {
	w := townWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		got := w.JudgeOn(Papers{Household: someHousehold(t)}, someDay(t)).Household
		if !slices.Contains([]v1alpha1.Word{"Red", "Yellow", "Green", "Undetermined", ""}, got.Tier) {
			t.Fatalf("tier %s is none of the plan's", got.Tier)
		}
		for _, c := range got.History {
			if c.Tier == "Blue" {
				t.Fatal("blue stands in the history")
			}
		}
	})
}

// No verdict changes strictly between a day and its announced next change.
func TestNothingChangesBeforeTheAnnouncedInstant(t *testing.T) {
	w := townWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		p, today := Papers{Household: someHousehold(t)}, someDay(t)
		now := today.In(defaultZone).Add(time.Duration(rapid.IntRange(0, 86399).Draw(t, "second")) * time.Second)
		first := w.Judge(p, now)
		last := now.AddDate(0, 4, 0)
		if !first.NextChange.IsZero() {
			if !first.NextChange.After(now) {
				t.Fatalf("the next change %s does not lie ahead of %s", first.NextChange, now)
			}
			last = first.NextChange.Add(-time.Second)
		}
		for _, then := range []time.Time{last, now.Add(last.Sub(now) / 2)} {
			later := w.Judge(p, then)
			if diff := cmp.Diff(first.Household, later.Household); diff != "" {
				t.Fatalf("it changed between %s and the announced %s\n%s", now, first.NextChange, diff)
			}
		}
	})
}

// severity orders the tiers of the town plan; what cannot be told is gravest.
func severity(s *v1alpha1.HouseholdStatus) int {
	if s.Category == "Undetermined" {
		return -1
	}
	return slices.Index([]v1alpha1.Word{"Red", "Yellow", "Green", ""}, s.Tier)
}

// A missing fact never gives a milder verdict than every completion of it.
func TestAMissingFactIsNeverMilderUnderTheTownPlan(t *testing.T) {
	w := townWorld(t)
	today := civil.Day(737600)
	rapid.Check(t, func(t *rapid.T) {
		h := someHousehold(t)
		h.Spec.Surveys = []v1alpha1.Survey{someSurvey(t, today.AddDays(-5), false)}
		h.Spec.Surveys[0].Method = "OnSite"
		got := severity(w.JudgeOn(Papers{Household: h}, today).Household)
		mildest := -1
		for _, c := range completions(h.Spec.Surveys[0]) {
			full := h.DeepCopy()
			full.Spec.Surveys[0] = c
			mildest = max(mildest, severity(w.JudgeOn(Papers{Household: full}, today).Household))
		}
		if got > mildest {
			t.Fatalf("severity %d is milder than every completion's, at best %d", got, mildest)
		}
	})
}

func completions(s v1alpha1.Survey) []v1alpha1.Survey {
	all := []v1alpha1.Survey{s}
	fill := func(missing bool, ways ...func(*v1alpha1.Survey)) {
		if !missing {
			return
		}
		var next []v1alpha1.Survey
		for _, c := range all {
			for _, way := range ways {
				filled := *c.DeepCopy()
				way(&filled)
				next = append(next, filled)
			}
		}
		all = next
	}
	fill(s.Income == "", func(s *v1alpha1.Survey) { s.Income = "4999.99" }, func(s *v1alpha1.Survey) { s.Income = "5000" }, func(s *v1alpha1.Survey) { s.Income = "10000" })
	fill(s.Risk == "", func(s *v1alpha1.Survey) { s.Risk = "None" }, func(s *v1alpha1.Survey) { s.Risk = "Present" })
	fill(s.Hardship == "", func(s *v1alpha1.Survey) { s.Hardship = "None" }, func(s *v1alpha1.Survey) { s.Hardship = "Difficult" })
	fill(s.Labour == "", func(s *v1alpha1.Survey) { s.Labour = "Full" }, func(s *v1alpha1.Survey) { s.Labour = "None" })
	for _, name := range []v1alpha1.Word{"Food", "Clothing", "Water", "Education", "Medical", "Housing"} {
		missing := !slices.ContainsFunc(s.Guarantees, func(g v1alpha1.Guarantee) bool { return g.Name == name })
		state := func(v v1alpha1.GuaranteeState) func(*v1alpha1.Survey) {
			return func(s *v1alpha1.Survey) {
				s.Guarantees = append(s.Guarantees, v1alpha1.Guarantee{Name: name, State: v})
			}
		}
		fill(missing, state("Met"), state("AtRisk"))
	}
	return all
}

// Facts about other families change nothing, also when many are judged at once.
func TestOtherFamiliesChangeNothing(t *testing.T) {
	together := townWorld(t)
	rapid.Check(t, func(r *rapid.T) {
		today := someDay(r)
		families := make([]Papers, rapid.IntRange(2, 8).Draw(r, "families"))
		for i := range families {
			families[i] = Papers{Household: someHousehold(r)}
		}
		got := make([]Judgment, len(families))
		var wait sync.WaitGroup
		for i := range families {
			wait.Go(func() { got[i] = together.JudgeOn(families[i], today) })
		}
		wait.Wait()
		alone := townWorld(t).JudgeOn(families[0], today)
		if diff := cmp.Diff(alone, got[0]); diff != "" {
			r.Fatalf("(-alone +among others)\n%s", diff)
		}
	})
}

func TestDaysJudgedInOneReplayAreJudgedAsEachAlone(t *testing.T) {
	w := townWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		p := Papers{Household: someHousehold(t)}
		days := rapid.SliceOfN(rapid.Custom(someDay), 1, 4).Draw(t, "days")
		slices.Sort(days)
		got := w.JudgeDays(p, days)
		for i, day := range days {
			want := w.JudgeOn(p, day)
			want.NextChange, want.Evidence = time.Time{}, Evidence{}
			if diff := cmp.Diff(want, got[i]); diff != "" {
				t.Fatalf("on %s, of %s (-alone +together):\n%s", day, days, diff)
			}
		}
	})
}
