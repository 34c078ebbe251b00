// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/translate"
)

// The line of the plan that chooses among the readings of R01.T2.
const redReadingLine = `  - {name: redReading, values: [{from: "2020-01-01", number: "1"}]}`

// changeLine changes one line of the plan, which stands in it exactly once.
func changeLine(t *testing.T, text, line, to string) string {
	t.Helper()
	if n := strings.Count(text, line+"\n"); n != 1 {
		t.Fatalf("the line %q stands %d times in the plan, want once", line, n)
	}
	return strings.Replace(text, line+"\n", to+"\n", 1)
}

// verdict is what a reading decides.
type verdict struct {
	Stage    v1alpha1.Stage
	Category v1alpha1.Word
	Tier     v1alpha1.Word
	Reasons  string // the rules, joined by +
}

func verdictOn(w *translate.World, h *v1alpha1.Household, t *testing.T, date string) verdict {
	status := w.JudgeOn(translate.Papers{Household: h}, day(t, date)).Household
	rules := make([]string, len(status.Reasons))
	for i, r := range status.Reasons {
		rules[i] = string(r.Rule)
	}
	return verdict{status.Stage, status.Category, status.Tier, strings.Join(rules, "+")}
}

// TestTheReadingsOfRedAreOneLineApart shows what each reading of R01.T2 makes of
// the families that they differ about, and of some that they agree about. The
// numbers are those of the project's list of cases.
func TestTheReadingsOfRedAreOneLineApart(t *testing.T) {
	ill := func(f *facts) { f.hardship, f.cause = v1alpha1.HardshipDifficult, "Illness" }
	accident := func(f *facts) { f.hardship, f.cause = v1alpha1.HardshipDifficult, "SuddenEvent" }
	red := func(reasons string) verdict { return verdict{"Watched", "UnstableGraduated", "Red", reasons} }
	marginal := func(reasons string) verdict { return verdict{"Watched", "Marginal", "Red", reasons} }
	var (
		yellow     = verdict{"Watched", "Graduated", "Yellow", "between-the-lines"}
		noTier     = verdict{"Watched", "Graduated", "", ""}
		outOfScope = verdict{"OutOfScope", "", "", ""}
	)
	tests := []struct {
		name                string
		facts               facts
		wantU, wantP, wantJ verdict
	}{
		{
			name:  "R01#1 5000 and nothing wrong",
			facts: graduated("5000"),
			wantU: yellow, wantP: yellow, wantJ: yellow,
		}, {
			name:  "R01#5 4999.99 and housing possibly failing",
			facts: graduated("4999.99").with(func(f *facts) { f.housing = v1alpha1.GuaranteeAtRisk }),
			wantU: red("income-below-line+guarantee-at-risk"), wantP: red("income-below-line"), wantJ: red("income-below-line"),
		}, {
			name:  "4999.99 and nothing else wrong",
			facts: graduated("4999.99"),
			wantU: red("income-below-line"), wantP: red("income-below-line"), wantJ: noTier,
		}, {
			name:  "R01#7 12000, nothing wrong, in the 2019 library",
			facts: graduated("12000").with(func(f *facts) { f.marked = true }),
			wantU: verdict{"Monitored", "UnstableGraduated", "Red", "marked-earlier"},
			wantP: verdict{"Monitored", "UnstableGraduated", "Red", "marked-earlier"},
			wantJ: verdict{"Monitored", "UnstableGraduated", "Red", "marked-earlier"},
		}, {
			name:  "R01#10 7000, hardship through sudden illness, all guarantees met",
			facts: graduated("7000").with(ill),
			wantU: red("sudden-hardship"), wantP: yellow, wantJ: yellow,
		}, {
			name:  "R01#11 7000, no hardship, schooling possibly failing",
			facts: graduated("7000").with(func(f *facts) { f.education = v1alpha1.GuaranteeAtRisk }),
			wantU: red("guarantee-at-risk"), wantP: noTier, wantJ: noTier,
		}, {
			name:  "R01#11 7000, no hardship, schooling missing: lifted by R01.P5",
			facts: graduated("7000").with(func(f *facts) { f.education = v1alpha1.GuaranteeUnmet }),
			wantU: red("guarantee-at-risk"), wantP: red("guarantee-at-risk"), wantJ: red("guarantee-at-risk"),
		}, {
			name:  "7000, hardship through sudden illness, schooling possibly failing",
			facts: graduated("7000").with(ill).with(func(f *facts) { f.education = v1alpha1.GuaranteeAtRisk }),
			wantU: red("sudden-hardship+guarantee-at-risk"), wantP: red("sudden-hardship"), wantJ: red("sudden-hardship"),
		}, {
			name:  "R01#17 non-registered, 6000, hardship through an accident, medical care possibly failing",
			facts: unregistered("6000").with(accident).with(func(f *facts) { f.medical = v1alpha1.GuaranteeAtRisk }),
			wantU: marginal("sudden-hardship+guarantee-at-risk"), wantP: marginal("sudden-hardship"), wantJ: marginal("sudden-hardship"),
		}, {
			name:  "non-registered, 6000, hardship through an accident alone",
			facts: unregistered("6000").with(accident),
			wantU: marginal("sudden-hardship"), wantP: outOfScope, wantJ: outOfScope,
		}, {
			name:  "non-registered, 6000, medical care possibly failing alone",
			facts: unregistered("6000").with(func(f *facts) { f.medical = v1alpha1.GuaranteeAtRisk }),
			wantU: marginal("guarantee-at-risk"), wantP: outOfScope, wantJ: outOfScope,
		}, {
			name:  "non-registered, 4000, with a risk: monitored by R01.S3 whatever the reading",
			facts: unregistered("4000").with(func(f *facts) { f.risk = v1alpha1.RiskPresent }),
			wantU: marginal("income-below-line"), wantP: marginal("income-below-line"),
			wantJ: verdict{"Watched", "Marginal", "", ""},
		}, {
			name:  "R01#14 non-registered, 4000, no risk",
			facts: unregistered("4000"),
			wantU: outOfScope, wantP: outOfScope, wantJ: outOfScope,
		}, {
			name:  "R01#16 non-registered, 12000, nothing wrong",
			facts: unregistered("12000"),
			wantU: outOfScope, wantP: outOfScope, wantJ: outOfScope,
		},
	}
	text := townText(t)
	u := worldOf(t, text)
	p := worldOf(t, changeLine(t, text, redReadingLine, strings.Replace(redReadingLine, `"1"`, `"2"`, 1)))
	j := worldOf(t, changeLine(t, text, redReadingLine, strings.Replace(redReadingLine, `"1"`, `"3"`, 1)))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := test.facts.household()
			want := [3]verdict{test.wantU, test.wantP, test.wantJ}
			got := [3]verdict{verdictOn(u, h, t, "2020-04-30"), verdictOn(p, h, t, "2020-04-30"), verdictOn(j, h, t, "2020-04-30")}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("readings U, P, J (-want +got):\n%s", diff)
			}
		})
	}
}

