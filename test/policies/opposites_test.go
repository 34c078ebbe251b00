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

// TestOppositePlansOfTwoTownships sets the town's plan of 2020 (east) against the
// township's of 2021, as if made a year earlier (west).
func TestOppositePlansOfTwoTownships(t *testing.T) {
	const well = "risk: None, hardship: None, incomeTrend: Stable, spendingTrend: Normal, labour: Full, " + everythingMet
	w := sideBySide(t, shipped(t, "town-2020"), from(shipped(t, "township-2021"), "2020-03-25"))
	graduated := func(found string) string { return household("registration: Graduated", "2020-04-12", found) }
	runOpposites(t, w, []opposite{{
		name: "X1 public notice: no step here, asked for there",
		papers: graduated(`income: "4800", `+well) + `
---
{kind: Review, metadata: {name: inclusion}, spec: {purpose: Identification, opened: "2020-04-12", records: [{step: home-visit, date: "2020-04-12", by: zhang, outcome: Passed}, {step: village-appraisal, date: "2020-04-14", by: liu, outcome: Passed, attendance: [{role: VillageCommittee, count: 2}, {role: WorkTeam, count: 1}, {role: VillageRepresentative, count: 15}]}]}}`,
		date: "2020-04-30", ask: nextStep,
		wantEast: "InProgress, next first-appraisal", wantWest: "InProgress, next public-notice",
	}, {
		name: "X2 a household's own application: refused here, accepted there",
		papers: graduated(`income: "7000", `+well) + `
---
{kind: RiskSignal, metadata: {name: lead}, spec: {source: SelfReport, cause: Illness, amount: "6200", date: "2020-04-20", document: bill-1, consent: Given}}`,
		date: "2020-04-30", ask: lead,
		wantEast: "Refused", wantWest: "AwaitingVerification",
	}, {
		name: "X4 tiers here, none there", papers: graduated(`income: "4800", ` + well), date: "2020-04-30", ask: tier,
		wantEast: "Red", wantWest: "",
	}, {
		name: "X5 a safe 脱贫户: green and watched here, out of scope there", papers: graduated(`income: "12000", ` + well), date: "2020-04-30", ask: kind,
		wantEast: "Watched Graduated", wantWest: "OutOfScope ",
	}, {
		name: "X7 the line: 5500 is above it here, below it there", papers: graduated(`income: "5500", ` + well), date: "2020-04-30", ask: shortfalls,
		wantEast: "", wantWest: "Income Open",
	}, {
		name:   "X12 severe hardship of a non-registered family, nothing else: its own kind there",
		papers: household("registration: None", "2020-04-12", `income: "9000", causes: [PriceDrop], risk: Present, hardship: Severe, incomeTrend: Stable, spendingTrend: Normal, labour: Full, `+everythingMet), date: "2020-04-30", ask: kind,
		wantEast: "OutOfScope ", wantWest: "Watched SevereHardship",
	}, {
		name:   "X16 known in 2019: monitored here, a candidate at most there",
		papers: household(`registration: Graduated, marks: [{category: UnstableGraduated, system: NationalSystem, date: "2019-12-31"}]`, "2020-04-12", `income: "4800", `+well), date: "2020-04-30", ask: kind,
		wantEast: "Monitored UnstableGraduated", wantWest: "Watched UnstableGraduated",
	}, {
		name: "X26 help by the end of June here, without a day there", papers: graduated(`income: "4800", ` + well), date: "2020-04-30", ask: shortfalls,
		wantEast: "Income Open 2020-06-30", wantWest: "Income Open",
	}, {
		name: "X27 no way out here, two quarters there", papers: graduated(`income: "7000", ` + well), identified: "2020-04-20", date: "2020-04-30", ask: eligible,
		wantEast: "no elimination", wantWest: "eligible false [minimum-period]",
	}, {
		name:       "X31, case 236 no labour: due by the end of June here",
		papers:     graduated(`income: "4800", labour: None, risk: Present, hardship: None, incomeTrend: Stable, spendingTrend: Normal, ` + everythingMet),
		identified: "2020-04-20", date: "2020-07-01", ask: deadlines,
		wantEast: "clear-red 2020-06-30 Overdue, survey 2020-05-31 Overdue", wantWest: "survey 2020-05-31 Overdue",
	}, {
		name:       "X31, case 236 no labour, two quarters gone and all well: held there all the same",
		papers:     graduated(`income: "7000", labour: None, risk: None, hardship: None, incomeTrend: Stable, spendingTrend: Normal, ` + everythingMet),
		identified: "2020-04-20", date: "2020-12-31", ask: eligible,
		wantEast: "no elimination", wantWest: "eligible false [no-labour]",
	}})
}

