// SPDX-License-Identifier: Apache-2.0

package population_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/money"
	"fangpin.io/fangpin/internal/population"
)

func TestGroups(t *testing.T) {
	tests := []struct {
		name      string
		groups    population.Groups
		wantTotal int
		want      population.Groups
	}{
		{"the plan counts 52, 82 and 1618", population.PlanGroups, 1752, population.Groups{Unstable: 52, Marginal: 82, Graduated: 1618}},
		{"a tenth is rounded", population.PlanGroups.Scaled(0.1), 175, population.Groups{Unstable: 5, Marginal: 8, Graduated: 162}},
		{"no group falls below one family", population.PlanGroups.Scaled(0), 3, population.Groups{Unstable: 1, Marginal: 1, Graduated: 1}},
		{"a scale that is no number is no scale", population.PlanGroups.Scaled(math.NaN()), 3, population.Groups{Unstable: 1, Marginal: 1, Graduated: 1}},
		{"a negative scale is none", population.PlanGroups.Scaled(-3), 3, population.Groups{Unstable: 1, Marginal: 1, Graduated: 1}},
		{"twice the town", population.PlanGroups.Scaled(2), 3504, population.Groups{Unstable: 104, Marginal: 164, Graduated: 3236}},
		{"a town of a given size keeps the proportions", population.OfSize(100_000), 100_000, population.Groups{Unstable: 2968, Marginal: 4680, Graduated: 92352}},
		{"the smallest town", population.OfSize(-1), 3, population.Groups{Unstable: 1, Marginal: 1, Graduated: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.groups != test.want || test.groups.Total() != test.wantTotal {
				t.Errorf("got %+v, %d in all; want %+v, %d", test.groups, test.groups.Total(), test.want, test.wantTotal)
			}
		})
	}
}

