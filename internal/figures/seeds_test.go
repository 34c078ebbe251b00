// SPDX-License-Identifier: Apache-2.0

package figures_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/translate"
)

// crowd is invented families of which a source tells the numbers alone.
type crowd struct {
	households, persons int
	registration        v1alpha1.Registration
	mark                v1alpha1.Word // of the national system at the end of 2019; "": none
	causes              []v1alpha1.Cause
	measures            func(i int) []v1alpha1.MeasureKind
	town                string // "": east
	reviews             func(i int) []*v1alpha1.Review
}

// populace makes the families of crowds. The persons of a crowd are spread evenly.
func populace(crowds ...crowd) []translate.Papers {
	var out []translate.Papers
	for _, c := range crowds {
		for i := range c.households {
			h := &v1alpha1.Household{}
			h.Name, h.Namespace, h.Generation = fmt.Sprintf("hh-%05d", len(out)), c.town, 1
			if h.Namespace == "" {
				h.Namespace = "east"
			}
			h.Spec.Registration = c.registration
			h.Spec.Persons = int32(c.persons*(i+1)/c.households - c.persons*i/c.households)
			h.Spec.Surveys = []v1alpha1.Survey{{Date: "2020-04-10", By: "zhang", Method: v1alpha1.SurveyOnSite, Income: "9000", Causes: c.causes}}
			if c.mark != "" {
				h.Spec.Marks = []v1alpha1.Mark{{Category: c.mark, Date: "2019-12-31", System: "NationalSystem"}}
			}
			p := translate.Papers{Household: h}
			if c.measures != nil {
				p.Plan = plannedFor(h, c.measures(i))
			}
			if c.reviews != nil {
				p.Reviews = c.reviews(i)
			}
			out = append(out, p)
		}
	}
	return out
}

func plannedFor(h *v1alpha1.Household, kinds []v1alpha1.MeasureKind) *v1alpha1.AssistancePlan {
	plan := &v1alpha1.AssistancePlan{}
	plan.Name, plan.Namespace = h.Name, h.Namespace
	plan.Spec.HouseholdRef.Name = v1alpha1.ObjectName(h.Name)
	for i, kind := range kinds {
		plan.Spec.Measures = append(plan.Spec.Measures, v1alpha1.Measure{Name: fmt.Sprintf("m-%02d", i), Kind: kind, Department: "civil-affairs"})
	}
	return plan
}

func helped(kinds ...v1alpha1.MeasureKind) func(int) []v1alpha1.MeasureKind {
	return func(int) []v1alpha1.MeasureKind { return kinds }
}

// review is a review of one signature on a day.
func review(name string, purpose v1alpha1.Purpose, date v1alpha1.Date) []*v1alpha1.Review {
	r := &v1alpha1.Review{}
	r.Name = name
	r.Spec.Purpose, r.Spec.Opened = purpose, date
	r.Spec.Records = []v1alpha1.StepRecord{{Step: "approval", Date: date, By: "sun", Outcome: v1alpha1.StepOutcomePassed}}
	return []*v1alpha1.Review{r}
}

// of is the figures of a node for a month of the monitoring plan.
func of(t *testing.T, node, month string, families []translate.Papers, now time.Time) *v1alpha1.Figures {
	t.Helper()
	f := counted(district(t, monitoring), families, months(t, month), now).Sum(node, 0).Figures()
	return figures.OfMonth(&f)
}

type hp = v1alpha1.HouseholdsPersons

// category is how many families are of a category of the plan.
func category(f *v1alpha1.Figures, name v1alpha1.Word) hp {
	i := slices.IndexFunc(f.Categories, func(c v1alpha1.NamedCount) bool { return c.Name == name })
	if i < 0 {
		return hp{}
	}
	return hp{Households: f.Categories[i].Households, Persons: f.Categories[i].Persons}
}