// TestR01_32TheOtherReadingOfTheLibrary shows that the other reading of R01.T1,
// by which the 2019 library makes red only until it is cleared in June, is one
// line as well.
func TestR01_32TheOtherReadingOfTheLibrary(t *testing.T) {
	const line = `      when: household.marks.exists(m, m.system == 'NationalSystem' && m.year <= 2019)`
	const until = ` && (unmet.size() > 0 || today < timestamp('2020-07-01T00:00:00Z'))`
	text := townText(t)
	asShipped, cleared := worldOf(t, text), worldOf(t, changeLine(t, text, line, line+until))
	tests := []struct {
		name                   string
		income                 v1alpha1.Money
		date                   string
		wantShipped, wantOther v1alpha1.Word
	}{
		{"30 June, income 12000", "12000", "2020-06-30", "Red", "Red"},
		{"1 July, income 12000", "12000", "2020-07-01", "Red", "Green"},
		{"1 July, income 4800", "4800", "2020-07-01", "Red", "Red"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			h := graduated(test.income).with(func(f *facts) { f.marked = true }).household()
			got := [2]v1alpha1.Word{verdictOn(asShipped, h, t, test.date).Tier, verdictOn(cleared, h, t, test.date).Tier}
			if want := [2]v1alpha1.Word{test.wantShipped, test.wantOther}; got != want {
				t.Errorf("tiers as shipped and by the other reading: got %v, want %v", got, want)
			}
		})
	}
}
