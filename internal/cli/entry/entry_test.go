// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/translate"
)

func day(t testing.TB, text string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// stamp is zhang's, of a day, typed in on 2021-05-20.
func stamp(t testing.TB, date string) Stamp {
	return Stamp{By: "zhang", Date: day(t, date), Today: day(t, "2021-05-20")}
}

func household(dates ...string) *v1alpha1.Household {
	h := &v1alpha1.Household{Spec: v1alpha1.HouseholdSpec{Registration: "None", Persons: 2}}
	h.Name, h.Namespace, h.ResourceVersion = "hh-1", "town", "7"
	for _, date := range dates {
		h.Spec.Surveys = append(h.Spec.Surveys, v1alpha1.Survey{Date: v1alpha1.Date(date), Income: "4800"})
	}
	return h
}

func plan(measures ...v1alpha1.Measure) *v1alpha1.AssistancePlan {
	p := &v1alpha1.AssistancePlan{Spec: v1alpha1.AssistancePlanSpec{HouseholdRef: v1alpha1.HouseholdReference{Name: "hh-1"}, Measures: measures}}
	p.Name, p.Namespace, p.ResourceVersion = "hh-1", "town", "8"
	return p
}

func review(records ...v1alpha1.StepRecord) *v1alpha1.Review {
	r := &v1alpha1.Review{Spec: v1alpha1.ReviewSpec{Purpose: "Identification", Opened: "2021-05-01", Records: records}}
	r.Name, r.Namespace, r.ResourceVersion = "hh-1-identification-20210501", "town", "9"
	return r
}

func lead(verification *v1alpha1.Verification) *v1alpha1.RiskSignal {
	s := &v1alpha1.RiskSignal{Spec: v1alpha1.RiskSignalSpec{Source: "Department", Cause: "Illness", Date: "2021-05-01", Verification: verification}}
	s.Name, s.Namespace, s.ResourceVersion = "hh-1-lead-20210501", "town", "10"
	return s
}

// patched applies an entry's patch to the object as it was read.
func patched(t *testing.T, before client.Object, operations []Operation) string {
	t.Helper()
	object, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(operations)
	if err != nil {
		t.Fatal(err)
	}
	patch, err := jsonpatch.DecodePatch(text)
	if err != nil {
		t.Fatal(err)
	}
	after, err := patch.Apply(object)
	if err != nil {
		t.Fatalf("%s does not apply: %v", text, err)
	}
	return string(after)
}

// TestThePatchMakesTheObjectThatWasShown is what keeps the promise that what was
// shown is what is written.
func TestThePatchMakesTheObjectThatWasShown(t *testing.T) {
	due := v1alpha1.Date("2021-06-30")
	tests := []struct {
		name     string
		before   client.Object
		compose  func(Stamp) (*Entry, error)
		date     string
		wantPath string
		wantFact any
	}{
		{
			name: "the first survey of a family", before: household(), date: "2021-05-20",
			compose: func(s Stamp) (*Entry, error) {
				return Survey(translate.Papers{Household: household()}, s, &v1alpha1.Survey{Income: "5200"})
			},
			wantPath: "spec.surveys", wantFact: &v1alpha1.Survey{Date: "2021-05-20", By: "zhang", Income: "5200"},
		},
		{
			name: "a further survey, of today", before: household("2021-04-01"), date: "2021-05-20",
			compose: func(s Stamp) (*Entry, error) {
				return Survey(translate.Papers{Household: household("2021-04-01")}, s, &v1alpha1.Survey{Unchanged: true})
			},
			wantPath: "spec.surveys", wantFact: &v1alpha1.Survey{Date: "2021-05-20", By: "zhang", Unchanged: true},
		},
		{
			name: "a survey of an earlier day goes where its date puts it, with the day it was typed in", date: "2021-04-15",
			before: household("2021-04-01", "2021-05-01"),
			compose: func(s Stamp) (*Entry, error) {
				return Survey(translate.Papers{Household: household("2021-04-01", "2021-05-01")}, s, &v1alpha1.Survey{Income: "5200"})
			},
			wantPath: "spec.surveys",
			wantFact: &v1alpha1.Survey{Date: "2021-04-15", Entered: "2021-05-20", By: "zhang", Income: "5200"},
		},
		{
			name: "the first record of a review", before: review(), date: "2021-05-20",
			compose: func(s Stamp) (*Entry, error) {
				return Record(translate.Papers{Reviews: []*v1alpha1.Review{review()}}, s, review(), &v1alpha1.StepRecord{Step: "home-visit", Outcome: "Passed"})
			},
			wantPath: "spec.records", wantFact: &v1alpha1.StepRecord{Step: "home-visit", Date: "2021-05-20", By: "zhang", Outcome: "Passed"},
		},
		{
			name: "a further record", before: review(v1alpha1.StepRecord{Step: "home-visit"}), date: "2021-05-19",
			compose: func(s Stamp) (*Entry, error) {
				r := review(v1alpha1.StepRecord{Step: "home-visit"})
				return Record(translate.Papers{Reviews: []*v1alpha1.Review{r}}, s, r, &v1alpha1.StepRecord{Step: "entry", Outcome: "Passed"})
			},
			wantPath: "spec.records",
			wantFact: &v1alpha1.StepRecord{Step: "entry", Date: "2021-05-19", Entered: "2021-05-20", By: "zhang", Outcome: "Passed"},
		},
		{
			name: "the verification of a lead", before: lead(nil), date: "2021-05-20",
			compose: func(s Stamp) (*Entry, error) {
				return Verify(translate.Papers{Signals: []*v1alpha1.RiskSignal{lead(nil)}}, s, lead(nil), "Confirmed")
			},
			wantPath: "spec.verification", wantFact: &v1alpha1.Verification{Date: "2021-05-20", By: "zhang", Outcome: "Confirmed"},
		},
		{
			name: "a measure into a plan without any", before: plan(), date: "2021-05-20",
			compose: func(s Stamp) (*Entry, error) {
				return Plan(translate.Papers{Household: household(), Plan: plan()}, s, []v1alpha1.Measure{{Kind: "PublicPost", Due: due}})
			},
			wantPath: "spec.measures", wantFact: []any{&v1alpha1.Measure{Name: "public-post", Kind: "PublicPost", Date: "2021-05-20", Due: due}},
		},
		{
			name: "two measures of a kind that the plan has already", before: plan(v1alpha1.Measure{Name: "public-post", Kind: "PublicPost"}), date: "2021-05-20",
			compose: func(s Stamp) (*Entry, error) {
				p := translate.Papers{Household: household(), Plan: plan(v1alpha1.Measure{Name: "public-post", Kind: "PublicPost"})}
				return Plan(p, s, []v1alpha1.Measure{{Kind: "PublicPost"}, {Kind: "PublicPost"}})
			},
			wantPath: "spec.measures", wantFact: []any{
				&v1alpha1.Measure{Name: "public-post-2", Kind: "PublicPost", Date: "2021-05-20"},
				&v1alpha1.Measure{Name: "public-post-3", Kind: "PublicPost", Date: "2021-05-20"},
			},
		},
		{
			name: "a delivery", before: plan(v1alpha1.Measure{Name: "a"}, v1alpha1.Measure{Name: "b"}), date: "2021-05-20",
			compose: func(s Stamp) (*Entry, error) {
				p := translate.Papers{Plan: plan(v1alpha1.Measure{Name: "a"}, v1alpha1.Measure{Name: "b"})}
				return Deliver(p, s, "b", &v1alpha1.Delivery{Evidence: "contract 17"})
			},
			wantPath: "spec.measures[b].delivered", wantFact: &v1alpha1.Delivery{Date: "2021-05-20", By: "zhang", Evidence: "contract 17"},
		},
		{
			name: "a cancellation", before: plan(v1alpha1.Measure{Name: "a"}), date: "2021-05-20",
			compose: func(s Stamp) (*Entry, error) {
				return Cancel(translate.Papers{Plan: plan(v1alpha1.Measure{Name: "a"})}, s, "a", "moved away")
			},
			wantPath: "spec.measures[a].cancelled", wantFact: &v1alpha1.Cancellation{Date: "2021-05-20", By: "zhang", Reason: "moved away"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, err := tt.compose(stamp(t, tt.date))
			if err != nil {
				t.Fatal(err)
			}
			if e.Path != tt.wantPath {
				t.Errorf("path %s, want %s", e.Path, tt.wantPath)
			}
			if diff := cmp.Diff(tt.wantFact, e.Fact); diff != "" {
				t.Errorf("fact (-want +got):\n%s", diff)
			}
			want, err := json.Marshal(e.Object)
			if err != nil {
				t.Fatal(err)
			}
			if got := patched(t, tt.before, e.Patch); !jsonpatch.Equal([]byte(got), want) {
				t.Errorf("the patch makes\n%s\nand what was shown is\n%s", got, want)
			}
			if e.Patch[0].Path != "/metadata/resourceVersion" || e.Patch[0].Value != tt.before.GetResourceVersion() {
				t.Errorf("the patch is not bound to what was read: %v", e.Patch[0])
			}
		})
	}
}

func TestNewObjectsAreNamedByFamilyAndDay(t *testing.T) {
	s := stamp(t, "2021-05-20")
	p := translate.Papers{Household: household()}
	opened, err := Open(p, s, Opening{Purpose: "CloseOut", Standards: []v1alpha1.Word{"Income"}, Record: &v1alpha1.StepRecord{Step: "application", Outcome: "Passed"}})
	if err != nil {
		t.Fatal(err)
	}
	filed, err := Signal(p, s, v1alpha1.RiskSignalSpec{Source: "Media", Cause: "Illness"})
	if err != nil {
		t.Fatal(err)
	}
	planned, err := Plan(p, s, []v1alpha1.Measure{{Kind: "Housing"}})
	if err != nil {
		t.Fatal(err)
	}
	want := &v1alpha1.Review{
		TypeMeta: typeOf("Review"),
		Spec: v1alpha1.ReviewSpec{
			HouseholdRef: v1alpha1.HouseholdReference{Name: "hh-1"}, Purpose: "CloseOut", Opened: "2021-05-20", Standards: []v1alpha1.Word{"Income"},
			Records: []v1alpha1.StepRecord{{Step: "application", Date: "2021-05-20", By: "zhang", Outcome: "Passed"}},
		},
	}
	want.Name, want.Namespace = "hh-1-close-out-20210520", "town"
	if diff := cmp.Diff(client.Object(want), opened.Object); diff != "" {
		t.Errorf("review (-want +got):\n%s", diff)
	}
	if got := filed.Object.GetName(); got != "hh-1-lead-20210520" {
		t.Errorf("lead %s: its name must not tell the cause", got)
	}
	if got := planned.Object.GetName(); got != "hh-1" {
		t.Errorf("plan %s, want the household's name", got)
	}
	for _, e := range []*Entry{opened, filed, planned} {
		if !e.New || e.Patch != nil {
			t.Errorf("%s is to be created, not patched", e.Object.GetName())
		}
	}
	again, err := Open(opened.Papers, s, Opening{Purpose: "CloseOut"})
	if err != nil || again.Object.GetName() != "hh-1-close-out-20210520-2" {
		t.Errorf("a second one of the day: %v, %v", again.Object.GetName(), err)
	}
	long := household()
	long.Name = strings.Repeat("h", 250)
	if _, err := Open(translate.Papers{Household: long}, s, Opening{Purpose: "CloseOut"}); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("a name of 250 letters: %v", err)
	}
}