// TestOppositeWaysOut sets the district's guideline (east) against the
// township's plan of 2021 (west).
func TestOppositeWaysOut(t *testing.T) {
	w := sideBySide(t, shipped(t, "district-2020"), shipped(t, "township-2021"))
	visits := func(labour string) string {
		return `{kind: Household, spec: {registration: None, persons: 3, surveys: [{date: "2021-04-12", method: OnSite, income: "4800", risk: Present, incomeTrend: Stable, spendingTrend: Normal, labour: ` + labour + `, ` + everythingMet + `}, {date: "2021-12-12", method: OnSite, income: "9000", risk: None, incomeTrend: Stable, spendingTrend: Normal, labour: ` + labour + `, ` + everythingMet + `}]}}`
	}
	// The file of each way out: what a plan has no step for is listed and holds nothing up.
	const exit = `
---
{kind: Review, metadata: {name: exit}, spec: {purpose: Elimination, opened: "2021-12-13", records: [{step: home-visit, date: "2021-12-13", by: zhang, outcome: Passed}, {step: village-appraisal, date: "2021-12-14", by: liu, outcome: Passed}, {step: public-notice, date: "2021-12-20", from: "2021-12-15", until: "2021-12-18", sites: [village-office], objections: 0, by: liu, outcome: Passed}, {step: township-document, date: "2021-12-21", by: township-head, document: letter-9, outcome: Passed}, {step: county-filing, date: "2021-12-22", by: county-head, outcome: Passed}, {step: township-review, date: "2021-12-21", by: township-head, outcome: Passed}, {step: district-filing, date: "2021-12-22", by: county-head, outcome: Passed}]}}`
	runOpposites(t, w, []opposite{{
		name: "X30 eliminated: tracked on here, released there", papers: visits("Full") + exit, identified: "2021-04-20", date: "2021-12-31", ask: stageAndDeadlines,
		wantEast: "Eliminated: survey 2022-01-31 Pending", wantWest: "Eliminated",
	}, {
		name: "X31 no labour: no bar here, a bar there", papers: visits("Lost"), identified: "2021-04-20", date: "2021-12-31", ask: eligible,
		wantEast: "eligible true []", wantWest: "eligible false [no-labour]",
	}, {
		name: "X34 a lead of exactly 5000: below the line here, verified in any case there",
		papers: visits("Full") + `
---
{kind: RiskSignal, metadata: {name: lead}, spec: {source: Department, department: medical-security, cause: Illness, amount: "5000", date: "2021-05-06"}}`,
		date: "2021-05-20", ask: lead,
		wantEast: "BelowLine", wantWest: "AwaitingVerification",
	}})
}

// TestOppositeColours sets red, yellow and green (east) against red, yellow and
// blue, as if made a year earlier (west).
func TestOppositeColours(t *testing.T) {
	w := sideBySide(t, shipped(t, "town-2020"), from(shipped(t, "city-tiers-2021"), "2020-03-25"))
	runOpposites(t, w, []opposite{{
		name:   "X5 a secure 脱贫户: green here, no tier there",
		papers: household("registration: Graduated", "2020-04-12", `income: "12000", risk: None, hardship: None, incomeTrend: Stable, spendingTrend: Normal, labour: Full, `+everythingMet), date: "2020-04-30", ask: tier,
		wantEast: "Green", wantWest: "",
	}, {
		name:   "X6 labour partly lost, income unsteady, a hard life: yellow by its income here, blue there",
		papers: household("registration: Graduated", "2020-04-12", `income: "7000", risk: Present, hardship: Difficult, incomeTrend: Unstable, spendingTrend: Normal, labour: Partial, `+everythingMet), date: "2020-04-30", ask: tier,
		wantEast: "Yellow", wantWest: "Blue",
	}})
}

