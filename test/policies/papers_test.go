// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"fmt"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// everythingMet is what a visit states of a family of which no guarantee is short.
const everythingMet = `guarantees: [{name: Food, state: Met}, {name: Clothing, state: Met}, {name: Water, state: Met}, ` +
	`{name: Education, state: Met}, {name: Medical, state: Met}, {name: Housing, state: Met}]`

// papersIn reads a family's papers, as people write them: the household first,
// then its leads and reviews, each with its name and spec. Where they live and
// whose they are is filled in.
func papersIn(t testing.TB, namespace, text string) translate.Papers {
	t.Helper()
	var p translate.Papers
	for document := range strings.SplitSeq(text, "\n---\n") {
		var head struct{ Kind string }
		if err := yaml.Unmarshal([]byte(document), &head); err != nil {
			t.Fatal(err)
		}
		subject := v1alpha1.HouseholdReference{Name: "subject"}
		switch head.Kind {
		case "Household":
			p.Household = into(t, []byte(document), &v1alpha1.Household{})
			p.Household.Name, p.Household.Namespace = string(subject.Name), namespace
		case "RiskSignal":
			s := into(t, []byte(document), &v1alpha1.RiskSignal{})
			s.Namespace, s.Spec.HouseholdRef = namespace, subject
			p.Signals = append(p.Signals, s)
		case "Review":
			r := into(t, []byte(document), &v1alpha1.Review{})
			r.Namespace, r.Spec.HouseholdRef = namespace, subject
			p.Reviews = append(p.Reviews, r)
		default:
			t.Fatalf("%q is no paper of a family", head.Kind)
		}
	}
	if p.Household == nil {
		t.Fatal("there is no household among the papers")
	}
	return p
}

// kind is what a family is: its stage and category.
func kind(j translate.Judgment) string {
	return fmt.Sprintf("%s %s", j.Household.Stage, j.Household.Category)
}