func all(f *v1alpha1.Figures, names ...v1alpha1.Word) (sum hp) {
	for _, name := range names {
		c := category(f, name)
		sum.Households += c.Households
		sum.Persons += c.Persons
	}
	return sum
}

func measure(f *v1alpha1.Figures, kind v1alpha1.MeasureKind) v1alpha1.MeasureCount {
	i := slices.IndexFunc(f.Measures, func(m v1alpha1.MeasureCount) bool { return m.Kind == kind })
	if i < 0 {
		return v1alpha1.MeasureCount{}
	}
	return f.Measures[i]
}

func want(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// R01: 52 marked and 82 entered families are monitored, beside 1618 others.
func TestR01(t *testing.T) {
	f := of(t, "east", "2020-04", populace(
		crowd{households: 52, persons: 158, registration: "Graduated", mark: "Unstable"},
		crowd{households: 82, persons: 243, registration: "None", mark: "Marginal"},
		crowd{households: 1618, persons: 4809, registration: "Graduated"},
	), at(time.May, 3))
	want(t, "monitored", f.Monitored.Closing, hp{Households: 134, Persons: 401})
	want(t, "in scope", all(f, "Unstable", "Marginal", "Graduated"), hp{Households: 1752, Persons: 5210})
	want(t, "surveys", f.Surveys, &v1alpha1.SurveyFigures{Done: 1752})
}

// R04: 40户87人 = 39户84人 + 1户3人; 低保 11户, 特困 13户.
func TestR04(t *testing.T) {
	f := of(t, "east", "2020-04", populace(
		crowd{households: 11, persons: 36, registration: "Graduated", measures: helped("Subsistence")},
		crowd{households: 13, persons: 17, registration: "Graduated", measures: helped("SpecialCare")},
		crowd{households: 15, persons: 31, registration: "Graduated", measures: helped("Insurance")},
		crowd{households: 1, persons: 3, registration: "Poor", measures: helped("Industry", "Employment")},
	), at(time.May, 3))
	want(t, "lifted", category(f, "Graduated"), hp{Households: 39, Persons: 84})
	want(t, "not lifted", category(f, "Poor"), hp{Households: 1, Persons: 3})
	want(t, "all", all(f, "Graduated", "Poor"), hp{Households: 40, Persons: 87})
	want(t, "低保", measure(f, "Subsistence").Households, int32(11))
	want(t, "特困", measure(f, "SpecialCare").Households, int32(13))
	want(t, "of the family not lifted", f.Measures[:2], []v1alpha1.MeasureCount{{Kind: "Employment", Measures: 1, Households: 1}, {Kind: "Industry", Measures: 1, Households: 1}})
}

// R05: water for 246户914人 of five groups; 46 of them grow herbs.
func TestR05(t *testing.T) {
	var groups []crowd
	for i, c := range []hp{{Households: 50, Persons: 186}, {Households: 50, Persons: 186}, {Households: 50, Persons: 185}, {Households: 50, Persons: 185}} {
		groups = append(groups, crowd{households: int(c.Households), persons: int(c.Persons), registration: "None", measures: helped("Water"), town: []string{"east", "west"}[i%2]})
	}
	groups = append(groups, crowd{households: 46, persons: 172, registration: "Graduated", measures: helped("Water", "Industry"), town: "south"})
	f := of(t, "county", "2020-04", populace(groups...), at(time.May, 3))
	want(t, "with water", measure(f, "Water"), v1alpha1.MeasureCount{Kind: "Water", Measures: 246, Households: 246})
	want(t, "all", all(f, "Villager", "Graduated"), hp{Households: 246, Persons: 914})
	want(t, "with herbs", measure(f, "Industry").Households, int32(46))
}

// R06: 391户1163人 = 382户1135人 + 9户28人; 边缘 13户52人; 监测 1户3人; flooded 76户219人.
func TestR06(t *testing.T) {
	f := of(t, "east", "2020-04", populace(
		crowd{households: 1, persons: 3, registration: "Graduated", mark: "Unstable"},
		crowd{households: 76, persons: 219, registration: "Graduated", causes: []v1alpha1.Cause{"Disaster"}},
		crowd{households: 305, persons: 913, registration: "Graduated"},
		crowd{households: 9, persons: 28, registration: "Poor"},
		crowd{households: 13, persons: 52, registration: "None", mark: "Marginal"},
	), at(time.May, 3))
	want(t, "lifted", all(f, "Graduated", "Unstable"), hp{Households: 382, Persons: 1135})
	want(t, "registered", all(f, "Graduated", "Unstable", "Poor"), hp{Households: 391, Persons: 1163})
	want(t, "monitored", f.Monitored.Closing, hp{Households: 14, Persons: 55})
	want(t, "flooded", f.Causes, []v1alpha1.CategoryCauseCount{{Category: "Graduated", Name: "Disaster", Households: 76, Persons: 219}})
}

// R07: 18户44人, 4户10人, 9户27人 and 299户816人 are 330户897人.
func TestR07(t *testing.T) {
	f := of(t, "county", "2020-04", populace(
		crowd{households: 18, persons: 44, registration: "Poor"},
		crowd{households: 4, persons: 10, registration: "Graduated", mark: "Unstable", town: "west"},
		crowd{households: 9, persons: 27, registration: "None", mark: "Marginal", town: "west"},
		crowd{households: 299, persons: 816, registration: "Graduated", town: "south"},
	), at(time.May, 3))
	want(t, "all", all(f, "Poor", "Unstable", "Marginal", "Graduated"), hp{Households: 330, Persons: 897})
	want(t, "under key supervision", f.Monitored.Closing, hp{Households: 13, Persons: 37})
}

// R09: 306户760人 = 291户736人 + 15户24人 with 2088 measures; 边缘 10户33人, 监测 2户6人,
// 骤变 2户9人.
func TestR09(t *testing.T) {
	kinds := []v1alpha1.MeasureKind{"Industry", "Microcredit", "Employment", "PublicPost", "Training", "Subsistence", "MedicalAid"}
	some := func(i int) []v1alpha1.MeasureKind { // 252 families with seven, 54 with six
		return kinds[:6+min(1, max(0, 252-i))]
	}
	f := of(t, "east", "2020-04", populace(
		crowd{households: 289, persons: 730, registration: "Graduated", measures: some},
		crowd{households: 2, persons: 6, registration: "Graduated", mark: "Unstable", measures: helped(kinds[:6]...)},
		crowd{households: 15, persons: 24, registration: "Poor", measures: helped(kinds[:6]...)},
		crowd{households: 10, persons: 33, registration: "None", mark: "Marginal"},
		crowd{households: 2, persons: 9, registration: "None", mark: "SuddenChange"},
	), at(time.May, 3))
	want(t, "lifted", all(f, "Graduated", "Unstable"), hp{Households: 291, Persons: 736})
	want(t, "registered", all(f, "Graduated", "Unstable", "Poor"), hp{Households: 306, Persons: 760})
	want(t, "边缘", category(f, "Marginal"), hp{Households: 10, Persons: 33})
	want(t, "监测", category(f, "Unstable"), hp{Households: 2, Persons: 6})
	want(t, "骤变", category(f, "SuddenChange"), hp{Households: 2, Persons: 9})
	measures := int32(0)
	for _, m := range f.Measures {
		measures += m.Measures
	}
	want(t, "measures", measures, int32(2088))
	want(t, "families with a measure", measure(f, "Industry").Households, int32(306))
}

// R16: two kinds by nine causes, and how many of each a measure reaches.
func TestR16(t *testing.T) {
	causes := []v1alpha1.Cause{"Illness", "Disability", "UnstableEmployment", "IndustryFailure", "SuddenEvent", "Schooling", "Epidemic", "Disaster", "Other"}
	var crowds []crowd
	var table []v1alpha1.CategoryCauseCount
	for i, cause := range causes {
		n := i + 1
		crowds = append(crowds,
			crowd{households: n, persons: 3 * n, registration: "None", mark: "Marginal", causes: []v1alpha1.Cause{cause}, measures: helped("Subsistence")},
			crowd{households: 2 * n, persons: 7 * n, registration: "Graduated", mark: "Unstable", causes: []v1alpha1.Cause{cause}},
		)
		table = append(table,
			v1alpha1.CategoryCauseCount{Category: "Marginal", Name: cause, Households: int32(n), Persons: int32(3 * n)},
			v1alpha1.CategoryCauseCount{Category: "Unstable", Name: cause, Households: int32(2 * n), Persons: int32(7 * n)})
	}
	slices.SortFunc(table, func(a, b v1alpha1.CategoryCauseCount) int {
		return slices.Compare([]string{string(a.Category), string(a.Name)}, []string{string(b.Category), string(b.Name)})
	})
	f := of(t, "county", "2020-04", populace(crowds...), at(time.May, 3))
	want(t, "the table", f.Causes, table)
	want(t, "低保", measure(f, "Subsistence"), v1alpha1.MeasureCount{Kind: "Subsistence", Measures: 45, Households: 45})
	want(t, "monitored", f.Monitored.Closing, hp{Households: 135, Persons: 450})
}

// R18: 45户225人 and 139户620人 become 47户232人 and 138户612人 by October; in January
// nobody is added.
func TestR18(t *testing.T) {
	families := populace(
		crowd{households: 45, persons: 225, registration: "Graduated", mark: "Unstable"},
		crowd{households: 138, persons: 612, registration: "None", mark: "Marginal"},
		crowd{households: 1, persons: 8, registration: "None", mark: "Marginal", reviews: func(int) []*v1alpha1.Review {
			return review("gone", v1alpha1.PurposeElimination, "2020-09-15")
		}},
		crowd{households: 2, persons: 7, registration: "Graduated", reviews: func(int) []*v1alpha1.Review {
			return review("new", v1alpha1.PurposeIdentification, "2020-09-20")
		}},
	)
	for _, p := range families[len(families)-2:] { // found at risk in September
		p.Household.Spec.Marks = []v1alpha1.Mark{{Category: "Unstable", Date: "2020-09-10", System: "Village"}}
	}
	now := time.Date(2021, 2, 3, 12, 0, 0, 0, shanghai)
	august, september, january := of(t, "east", "2020-08", families, now), of(t, "east", "2020-09", families, now), of(t, "east", "2021-01", families, now)
	want(t, "监测户 in August", category(august, "Unstable"), hp{Households: 45, Persons: 225})
	want(t, "边缘户 in August", category(august, "Marginal"), hp{Households: 139, Persons: 620})
	want(t, "监测户 by October", category(september, "Unstable"), hp{Households: 47, Persons: 232})
	want(t, "边缘户 by October", category(september, "Marginal"), hp{Households: 138, Persons: 612})
	want(t, "September", september.Monitored, &v1alpha1.MonitoredFigures{
		Opening: hp{Households: 184, Persons: 845}, Added: hp{Households: 2, Persons: 7},
		Eliminated: hp{Households: 1, Persons: 8}, Closing: hp{Households: 185, Persons: 844},
	})
	want(t, "January", january.Monitored, &v1alpha1.MonitoredFigures{
		Opening: hp{Households: 185, Persons: 844}, Closing: hp{Households: 185, Persons: 844},
	})
	var changes []string
	for _, d := range figures.Differences(august, september) {
		if strings.HasPrefix(d.Path, "categories") {
			changes = append(changes, d.String())
		}
	}
	want(t, "changes", changes, []string{
		"categories[plan/Graduated].households 2 → 0", "categories[plan/Graduated].persons 7 → 0",
		"categories[plan/Marginal].households 139 → 138", "categories[plan/Marginal].persons 620 → 612",
		"categories[plan/Unstable].households 45 → 47", "categories[plan/Unstable].persons 225 → 232",
	})
}
