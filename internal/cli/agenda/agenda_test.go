// SPDX-License-Identifier: Apache-2.0

package agenda

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/types"
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

// family reads a family of the command's test data.
func family(t testing.TB, folder, namespace, name string) (*translate.World, translate.Papers) {
	t.Helper()
	source := manifest.Source{Paths: []string{filepath.Join("..", "testdata", folder)}}
	var objects []client.Object
	if _, err := source.Read(context.Background(), func(_ manifest.Document, o client.Object) error {
		objects = append(objects, o)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	collection := papers.NewCollection(objects)
	return collection.World(translate.Options{}), collection.Papers(collection.Families.Find(types.NamespacedName{Namespace: namespace, Name: name}))
}

// line is an item in a line.
func line(i *Item) string {
	from := make([]string, len(i.From))
	for k, party := range i.From {
		from[k] = string(party.Level) + string(party.Department)
	}
	overdue := ""
	if i.Overdue {
		overdue = " overdue"
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s/%s(%s) %s%s: %s %s", i.Due, i.Kind, i.Name, i.About, i.State, overdue, strings.Join(from, ","), i.Text))
}

func TestWhatIsDueForAFamily(t *testing.T) {
	tests := []struct {
		name                 string
		folder, family, date string
		change               func(*translate.Papers)
		want                 []string
	}{
		{
			name: "a review under way, a lead, a measure, shortfalls and a survey", folder: "gates", family: "hh-way", date: "2021-04-17",
			want: []string{
				"2021-04-16 Plan/plan() Overdue overdue: Village",
				"2021-04-18 Verification/hh-way-lead() Pending: Village",
				"2021-05-31 Measure/repair(Housing) Pending: housing",
				"2021-05-31 Survey/survey() Pending: Village",
				"2021-06-30 Shortfall/Income() Pending: human-resources",
				"Shortfall/Housing() Covered: housing",
				"Step/hh-way-identification/public-notice(Identification) InProgress: Village",
			},
		},
		{
			name: "a record that does not count, and a step with a time limit", folder: "gates", family: "hh-new", date: "2021-05-10",
			change: func(p *translate.Papers) {
				p.Reviews = []*v1alpha1.Review{{Spec: v1alpha1.ReviewSpec{
					Purpose: "Identification", Opened: "2021-04-01",
					Records: []v1alpha1.StepRecord{
						{Step: "home-visit", Date: "2021-04-01", By: "zhang", Outcome: "Passed"},
						{Step: "village-appraisal", Date: "2021-04-02", By: "zhang", Outcome: "Passed", Attendance: []v1alpha1.Attendance{{Role: "VillageRepresentative", Count: 15}}},
						{Step: "public-notice", Date: "2021-04-12", From: "2021-04-03", Until: "2021-04-11", Sites: []v1alpha1.Word{"village-office"}, By: "zhang", Outcome: "Passed", Objections: new(int32)},
						{Step: "data-comparison", Date: "2021-04-13", By: "chen", Outcome: "Passed", Checks: []v1alpha1.AssetCheck{{Asset: "CommodityHousing", Result: "Clear"}, {Asset: "Vehicles", Result: "Clear"}}},
						{Step: "county-approval", Date: "2021-04-14", By: "zhang", Outcome: "Passed"},
					},
				}}}
				p.Reviews[0].Name = "r"
			},
			want: []string{
				"2021-04-16 Plan/plan() Overdue overdue: Village",
				"2021-04-23 Step/r/county-approval(Identification) Overdue overdue: County Its signer took part in home-visit and may not sign this step: somebody else must.",
				"2021-05-31 Survey/survey() Pending: Village",
				"2021-06-30 Shortfall/Income() Pending: human-resources",
			},
		},
		{
			name: "a department's application", folder: "gates", family: "hh-in", date: "2021-04-10",
			change: func(p *translate.Papers) {
				r := &v1alpha1.Review{Spec: v1alpha1.ReviewSpec{Purpose: "CloseOut", Opened: "2021-04-10", Standards: []v1alpha1.Word{"Income"}}}
				r.Name = "out"
				p.Reviews = append(slices.Clone(p.Reviews), r)
			},
			want: []string{
				"2021-01-20 Plan/plan() Overdue overdue: Village",
				"2021-04-05 Shortfall/Income() Overdue overdue: human-resources",
				"2021-04-30 Survey/survey() Pending: Village",
				"Step/out/application(CloseOut) InProgress: human-resources",
			},
		},
		{
			name: "a deadline of the plan, escalated to the level that answers for it anyway", folder: "plan", family: "hh-red", date: "2020-07-01",
			want: []string{
				"2020-05-20 Measure/public-post(PublicPost) Overdue overdue: human-resources",
				"2020-06-30 Shortfall/Income() Overdue overdue: human-resources",
				"2020-06-30 Survey/survey() Overdue overdue: Village",
				"2020-06-30 Tier/clear-red() Overdue overdue: Township",
			},
		},
		{
			name: "a measure that is delivered, or has no day of its own", folder: "plan", family: "hh-red", date: "2020-06-01",
			change: func(p *translate.Papers) {
				p.Plan = p.Plan.DeepCopy()
				p.Plan.Spec.Measures[0].Delivered = &v1alpha1.Delivery{Date: "2020-05-19", By: "hu"}
				p.Plan.Spec.Measures = append(p.Plan.Spec.Measures, v1alpha1.Measure{Name: "b", Kind: "Training", Date: "2020-05-01"}, v1alpha1.Measure{Name: "c", Kind: "Training", Department: "x", For: []v1alpha1.Word{"Income"}, Date: "2020-05-01"})
			},
			want: []string{
				"2020-06-30 Measure/c(Training) Planned: x",
				"2020-06-30 Shortfall/Income() Covered: human-resources",
				"2020-06-30 Survey/survey() Pending: Village",
				"2020-06-30 Tier/clear-red() Pending: Township",
				"Measure/b(Training) Planned: Village",
			},
		},
		{name: "no plan is in force", folder: "plan", family: "hh-red", date: "2021-01-01"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			namespace := "gates"
			if tt.folder == "plan" {
				namespace = "town"
			}
			world, p := family(t, tt.folder, namespace, tt.family)
			if tt.change != nil {
				tt.change(&p)
			}
			j := world.JudgeOn(p, day(t, tt.date))
			var got []string
			for _, item := range Of(world, &p, &j) {
				got = append(got, line(&item))
				if item.Household.Name != tt.family || item.Place == "" {
					t.Errorf("%s: of %s at %q", line(&item), item.Household, item.Place)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAStepIsTakenAtItsLevel(t *testing.T) {
	tests := []struct {
		step v1alpha1.Step
		want v1alpha1.JurisdictionLevel
	}{
		{v1alpha1.Step{Type: "HomeVisit"}, "Village"},
		{v1alpha1.Step{Type: "PublicNotice"}, "Village"},
		{v1alpha1.Step{Type: "Application"}, "Village"},
		{v1alpha1.Step{Type: "Application", Applicant: "Department", Level: "County"}, ""},
		{v1alpha1.Step{Type: "DataComparison"}, "County"},
		{v1alpha1.Step{Type: "Decision"}, "Township"},
		{v1alpha1.Step{Type: "Registration"}, "Township"},
		{v1alpha1.Step{Type: "Decision", Level: "Prefecture"}, "Prefecture"},
	}
	for _, tt := range tests {
		if got := LevelOf(&tt.step); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.step, got, tt.want)
		}
	}
}

func TestOverdueGoesFirstAndNoDayLast(t *testing.T) {
	items := []Item{
		{Name: "undated"},
		{Name: "later", Due: day(t, "2021-06-01")},
		{Name: "sooner", Due: day(t, "2021-05-01")},
		{Name: "long overdue", Due: day(t, "2021-01-01"), Overdue: true},
		{Name: "overdue", Due: day(t, "2021-02-01"), Overdue: true},
		{Name: "overdue without a day", Overdue: true},
	}
	slices.SortFunc(items, func(a, b Item) int { return Compare(&a, &b) })
	var got []string
	for i := range items {
		got = append(got, items[i].Name)
	}
	if diff := cmp.Diff([]string{"long overdue", "overdue", "overdue without a day", "sooner", "later", "undated"}, got); diff != "" {
		t.Error(diff)
	}
}
