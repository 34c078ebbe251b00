// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fangpin.io/fangpin/internal/money"
)

// say writes the parts of a verdict that a table compares as a few lines.
func say(v Verdict) string {
	var b strings.Builder
	switch v.Standing {
	case NoPolicy:
		return "no policy"
	case PolicyConflict:
		return "conflict " + strings.Join(v.Policies, ",")
	case PolicyInvalid:
		return "invalid " + strings.Join(v.Policies, ",")
	}
	fmt.Fprintf(&b, "%s %s %s since %s", v.Stage, v.Category, v.Tier, v.TierSince)
	for _, s := range v.Shortfalls {
		fmt.Fprintf(&b, "; %s %s since %s due %s", s.Standard, s.State, s.Since, s.Due)
	}
	for _, d := range v.Deadlines {
		fmt.Fprintf(&b, "; %s/%s %s..%s %s%s", d.Kind, d.Name, d.Start, d.Due, d.State, d.EscalatedTo)
	}
	return b.String()
}

func TestAFamilyUnderTheTownPlan(t *testing.T) {
	poor := func(surveys ...Survey) *Family {
		return &Family{Registration: "Graduated", Persons: 3, Surveys: surveys}
	}
	tests := map[string]struct {
		family *Family
		on     string
		want   string
	}{
		"before the plan nobody is judged": {poor(visit(t, "2020-03-01", 400000, "Met")), "2020-03-24", "no policy"},
		"after the plan nobody is judged":  {poor(visit(t, "2020-03-01", 400000, "Met")), "2021-01-01", "no policy"},
		"on the plan's last day everybody is": {poor(visit(t, "2020-12-02", 600000, "Met")), "2020-12-31",
			"Watched Graduated Yellow since 2020-12-02"},
		"income of exactly 5000 is yellow": {poor(visit(t, "2020-04-12", 500000, "Met")), "2020-05-01",
			"Watched Graduated Yellow since 2020-04-12; Survey/survey 2020-05-01..2020-05-31 Pending"},
		"a fen below 5000 is red, and due by the end of June": {poor(visit(t, "2020-04-12", 499999, "Met")), "2020-05-01",
			"Watched Graduated Red since 2020-04-12; Income Open since 2020-04-12 due 2020-06-30; " +
				"Tier/clear-red 2020-04-12..2020-06-30 Pending; Survey/survey 2020-05-01..2020-05-31 Pending"},
		"unchanged surveys keep the first day": {poor(visit(t, "2020-04-12", 499999, "Met"), unchanged(t, "2020-05-02"), unchanged(t, "2020-06-02")), "2020-06-30",
			"Watched Graduated Red since 2020-04-12; Income Open since 2020-04-12 due 2020-06-30; " +
				"Tier/clear-red 2020-04-12..2020-06-30 Pending; Survey/survey 2020-07-01..2020-07-31 Pending"},
		"on the day after the due day it is overdue": {poor(visit(t, "2020-04-12", 499999, "Met"), unchanged(t, "2020-06-02")), "2020-07-01",
			"Watched Graduated Red since 2020-04-12; Income Overdue since 2020-04-12 due 2020-06-30; " +
				"Tier/clear-red 2020-04-12..2020-06-30 OverdueTownship; Survey/survey 2020-07-01..2020-07-31 Pending"},
		"fifteen days later the county is told": {poor(visit(t, "2020-04-12", 499999, "Met"), unchanged(t, "2020-06-02")), "2020-07-16",
			"Watched Graduated Red since 2020-04-12; Income Overdue since 2020-04-12 due 2020-06-30; " +
				"Tier/clear-red 2020-04-12..2020-06-30 OverdueCounty; Survey/survey 2020-07-01..2020-07-31 Pending"},
		"found red in July, due at the end of July": {poor(visit(t, "2020-07-15", 499999, "Met")), "2020-07-15",
			"Watched Graduated Red since 2020-07-15; Income Open since 2020-07-15 due 2020-07-31; " +
				"Tier/clear-red 2020-07-15..2020-07-31 Pending; Survey/survey 2020-08-01..2020-08-31 Pending"},
		"recovered in time: met, and listed to the end of the year": {poor(visit(t, "2020-04-12", 499999, "Met"), visit(t, "2020-06-30", 800000, "Met")), "2020-12-31",
			"Watched Graduated Yellow since 2020-06-30; Tier/clear-red 2020-04-12..2020-06-30 Met; Survey/survey 2020-07-01..2020-07-31 Overdue"},
		"recovered a day late": {poor(visit(t, "2020-04-12", 499999, "Met"), visit(t, "2020-07-01", 800000, "Met")), "2020-07-01",
			"Watched Graduated Yellow since 2020-07-01; Tier/clear-red 2020-04-12..2020-06-30 MetLate; Survey/survey 2020-08-01..2020-08-31 Pending"},
		"fallen again: a new run replaces the one that was met": {poor(visit(t, "2020-04-12", 499999, "Met"), visit(t, "2020-05-12", 800000, "Met"), visit(t, "2020-08-03", 400000, "Met")), "2020-08-03",
			"Watched Graduated Red since 2020-08-03; Income Open since 2020-08-03 due 2020-08-31; " +
				"Tier/clear-red 2020-08-03..2020-08-31 Pending; Survey/survey 2020-09-01..2020-09-30 Pending"},
		"a guarantee that visits no longer state keeps the family red until one says that it is met": {
			poor(visit(t, "2020-04-12", 499999, "AtRisk"), visit(t, "2020-05-12", 499999, ""), visit(t, "2020-05-20", 800000, ""), visit(t, "2020-06-12", 900000, "Met")), "2020-07-20",
			"Watched Graduated Yellow since 2020-06-12; Tier/clear-red 2020-04-12..2020-06-30 Met; Survey/survey 2020-07-01..2020-07-31 Pending"},
		"without a survey nothing can be told": {poor(), "2020-04-01",
			"Watched Graduated Undetermined since 2020-03-25; Survey/survey 2020-04-01..2020-04-30 Pending"},
		"no survey in April: overdue on 1 May": {poor(), "2020-05-01",
			"Watched Graduated Undetermined since 2020-03-25; Survey/survey 2020-04-01..2020-04-30 Overdue"},
		"income unknown, housing failing: red all the same": {poor(visit(t, "2020-04-12", -1, "AtRisk")), "2020-04-12",
			"Watched Graduated Red since 2020-04-12; Housing Open since 2020-04-12 due 2020-06-30; " +
				"Tier/clear-red 2020-04-12..2020-06-30 Pending; Survey/survey 2020-05-01..2020-05-31 Pending"},
		"housing unknown: the rule below that holds stands": {poor(visit(t, "2020-04-12", 700000, "")), "2020-04-12",
			"Watched Graduated Yellow since 2020-04-12; Survey/survey 2020-05-01..2020-05-31 Pending"},
		"a survey by telephone is not seen": {poor(Survey{Date: day(t, "2020-04-12"), Method: "Phone", Amounts: [amountCount]money.Amount{Income: 499999}, Stated: AmountSet(0).With(Income)}), "2020-04-12",
			"Watched Graduated Undetermined since 2020-03-25; Survey/survey 2020-04-01..2020-04-30 Pending"},
		"a mark of the library of 2019 is red from the plan's first day, and identified": {
			&Family{Registration: "Graduated", Marks: []Mark{{Category: "UnstableGraduated", System: "NationalSystem", Date: day(t, "2019-12-31")}}}, "2020-03-25",
			"Monitored UnstableGraduated Red since 2020-03-25; Tier/clear-red 2020-03-25..2020-06-30 Pending; Survey/survey 2020-04-01..2020-04-30 Pending"},
		"a family that is not registered and not poor is out of scope": {&Family{Registration: "None", Surveys: []Survey{visit(t, "2020-04-12", 500000, "AtRisk")}}, "2020-04-12",
			"OutOfScope   since "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := say(Decide(tt.family, lineOf(townPlan(t)), day(t, tt.on)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// Without a completed Warning a shortfall is found and nobody is told; without a
// completed CloseOut one that was routed stays open when it is mended.
func TestShortfallsUnderWarningAndCloseOut(t *testing.T) {
	family := &Family{Registration: "Graduated", Persons: 3, Surveys: []Survey{
		visit(t, "2020-04-12", 400000, "Met"), visit(t, "2020-05-12", 800000, "Met"),
	}}
	tests := map[string]struct {
		purpose, on, want string
	}{
		"found, under a warning procedure":                     {"Warning", "2020-04-20", "Income Found routed  to []"},
		"a found one closes as soon as its standard holds":     {"Warning", "2020-05-12", ""},
		"routed, under a close-out procedure":                  {"CloseOut", "2020-04-20", "Income Open routed 2020-04-12 to [human-resources]"},
		"mended, it stays open until the close-out has passed": {"CloseOut", "2020-05-12", "Income Open routed 2020-04-12 to [human-resources]"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			plan := townPlan(t)
			plan.Procedures = append(plan.Procedures, Procedure{Purpose: tt.purpose})
			got := ""
			for _, s := range Decide(family, lineOf(plan), day(t, tt.on)).Shortfalls {
				got += fmt.Sprintf("%s %s routed %s to %v", s.Standard, s.State, s.Routed, s.Departments)
			}
			if got != tt.want {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

// Entering the tier again while its deadline runs starts no second run, not even
// after the first is met.
func TestEnteringAgainWhileADeadlineRunsStartsNone(t *testing.T) {
	plan := townPlan(t)
	plan.Deadlines[0].MetWhen = MetRecorded
	plan.Tiers[1].Ledgers = nil
	family := &Family{Registration: "Graduated", Persons: 3,
		Surveys: []Survey{visit(t, "2020-04-01", 400000, "Met"), visit(t, "2020-04-10", -1, ""), visit(t, "2020-04-20", 400000, "Met"), unchanged(t, "2020-05-12")},
		Marks:   []Mark{{System: "BigDataPlatform", Date: day(t, "2020-05-05")}, {System: "NationalSystem", Date: day(t, "2020-05-05")}},
	}
	for on, want := range map[string]string{
		"2020-04-10": "2020-04-01 Pending", // the tier cannot be told
		"2020-04-20": "2020-04-01 Pending", // red again
		"2020-05-05": "2020-04-01 Met",
		"2020-05-12": "2020-04-01 Met",
	} {
		got := ""
		for _, d := range Decide(family, lineOf(plan), day(t, on)).Deadlines {
			if d.Kind == TierDeadline {
				got = fmt.Sprintf("%s %s", d.Start, d.State)
			}
		}
		if got != want {
			t.Errorf("on %s: want %s, got %s", on, want, got)
		}
	}
}