// asJSON is the town as it would be sent to the API server.
func asJSON(t *testing.T, town *population.Town) []byte {
	t.Helper()
	text, err := json.Marshal(town)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheSameOptionsGiveTheSameBytes(t *testing.T) {
	options := population.Options{Seed: 2020, Groups: population.PlanGroups.Scaled(0.2)}
	first, second := population.New(options), population.New(options)
	if !bytes.Equal(asJSON(t, first), asJSON(t, second)) {
		t.Error("two towns of the same options differ")
	}
	if !bytes.Equal(yearAsJSON(t, first), yearAsJSON(t, second)) {
		t.Error("two years of the same town differ")
	}
	options.Seed++
	if bytes.Equal(asJSON(t, first), asJSON(t, population.New(options))) {
		t.Error("another seed gives the same town")
	}
}

func TestASmallerTownHasTheFirstFamiliesOfEachGroup(t *testing.T) {
	whole := population.New(population.Options{Seed: 7})
	small := population.New(population.Options{Seed: 7, Groups: population.PlanGroups.Scaled(0.1)})
	for _, pair := range []struct{ small, whole int }{{0, 0}, {4, 4}, {5, 52}, {12, 59}, {13, 134}, {174, 295}} {
		if diff := cmp.Diff(whole.Households[pair.whole].Spec, small.Households[pair.small].Spec); diff != "" {
			t.Errorf("family %d of the small town and %d of the whole (-whole +small):\n%s", pair.small, pair.whole, diff)
		}
	}
}

func TestTheTownHasThePlansFamilies(t *testing.T) {
	town := population.New(population.Options{Seed: 1})
	got := map[string]int{}
	for i, h := range town.Households {
		if want := fmt.Sprintf("hh-%06d", i+1); h.Name != want || h.Namespace != "town" {
			t.Fatalf("household %d is %s/%s, want town/%s", i, h.Namespace, h.Name, want)
		}
		key := string(h.Spec.Registration)
		for _, m := range h.Spec.Marks {
			if m.System == "NationalSystem" {
				key += fmt.Sprintf(" %s %s", m.Category, m.Date)
			}
		}
		got[key]++
	}
	want := map[string]int{
		"Graduated UnstableGraduated 2019-12-31": 52,
		"None Marginal 2019-12-31":               82,
		"Graduated":                              1618,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("families (-want +got):\n%s", diff)
	}
}

func TestTheTreeHoldsEveryFamily(t *testing.T) {
	town := population.New(population.Options{Seed: 1, Villages: 5, Township: "zhaotan", County: "dongzhi"})
	families, persons := map[v1alpha1.ObjectName]int32{}, map[v1alpha1.ObjectName]int32{}
	for _, h := range town.Households {
		if h.Spec.Registration == v1alpha1.RegistrationGraduated {
			families[h.Spec.JurisdictionRef.Name]++
			persons[h.Spec.JurisdictionRef.Name] += h.Spec.Persons
		}
	}
	var got []string
	for _, j := range town.Jurisdictions {
		got = append(got, j.Name)
		name := v1alpha1.ObjectName(j.Name)
		if j.Spec.Level != v1alpha1.LevelVillage {
			continue
		}
		if families[name] == 0 || *j.Spec.RegisteredHouseholds != families[name] || *j.Spec.RegisteredPersons != persons[name] {
			t.Errorf("%s registers %d families of %d persons, and has %d of %d", name,
				*j.Spec.RegisteredHouseholds, *j.Spec.RegisteredPersons, families[name], persons[name])
		}
		delete(families, name)
	}
	want := []string{"dongzhi", "zhaotan", "zhaotan-village", "zhaotan-village-2", "zhaotan-village-3", "zhaotan-village-4", "zhaotan-village-5"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("jurisdictions (-want +got):\n%s", diff)
	}
	if len(families) > 0 {
		t.Errorf("families live in villages that do not exist: %v", families)
	}
}

// TestTheAPIServerTakesEveryObject reads the objects as strictly as the API
// server does: no unknown field, every bound, every rule of the schema.
func TestTheAPIServerTakesEveryObject(t *testing.T) {
	town := population.New(population.Options{Seed: 3, Groups: population.PlanGroups.Scaled(0.15)})
	var objects []any
	for _, j := range town.Jurisdictions {
		objects = append(objects, j)
	}
	for _, h := range town.After(population.YearEnds) {
		objects = append(objects, h)
	}
	var stream bytes.Buffer
	for _, object := range objects {
		text, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		stream.Write(append(text, '\n'))
	}
	read := 0
	err := manifest.Split("town", &stream, func(chunk manifest.Chunk) error {
		documents, err := manifest.Parse(chunk)
		if err != nil {
			return err
		}
		for i := range documents {
			read++
			if _, err := (manifest.Reading{}).Object(context.Background(), &documents[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || read != len(objects) {
		t.Errorf("%d of %d objects read, then: %v", read, len(objects), err)
	}
}

func TestNobodyIsAPerson(t *testing.T) {
	for _, h := range population.New(population.Options{Seed: 1}).After(population.YearEnds) {
		if h.Spec.Head != nil {
			t.Fatalf("%s has a head: %+v", h.Name, h.Spec.Head)
		}
		for _, s := range h.Spec.Surveys {
			if !strings.HasPrefix(string(s.By), "village-worker-") || len(s.With) > 0 {
				t.Fatalf("%s was surveyed by %q with %q, which is no role", h.Name, s.By, s.With)
			}
		}
	}
}

func TestWhatTheFamiliesLiveOnAddsUp(t *testing.T) {
	added := 0
	for _, h := range population.New(population.Options{Seed: 5}).After(population.YearEnds) {
		if int(h.Spec.Persons) < len(h.Spec.Members) {
			t.Errorf("%s has %d persons and lists %d", h.Name, h.Spec.Persons, len(h.Spec.Members))
		}
		for _, s := range h.Spec.Surveys {
			if s.Sources == nil || s.Income == "" {
				continue
			}
			added++
			var total money.Amount
			for _, m := range []v1alpha1.Money{s.Sources.Wage, s.Sources.Business, s.Sources.Property, s.Sources.Transfer} {
				total += amount(t, m)
			}
			if perHead, _ := total.Div(int64(h.Spec.Persons)); perHead != amount(t, s.Income) {
				t.Errorf("%s on %s: sources of %s for %d persons are %s a head, and it says %s",
					h.Name, s.Date, total, h.Spec.Persons, perHead, s.Income)
			}
		}
	}
	if added < 1000 {
		t.Errorf("only %d surveys break the income down", added)
	}
}

func amount(t *testing.T, m v1alpha1.Money) money.Amount {
	t.Helper()
	a, err := money.Parse(string(m))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestTheScreeningIsPlausible bounds what the screening finds, by seeds: figures
// that a town of that time could have had.
func TestTheScreeningIsPlausible(t *testing.T) {
	type bounds struct{ low, high int }
	want := map[string]bounds{
		"persons in a hundred families":       {270, 350},
		"not screened":                        {2, 25},
		"graduated below 5000":                {15, 60},
		"graduated between the lines":         {560, 800},
		"graduated from 10000 on":             {750, 1000},
		"marked below 5000":                   {40, 80},
		"exactly at a line or a fen below it": {8, 50},
		"marked with a guarantee that fails":  {15, 50},
		"graduated with one":                  {8, 45},
		"income not asked":                    {15, 60},
		"a guarantee not asked":               {12, 60},
		"labour not asked":                    {35, 110},
		"households without labour":           {40, 260},
	}
	for seed := range uint64(5) {
		got := countScreening(t, population.New(population.Options{Seed: seed}))
		for what, b := range want {
			if n := got[what]; n < b.low || n > b.high {
				t.Errorf("seed %d: %s: %d, want %d to %d", seed, what, n, b.low, b.high)
			}
		}
	}
}

func countScreening(t *testing.T, town *population.Town) map[string]int {
	got := map[string]int{}
	persons := 0
	for _, h := range town.Households {
		persons += int(h.Spec.Persons)
		if len(h.Spec.Surveys) == 0 {
			got["not screened"]++
			continue
		}
		s := h.Spec.Surveys[0]
		marked := len(h.Spec.Marks) > 0
		countIncome(t, got, s.Income, marked)
		if slices.ContainsFunc(s.Guarantees, func(g v1alpha1.Guarantee) bool { return g.State != v1alpha1.GuaranteeMet }) {
			if marked {
				got["marked with a guarantee that fails"]++
			} else {
				got["graduated with one"]++
			}
		}
		if len(s.Guarantees) < 6 {
			got["a guarantee not asked"]++
		}
		switch s.Labour {
		case "":
			got["labour not asked"]++
		case v1alpha1.LabourNone, v1alpha1.LabourLost:
			got["households without labour"]++
		}
	}
	got["persons in a hundred families"] = persons * 100 / len(town.Households)
	return got
}

func countIncome(t *testing.T, got map[string]int, income v1alpha1.Money, marked bool) {
	if income == "" {
		got["income not asked"]++
		return
	}
	switch income {
	case "4999.99", "5000", "9999.99", "10000":
		got["exactly at a line or a fen below it"]++
	}
	a := amount(t, income)
	if a < 100_000 || a > 6_000_000 {
		t.Errorf("an income of %s a head", income)
	}
	switch {
	case marked && a < 500_000:
		got["marked below 5000"]++
	case marked:
	case a < 500_000:
		got["graduated below 5000"]++
	case a < 1_000_000:
		got["graduated between the lines"]++
	default:
		got["graduated from 10000 on"]++
	}
}
