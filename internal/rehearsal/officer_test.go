// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// lacking is a family with shortfalls, as its status shows them.
func lacking(name string, shortfalls ...v1alpha1.Shortfall) *v1alpha1.Household {
	h := &v1alpha1.Household{ObjectMeta: metav1.ObjectMeta{Name: name}}
	h.Status.Shortfalls = shortfalls
	return h
}

func planned(measures ...v1alpha1.Measure) *v1alpha1.AssistancePlan {
	return &v1alpha1.AssistancePlan{Spec: v1alpha1.AssistancePlanSpec{Measures: measures}}
}

func day(t *testing.T, date string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(date)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOfficersPlanWhatTheStatusProposes(t *testing.T) {
	income := v1alpha1.Shortfall{Standard: "Income", Since: "2020-03-25", Departments: []v1alpha1.Word{"human-resources", "civil-affairs"}, Proposed: []v1alpha1.MeasureKind{"PublicPost", "Employment"}}
	food := v1alpha1.Shortfall{Standard: "Food", Since: "2020-03-25"}
	post := v1alpha1.Measure{Name: "public-post", Kind: "PublicPost", For: []v1alpha1.Word{"Income"}, Date: "2020-04-01"}
	delivered, fruitless := post, post
	delivered.Delivered = &v1alpha1.Delivery{Date: "2020-10-20"}
	fruitless.Delivered = &v1alpha1.Delivery{Date: "2020-05-01"}
	cancelled := post
	cancelled.Cancelled = &v1alpha1.Cancellation{Date: "2020-04-09"}
	tests := []struct {
		name        string
		household   *v1alpha1.Household
		plan        *v1alpha1.AssistancePlan
		today       string
		wantAdd     []v1alpha1.Measure
		wantDeliver []int
	}{
		{
			name: "on the day of a finding nobody has done anything yet", household: lacking("hh-1", income), today: "2020-03-25",
		},
		{
			name: "in the end the first proposal is planned", household: lacking("hh-1", income), today: "2020-11-01",
			wantAdd: []v1alpha1.Measure{{Name: "public-post", Kind: "PublicPost", For: []v1alpha1.Word{"Income"}, Department: "human-resources", Date: "2020-11-01"}},
		},
		{
			name: "where nothing is proposed there is relief", household: lacking("hh-1", food), today: "2020-11-01",
			wantAdd: []v1alpha1.Measure{{Name: "temporary-relief", Kind: "TemporaryRelief", For: []v1alpha1.Word{"Food"}, Date: "2020-11-01"}},
		},
		{
			name: "two shortfalls are answered with two measures", household: lacking("hh-1", income, food), today: "2020-11-01",
			wantAdd: []v1alpha1.Measure{
				{Name: "public-post", Kind: "PublicPost", For: []v1alpha1.Word{"Income"}, Department: "human-resources", Date: "2020-11-01"},
				{Name: "temporary-relief", Kind: "TemporaryRelief", For: []v1alpha1.Word{"Food"}, Date: "2020-11-01"},
			},
		},
		{
			name: "what is planned is waited for, and then delivered", household: lacking("hh-1", income), plan: planned(post), today: "2020-11-01",
			wantDeliver: []int{0},
		},
		{
			name: "what was planned today is not delivered today", household: lacking("hh-1", income), plan: planned(post), today: "2020-04-01",
		},
		{
			name: "after a delivery a visit is waited for", household: lacking("hh-1", income), plan: planned(delivered), today: "2020-11-01",
		},
		{
			name: "if it was not enough, the next proposal is planned", household: lacking("hh-1", income), plan: planned(fruitless), today: "2020-11-01",
			wantAdd: []v1alpha1.Measure{{Name: "employment", Kind: "Employment", For: []v1alpha1.Word{"Income"}, Department: "human-resources", Date: "2020-11-01"}},
		},
		{
			name: "a measure that was given up leaves its name behind", household: lacking("hh-1", income), plan: planned(cancelled), today: "2020-11-01",
			wantAdd: []v1alpha1.Measure{{Name: "public-post-2", Kind: "PublicPost", For: []v1alpha1.Word{"Income"}, Department: "human-resources", Date: "2020-11-01"}},
		},
		{
			name: "after four attempts nobody knows what else", household: lacking("hh-1", income),
			plan: planned(fruitless, fruitless, fruitless, fruitless), today: "2020-11-01",
		},
		{
			name: "who lacks nothing is left alone", household: lacking("hh-1"), today: "2020-11-01",
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var gotAdd []v1alpha1.Measure
			var gotDeliver []int
			if d := (officers{1}).decide(test.household, test.plan, day(t, test.today)); d != nil {
				gotAdd, gotDeliver = d.add, d.deliver
			}
			if diff := cmp.Diff(test.wantAdd, gotAdd); diff != "" {
				t.Errorf("planned (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.wantDeliver, gotDeliver); diff != "" {
				t.Errorf("delivered (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOfficersEncourageSomeOfThoseWhoLackNothing: a share of families, and never
// twice.
func TestOfficersEncourageSomeOfThoseWhoLackNothing(t *testing.T) {
	encouraged := 0
	for i := range 1000 {
		h := lacking(string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)))
		h.Status.TierSince = "2020-03-25"
		h.Status.Proposed = []v1alpha1.MeasureKind{"Training", "Employment"}
		d := (officers{1}).decide(h, nil, day(t, "2020-08-01"))
		if d == nil {
			continue
		}
		encouraged++
		if len(d.add) != 1 || d.add[0].Name != "training" || len(d.add[0].For) > 0 {
			t.Errorf("%s gets %+v", h.Name, d.add)
		}
		if again := (officers{1}).decide(h, planned(d.add[0]), day(t, "2020-08-01")); again != nil {
			t.Errorf("%s gets %+v besides, on the same day", h.Name, again.add)
		}
	}
	if encouraged < 30 || encouraged > 100 {
		t.Errorf("%d of 1000 families are encouraged, want some 60", encouraged)
	}
}

// TestOfficersTakeTheirTime: most are swift, some slow, and a few forgetful.
func TestOfficersTakeTheirTime(t *testing.T) {
	swift, late := 0, 0
	for i := range 1000 {
		p := (officers{2020}).pace("hh-000001", string(rune('a'+i%26))+string(rune('a'+i/26)))
		if p.plan+p.deliver <= 60 {
			swift++
		}
		if p.plan+p.deliver > 90 { // later than 30 June, for what was found on 25 March
			late++
		}
		if p.plan < 1 || p.deliver < 1 {
			t.Errorf("a pace of %+v days: nobody is that swift", p)
		}
	}
	if swift < 700 || late < 40 || late > 200 {
		t.Errorf("%d of 1000 matters take two months or less, %d more than three", swift, late)
	}
}

// TestEachSignsForTheOwn: a department's clerk signs what the department delivers,
// and the township the rest, each in a write of the own.
func TestEachSignsForTheOwn(t *testing.T) {
	d := &deed{
		household: lacking("hh-1"),
		plan: planned(
			v1alpha1.Measure{Name: "housing", Kind: "Housing", Department: "housing"},
			v1alpha1.Measure{Name: "temporary-relief", Kind: "TemporaryRelief"},
			v1alpha1.Measure{Name: "water", Kind: "Water", Department: "water"},
			v1alpha1.Measure{Name: "housing-2", Kind: "Housing", Department: "housing"},
		),
		deliver: []int{0, 1, 3},
		add:     []v1alpha1.Measure{{Name: "training", Kind: "Training"}},
	}
	got := map[string][]string{}
	for _, l := range d.letters(day(t, "2020-05-04")) {
		for _, o := range l.operations {
			if delivery, ok := o.Value.(v1alpha1.Delivery); ok && (string(delivery.By) != l.signer || delivery.Date != "2020-05-04") {
				t.Errorf("%s writes a delivery by %s on %s", l.signer, delivery.By, delivery.Date)
			}
			got[l.signer] = append(got[l.signer], o.Path)
		}
	}
	want := map[string][]string{
		"housing-clerk":  {"/spec/measures/0/delivered", "/spec/measures/3/delivered"},
		"township-clerk": {"/spec/measures/1/delivered", "/spec/measures/-"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("who writes what (-want +got):\n%s", diff)
	}
	if help := d.help(day(t, "2020-05-04")); len(help) != 3 || help[2].Kind != "Housing" {
		t.Errorf("the family is helped by %+v", help)
	}
}
