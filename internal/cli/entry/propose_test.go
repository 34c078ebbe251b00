// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

func TestTheProposalIsWhatThePlanLacks(t *testing.T) {
	income := v1alpha1.Shortfall{Standard: "Income", Departments: []v1alpha1.Word{"civil-affairs", "human-resources"}, Proposed: []v1alpha1.MeasureKind{"Subsistence", "PublicPost"}}
	food := v1alpha1.Shortfall{Standard: "Food", Departments: []v1alpha1.Word{"civil-affairs"}, Proposed: []v1alpha1.MeasureKind{"Subsistence"}}
	water := v1alpha1.Shortfall{Standard: "Water", Departments: []v1alpha1.Word{"water"}, Proposed: []v1alpha1.MeasureKind{"Subsistence"}}
	all := []v1alpha1.Measure{
		{Kind: "Subsistence", For: []v1alpha1.Word{"Income", "Food"}, Department: "civil-affairs"},
		{Kind: "PublicPost", For: []v1alpha1.Word{"Income"}, Department: "civil-affairs"},
	}
	tests := []struct {
		name       string
		shortfalls []v1alpha1.Shortfall
		tier       []v1alpha1.MeasureKind
		plan       *v1alpha1.AssistancePlan
		states     map[string]v1alpha1.MeasureState
		want       []v1alpha1.Measure
	}{
		{"no plan yet: one measure for what one department does against two shortfalls", []v1alpha1.Shortfall{income, food}, nil, nil, nil, all},
		{
			"another department's is another measure", []v1alpha1.Shortfall{food, water}, nil, nil, nil,
			[]v1alpha1.Measure{
				{Kind: "Subsistence", For: []v1alpha1.Word{"Food"}, Department: "civil-affairs"},
				{Kind: "Subsistence", For: []v1alpha1.Word{"Water"}, Department: "water"},
			},
		},
		{"the tier's, beside the shortfalls'", []v1alpha1.Shortfall{food}, []v1alpha1.MeasureKind{"Training", "Subsistence"}, nil, nil, []v1alpha1.Measure{
			{Kind: "Subsistence", For: []v1alpha1.Word{"Food"}, Department: "civil-affairs"}, {Kind: "Training"},
		}},
		{
			"one that stands is not proposed again", []v1alpha1.Shortfall{income, food}, []v1alpha1.MeasureKind{"Training"},
			plan(v1alpha1.Measure{Name: "a", Kind: "Subsistence", For: []v1alpha1.Word{"Income", "Food"}}, v1alpha1.Measure{Name: "b", Kind: "Training"}), nil,
			[]v1alpha1.Measure{{Kind: "PublicPost", For: []v1alpha1.Word{"Income"}, Department: "civil-affairs"}},
		},
		{
			"of the same kind, for another shortfall", []v1alpha1.Shortfall{food}, nil,
			plan(v1alpha1.Measure{Name: "a", Kind: "Subsistence", For: []v1alpha1.Word{"Income"}}), nil,
			[]v1alpha1.Measure{{Kind: "Subsistence", For: []v1alpha1.Word{"Food"}, Department: "civil-affairs"}},
		},
		{
			"cancelled is as good as none", []v1alpha1.Shortfall{food}, nil,
			plan(v1alpha1.Measure{Name: "a", Kind: "Subsistence", For: []v1alpha1.Word{"Food"}, Cancelled: &v1alpha1.Cancellation{}}), nil,
			[]v1alpha1.Measure{{Kind: "Subsistence", For: []v1alpha1.Word{"Food"}, Department: "civil-affairs"}},
		},
		{
			"delivered without effect is as good as none", []v1alpha1.Shortfall{food}, nil,
			plan(v1alpha1.Measure{Name: "a", Kind: "Subsistence", For: []v1alpha1.Word{"Food"}}), map[string]v1alpha1.MeasureState{"a": v1alpha1.MeasureIneffective},
			[]v1alpha1.Measure{{Kind: "Subsistence", For: []v1alpha1.Word{"Food"}, Department: "civil-affairs"}},
		},
		{
			"delivered, and nobody has looked since", []v1alpha1.Shortfall{food}, nil,
			plan(v1alpha1.Measure{Name: "a", Kind: "Subsistence", For: []v1alpha1.Word{"Food"}}), map[string]v1alpha1.MeasureState{"a": v1alpha1.MeasureDelivered}, nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			j := translate.Judgment{Household: &v1alpha1.HouseholdStatus{Shortfalls: tt.shortfalls, Proposed: tt.tier}, Plan: &v1alpha1.AssistancePlanStatus{}}
			for name, state := range tt.states {
				j.Plan.Measures = append(j.Plan.Measures, v1alpha1.MeasureStatus{Name: v1alpha1.ObjectName(name), State: state})
			}
			if diff := cmp.Diff(tt.want, Propose(translate.Papers{Plan: tt.plan}, &j)); diff != "" {
				t.Errorf("proposal (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNamesOfKindsAreKebab(t *testing.T) {
	for word, want := range map[string]string{"PublicPost": "public-post", "CloseOut": "close-out", "town-check": "town-check", "Identification": "identification", "ABTest": "a-b-test"} {
		if got := kebab(word); got != want {
			t.Errorf("%s: got %s, want %s", word, got, want)
		}
	}
}
