// SPDX-License-Identifier: Apache-2.0

package chronicle

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/types"
	"pgregory.net/rapid"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/papers"
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

// family reads a family of the command's test plan.
func family(t testing.TB, name string) (*translate.World, translate.Papers) {
	t.Helper()
	return familyIn(t, "town", name, "plan")
}

// familyIn reads a family of folders of the command's test data.
func familyIn(t testing.TB, namespace, name string, folders ...string) (*translate.World, translate.Papers) {
	t.Helper()
	var source manifest.Source
	for _, folder := range folders {
		source.Paths = append(source.Paths, filepath.Join("..", "testdata", folder))
	}
	var objects []client.Object
	if _, err := source.Read(context.Background(), func(_ manifest.Document, o client.Object) error {
		objects = append(objects, o)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	collection := papers.NewCollection(objects)
	p := collection.Papers(collection.Families.Find(types.NamespacedName{Namespace: namespace, Name: name}))
	if p.Household == nil {
		t.Fatalf("there is no household %s", name)
	}
	return collection.World(translate.Options{}), p
}

func TestDifferenceTellsWhatChangedFromDayToDay(t *testing.T) {
	june := day(t, "2020-06-01")
	status := func(change func(*v1alpha1.HouseholdStatus)) *v1alpha1.HouseholdStatus {
		s := &v1alpha1.HouseholdStatus{}
		change(s)
		return s
	}
	nothing := status(func(*v1alpha1.HouseholdStatus) {})
	shortfall := func(since, state v1alpha1.Date) *v1alpha1.HouseholdStatus {
		return status(func(s *v1alpha1.HouseholdStatus) {
			s.Shortfalls = []v1alpha1.Shortfall{{Standard: "Income", Since: since, State: v1alpha1.ShortfallState(state), Due: "2020-06-30"}}
		})
	}
	deadline := func(d v1alpha1.Deadline) *v1alpha1.HouseholdStatus {
		return status(func(s *v1alpha1.HouseholdStatus) { s.Deadlines = []v1alpha1.Deadline{d} })
	}
	tier := v1alpha1.Deadline{Kind: "Tier", Name: "clear-red", Start: "2020-05-01", Due: "2020-06-30", State: "Pending"}
	survey := v1alpha1.Deadline{Kind: "Survey", Name: "survey", Start: "2020-05-01", Due: "2020-05-31", State: "Pending"}
	end := day(t, "2020-06-30")
	tests := []struct {
		name          string
		before, after *v1alpha1.HouseholdStatus
		want          []Event
	}{
		{"nothing", nothing, nothing, nil},
		{
			"plan, stage, category and tier", nothing,
			status(func(s *v1alpha1.HouseholdStatus) {
				s.PolicyRef, s.Stage, s.Category, s.Tier = &v1alpha1.PolicyReference{Name: "p"}, "Watched", "Marginal", "Red"
			}),
			[]Event{{Kind: PolicyChanged, To: "p"}, {Kind: StageChanged, To: "Watched"}, {Kind: CategoryChanged, To: "Marginal"}, {Kind: TierChanged, To: "Red"}},
		},
		{"a shortfall opens", nothing, shortfall("2020-06-01", "Open"), []Event{{Kind: ShortfallOpened, Name: "Income", To: "Open", Due: end}}},
		{"it is covered", shortfall("2020-05-01", "Open"), shortfall("2020-05-01", "Covered"), []Event{{Kind: ShortfallChanged, Name: "Income", From: "Open", To: "Covered"}}},
		{"it closes", shortfall("2020-05-01", "Open"), nothing, []Event{{Kind: ShortfallClosed, Name: "Income", From: "Open"}}},
		{
			"it closed and opened again", shortfall("2020-05-01", "Overdue"), shortfall("2020-06-01", "Open"),
			[]Event{{Kind: ShortfallOpened, Name: "Income", To: "Open", Due: end}, {Kind: ShortfallClosed, Name: "Income", From: "Overdue"}},
		},
		{
			"it is routed", shortfall("2020-05-01", "Found"),
			status(func(s *v1alpha1.HouseholdStatus) {
				s.Shortfalls = []v1alpha1.Shortfall{{Standard: "Income", Since: "2020-05-01", State: "Open", Routed: "2020-06-01", Departments: []v1alpha1.Word{"a", "b"}}}
			}),
			[]Event{{Kind: ShortfallRouted, Name: "Income", To: "a, b"}, {Kind: ShortfallChanged, Name: "Income", From: "Found", To: "Open"}},
		},
		{"a deadline is set", nothing, deadline(tier), []Event{{Kind: DeadlineSet, Name: "Tier/clear-red", Due: end}}},
		{
			"it is overdue and escalated", deadline(tier),
			deadline(v1alpha1.Deadline{Kind: "Tier", Name: "clear-red", Start: "2020-05-01", Due: "2020-06-30", State: "Overdue", EscalatedTo: "Township"}),
			[]Event{{Kind: DeadlineChanged, Name: "Tier/clear-red", From: "Pending", To: "Overdue"}, {Kind: DeadlineEscalated, Name: "Tier/clear-red", To: "Township"}},
		},
		{
			"it is moved", deadline(tier),
			deadline(v1alpha1.Deadline{Kind: "Tier", Name: "clear-red", Start: "2020-05-01", Due: "2020-07-31", State: "Pending"}),
			[]Event{{Kind: DeadlineMoved, Name: "Tier/clear-red", From: "2020-06-30", To: "2020-07-31", Due: day(t, "2020-07-31")}},
		},
		{"it is no longer asked for", deadline(tier), nothing, []Event{{Kind: DeadlineDropped, Name: "Tier/clear-red", From: "Pending", Due: end}}},
		{
			"one that was met leaves in silence", deadline(v1alpha1.Deadline{Kind: "Tier", Name: "clear-red", Start: "2020-05-01", Due: "2020-06-30", State: "Met"}), nothing, nil,
		},
		{
			"the next survey is asked for", deadline(survey),
			deadline(v1alpha1.Deadline{Kind: "Survey", Name: "survey", Start: "2020-06-01", Due: "2020-06-30", State: "Pending"}),
			[]Event{{Kind: DeadlineSet, Name: "Survey/survey", Due: end}},
		},
		{
			"the risk may be marked eliminated", nothing,
			status(func(s *v1alpha1.HouseholdStatus) { s.Elimination = &v1alpha1.Elimination{Eligible: true} }),
			[]Event{{Kind: EligibleChanged, To: "Eligible"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i := range tt.want {
				tt.want[i].Date = june
			}
			if diff := cmp.Diff(tt.want, difference(june, tt.before, tt.after)); diff != "" {
				t.Errorf("events (-want +got):\n%s", diff)
			}
		})
	}
}

func TestADayThatIsNotJudgedEndsNothing(t *testing.T) {
	world, p := family(t, "hh-red")
	told := Tell(world, p, day(t, "2020-12-30"), day(t, "2021-06-30"))
	want := []Event{
		{Date: day(t, "2020-12-31"), Kind: DeadlineDue, Name: "Survey/survey", Due: day(t, "2020-12-31")},
		{Date: day(t, "2021-01-01"), Kind: PolicyChanged, From: "plan"},
		{Date: day(t, "2021-01-01"), Kind: NotJudged, To: "NoPolicy"},
	}
	// The survey of May is long overdue by then, so that no survey is due.
	want = slices.Delete(want, 0, 1)
	if diff := cmp.Diff(want, told.Coming); diff != "" {
		t.Errorf("coming (-want +got):\n%s", diff)
	}
}

func TestTheLastEventOfEachThingIsWhatTodaysStatusSays(t *testing.T) {
	world, p := family(t, "hh-red")
	for _, text := range []string{"2020-02-01", "2020-04-30", "2020-05-25", "2020-07-01", "2020-12-31"} {
		today := day(t, text)
		told := Tell(world, p, today, today)
		last := map[Kind]string{}
		for _, e := range told.Past {
			last[e.Kind] = e.To
			if e.Date > today {
				t.Errorf("%s: %v lies ahead", text, e)
			}
		}
		got := [3]string{last[TierChanged], last[StageChanged], last[PolicyChanged]}
		want := [3]string{string(told.Today.Tier), string(told.Today.Stage), policyOf(told.Today)}
		if got != want {
			t.Errorf("%s: the events end with %v, the status says %v", text, got, want)
		}
		if len(told.Coming) > 0 {
			t.Errorf("%s: %v comes on the day itself", text, told.Coming)
		}
	}
}

func TestNextIsTheFirstThingThatComes(t *testing.T) {
	world, p := family(t, "hh-red")
	rapid.Check(t, func(rt *rapid.T) {
		today := day(t, "2020-01-01").AddDays(rapid.IntRange(0, 500).Draw(rt, "day"))
		next, events := Next(world, p, today)
		told := Tell(world, p, today, today.AddMonths(24))
		first := slices.IndexFunc(told.Coming, func(e Event) bool { return e.Kind != DeadlineDue })
		switch {
		case first < 0:
			if len(events) > 0 {
				rt.Fatalf("Next tells %v, and nothing comes", events)
			}
		case len(events) > 0 && events[0] != told.Coming[first]:
			rt.Fatalf("Next tells %v, first comes %v", events[0], told.Coming[first])
		case len(events) == 0 && told.Coming[first].Date <= next:
			rt.Fatalf("%v comes on or before %v, on which Next tells nothing", told.Coming[first], next)
		}
	})
}

func TestStatedUntilLeavesOutLaterFactsAndThePapersAlone(t *testing.T) {
	papersOf := func() translate.Papers {
		return translate.Papers{
			Household: &v1alpha1.Household{Spec: v1alpha1.HouseholdSpec{
				Marks:   []v1alpha1.Mark{{Date: "2020-05-01"}, {Date: "2020-05-02"}},
				Surveys: []v1alpha1.Survey{{Date: "2020-05-01"}, {Date: "2020-05-02"}},
			}},
			Plan: &v1alpha1.AssistancePlan{Spec: v1alpha1.AssistancePlanSpec{Measures: []v1alpha1.Measure{
				{Name: "always"}, {Name: "later", Date: "2020-05-02"},
				{Name: "delivered-later", Date: "2020-05-01", Delivered: &v1alpha1.Delivery{Date: "2020-05-02"}},
				{Name: "cancelled-later", Date: "2020-05-01", Cancelled: &v1alpha1.Cancellation{Date: "2020-05-02"}},
			}}},
			Signals: []*v1alpha1.RiskSignal{
				{Spec: v1alpha1.RiskSignalSpec{Date: "2020-05-01", Verification: &v1alpha1.Verification{Date: "2020-05-02"}}},
				{Spec: v1alpha1.RiskSignalSpec{Date: "2020-05-02"}},
			},
			Reviews: []*v1alpha1.Review{
				{Spec: v1alpha1.ReviewSpec{Opened: "2020-05-01", Records: []v1alpha1.StepRecord{{Date: "2020-05-01"}, {Date: "2020-05-02"}}}},
				{Spec: v1alpha1.ReviewSpec{Opened: "2020-05-02"}},
			},
		}
	}
	original := papersOf()
	got := statedUntil(original, day(t, "2020-05-01"))
	want := translate.Papers{
		Household: &v1alpha1.Household{Spec: v1alpha1.HouseholdSpec{
			Marks: []v1alpha1.Mark{{Date: "2020-05-01"}}, Surveys: []v1alpha1.Survey{{Date: "2020-05-01"}},
		}},
		Plan: &v1alpha1.AssistancePlan{Spec: v1alpha1.AssistancePlanSpec{Measures: []v1alpha1.Measure{
			{Name: "always"}, {Name: "delivered-later", Date: "2020-05-01"}, {Name: "cancelled-later", Date: "2020-05-01"},
		}}},
		Signals: []*v1alpha1.RiskSignal{{Spec: v1alpha1.RiskSignalSpec{Date: "2020-05-01"}}},
		Reviews: []*v1alpha1.Review{{Spec: v1alpha1.ReviewSpec{Opened: "2020-05-01", Records: []v1alpha1.StepRecord{{Date: "2020-05-01"}}}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("papers (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(papersOf(), original); diff != "" {
		t.Errorf("the papers themselves changed (-was +is):\n%s", diff)
	}
}

func TestFactsOfEveryKindAreTold(t *testing.T) {
	_, p := family(t, "hh-red")
	p.Signals = []*v1alpha1.RiskSignal{{Spec: v1alpha1.RiskSignalSpec{Date: "2020-05-01", Source: "Department", Cause: "Illness", Verification: &v1alpha1.Verification{Date: "2020-05-02", Outcome: "Confirmed"}}}}
	p.Reviews = []*v1alpha1.Review{{Spec: v1alpha1.ReviewSpec{Opened: "2020-05-01", Records: []v1alpha1.StepRecord{{Step: "home-visit", Date: "2020-05-01"}}}}}
	p.Plan.Spec.Measures[0].Delivered = &v1alpha1.Delivery{Date: "2020-05-10"}
	p.Plan.Spec.Measures[0].Cancelled = &v1alpha1.Cancellation{Date: "2020-05-11"}
	told := map[Kind]bool{}
	for _, e := range facts(&p, civil.Last) {
		told[e.Kind] = true
	}
	for _, kind := range Kinds()[:9] {
		if !told[kind] {
			t.Errorf("%s is not told", kind)
		}
	}
	if got := facts(&p, day(t, "2020-01-01")); len(got) > 0 {
		t.Errorf("facts of later days are told: %v", got)
	}
}