// TestNoPlanSpeaksOfAnothersColour shows of cases 238 and 239 that a tier is the
// plan's own: blue cannot be named in a plan of red, yellow and green, nor green in
// one of red, yellow and blue, and on a family it cannot be set at all.
func TestNoPlanSpeaksOfAnothersColour(t *testing.T) {
	tests := []struct{ name, pack, foreign string }{
		{"case 238: blue under R01", "town-2020", "Blue"},
		{"case 239: green under R14", "city-tiers-2021", "Green"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := shipped(t, test.pack)
			p.Spec.Surveys = append([]v1alpha1.SurveyRule{{Every: "Month", Tiers: []v1alpha1.Word{v1alpha1.Word(test.foreign)}}}, p.Spec.Surveys...)
			problems := translate.CompilePolicy(p).Problems
			refused := false
			for _, p := range problems {
				refused = refused || p.Path == "spec.surveys[0].tiers[0]" && strings.Contains(p.Message, "no tier "+test.foreign)
			}
			if !refused {
				t.Errorf("a survey rule for tier %s is not refused: %v", test.foreign, problems)
			}
			set := fmt.Sprintf("{kind: Household, spec: {registration: Graduated, persons: 3, tier: %s}}", test.foreign)
			if err := yaml.UnmarshalStrict([]byte(set), &v1alpha1.Household{}); err == nil || !strings.Contains(err.Error(), `unknown field "tier"`) {
				t.Errorf("a family's tier can be set: %v", err)
			}
		})
	}
}

// insurerPlan is what R17 says of whom it is for: 「将当年家庭人均可支配收入低于这个标准的
// 农村人口纳入监测范围」, the standard being 「年人均纯收入不高于5200元」.
const insurerPlan = `
apiVersion: fangpin.io/v1alpha1
kind: MonitoringPolicy
metadata: {name: insurer}
spec:
  jurisdictionRef: {name: west}
  effectiveFrom: "2020-03-15"
  parameters: [{name: line, values: [{from: "2020-03-15", value: "5200"}]}]
  categories:
  - {name: NotHighGraduated, displayName: 非高标准脱贫户, when: household.registration == 'Graduated' && survey.income <= params.line}
  - {name: LowIncome, displayName: 非贫低收入户, when: household.registration == 'None' && survey.income <= params.line}
`

// TestR03_R17_235OneFamilyUnderTwoLines shows case 235: at 4999.99 with a risk a
// family is in under both plans, at 5100 with a risk and no plunge under R17's alone.
func TestR03_R17_235OneFamilyUnderTwoLines(t *testing.T) {
	w := sideBySide(t, shipped(t, "county-2020"), policyIn(t, insurerPlan))
	tests := []struct{ income, wantEast, wantWest string }{
		{"4999.99", "Watched Marginal", "Watched LowIncome"},
		{"5000", "OutOfScope ", "Watched LowIncome"},
		{"5100", "OutOfScope ", "Watched LowIncome"},
		{"5200", "OutOfScope ", "Watched LowIncome"},
		{"5200.01", "OutOfScope ", "OutOfScope "},
	}
	for _, test := range tests {
		t.Run(test.income, func(t *testing.T) {
			papers := household("registration: None", "2020-04-12", `income: "`+test.income+`", risk: Present, incomeTrend: Stable, spendingTrend: Normal, `+everythingMet)
			judged := func(namespace string) string {
				return kind(w.JudgeOn(papersIn(t, namespace, papers), day(t, "2020-04-30")))
			}
			got := [2]string{judged(east), judged(west)}
			if want := [2]string{test.wantEast, test.wantWest}; got != want {
				t.Errorf("R03 and R17: got %q, want %q", got, want)
			}
		})
	}
}