func TestWhatIsFinalOrFullIsRefused(t *testing.T) {
	s := stamp(t, "2021-05-20")
	done := &v1alpha1.Delivery{Date: "2021-05-02", By: "hu"}
	gone := &v1alpha1.Cancellation{Date: "2021-05-03", By: "hu"}
	many := make([]v1alpha1.Measure, mostMeasures)
	for i := range many {
		many[i].Name = fmt.Sprintf("m-%d", i)
	}
	tests := []struct {
		name string
		err  func() error
		want string
	}{
		{"two surveys on a day", func() error {
			_, err := Survey(translate.Papers{Household: household("2021-05-20")}, s, &v1alpha1.Survey{Income: "1"})
			return err
		}, "there is a survey of 2021-05-20 already"},
		{"nothing before that could be unchanged", func() error {
			_, err := Survey(translate.Papers{Household: household()}, s, &v1alpha1.Survey{Unchanged: true})
			return err
		}, "no survey before it"},
		{"a lead verified twice", func() error {
			_, err := Verify(translate.Papers{}, s, lead(&v1alpha1.Verification{Date: "2021-05-04", By: "liu", Outcome: "Dismissed"}), "Confirmed")
			return err
		}, "was verified on 2021-05-04 by liu (Dismissed)"},
		{"a measure that is not there", func() error {
			_, err := Deliver(translate.Papers{Plan: plan(v1alpha1.Measure{Name: "a"}, v1alpha1.Measure{Name: "b"})}, s, "c", &v1alpha1.Delivery{})
			return err
		}, "no measure c in the plan; the measures are a, b"},
		{"a measure delivered twice", func() error {
			_, err := Deliver(translate.Papers{Plan: plan(v1alpha1.Measure{Name: "a", Delivered: done})}, s, "a", &v1alpha1.Delivery{})
			return err
		}, "measure a was delivered on 2021-05-02 by hu"},
		{"a cancelled measure delivered", func() error {
			_, err := Deliver(translate.Papers{Plan: plan(v1alpha1.Measure{Name: "a", Cancelled: gone})}, s, "a", &v1alpha1.Delivery{})
			return err
		}, "measure a was cancelled on 2021-05-03 by hu"},
		{"a full review", func() error {
			r := review(make([]v1alpha1.StepRecord, mostRecords)...)
			_, err := Record(translate.Papers{Reviews: []*v1alpha1.Review{r}}, s, r, &v1alpha1.StepRecord{})
			return err
		}, "holds 64 records"},
		{"a full plan", func() error {
			_, err := Plan(translate.Papers{Household: household(), Plan: plan(many...)}, s, []v1alpha1.Measure{{Kind: "Water"}})
			return err
		}, "more than 64 measures"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := tt.err(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestThePapersThatWereReadStayAsTheyAre(t *testing.T) {
	before := translate.Papers{
		Household: household("2021-04-01"), Plan: plan(v1alpha1.Measure{Name: "a", For: []v1alpha1.Word{"Income"}}),
		Reviews: []*v1alpha1.Review{review()}, Signals: []*v1alpha1.RiskSignal{lead(nil)},
	}
	want, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	s := stamp(t, "2021-03-01")
	for name, compose := range map[string]func() (*Entry, error){
		"survey": func() (*Entry, error) { return Survey(before, s, &v1alpha1.Survey{Income: "1"}) },
		"record": func() (*Entry, error) { return Record(before, s, before.Reviews[0], &v1alpha1.StepRecord{}) },
		"open":   func() (*Entry, error) { return Open(before, s, Opening{Purpose: "Warning"}) },
		"lead":   func() (*Entry, error) { return Signal(before, s, v1alpha1.RiskSignalSpec{}) },
		"verify": func() (*Entry, error) { return Verify(before, s, before.Signals[0], "Confirmed") },
		"plan":   func() (*Entry, error) { return Plan(before, s, []v1alpha1.Measure{{Kind: "Water"}}) },
		"end":    func() (*Entry, error) { return Cancel(before, s, "a", "reason") },
	} {
		e, err := compose()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := json.Marshal(before)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s changed the papers:\n%s", name, got)
		}
		if after, err := json.Marshal(e.Papers); err != nil || string(after) == string(want) {
			t.Errorf("%s: its own papers are without the fact: %v", name, err)
		}
	}
}
