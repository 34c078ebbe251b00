// SPDX-License-Identifier: Apache-2.0

package decision

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/money"
)

// same compares everything that a verdict concludes.
var same = []cmp.Option{
	cmpopts.IgnoreFields(Verdict{}, "judge", "Plan", "Reasons"),
	cmpopts.IgnoreFields(SignalVerdict{}, "Plan"),
	cmpopts.IgnoreFields(ReviewVerdict{}, "Plan", "Procedure"),
	cmpopts.EquateEmpty(),
}

func someday(t *rapid.T) civil.Day {
	return firstDay.AddDays(rapid.IntRange(-10, 150).Draw(t, "today"))
}

func TestSameInputSameVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := someCase(t)
		today := someday(t)
		if diff := cmp.Diff(Decide(f, line, today), Decide(f, line, today), same...); diff != "" {
			t.Fatal(diff)
		}
	})
}

// decideDayByDay is Decide without its two short cuts: it judges every single
// day and forgets every answer in between.
func decideDayByDay(f *Family, line Timeline, today civil.Day) Verdict {
	j := &judge{fam: f, line: line}
	if len(line) == 0 || line[0].From > today {
		return Decide(f, line, today)
	}
	for d := line[0].From; d <= today; d++ {
		j.today, j.next = d, 0
		j.forget(ReadAll)
		for i := range j.memory {
			j.memory[i].asked = false
		}
		j.judgeDay()
	}
	return j.conclude()
}

// Judging only the days on which something could change gives what judging
// every day gives: no event is missed, and no remembered answer is stale. The
// next day of change may be announced in vain, for what is decided on a day can
// make a later event of no account, but never late.
func TestSkippingQuietDaysChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := someCase(t)
		today := someday(t)
		every, skipping := decideDayByDay(f, line, today), Decide(f, line, today)
		if next := every.NextChange; !next.IsZero() && (skipping.NextChange.IsZero() || skipping.NextChange > next) {
			t.Fatalf("the next change is announced for %s, not %s", skipping.NextChange, next)
		}
		every.NextChange = skipping.NextChange
		if diff := cmp.Diff(every, skipping, same...); diff != "" {
			t.Fatalf("(-every day +skipping)\n%s", diff)
		}
	})
}

// No verdict changes strictly between a day and its announced next change.
func TestNothingChangesBeforeTheAnnouncedDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := someCase(t)
		today := someday(t)
		first := Decide(f, line, today)
		if !first.NextChange.IsZero() && first.NextChange <= today {
			t.Fatalf("the next change %s does not lie ahead of %s", first.NextChange, today)
		}
		for d := today + 1; d < today+100 && (first.NextChange.IsZero() || d < first.NextChange); d++ {
			later := Decide(f, line, d)
			later.Day = first.Day
			if diff := cmp.Diff(first, later, same...); diff != "" {
				t.Fatalf("changed on %s, announced for %s\n%s", d, first.NextChange, diff)
			}
		}
	})
}

func TestOrderOfSetsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := someCase(t)
		today := someday(t)
		g := *f
		g.Measures = slices.Clone(f.Measures)
		slices.Reverse(g.Measures)
		g.Surveys = slices.Clone(f.Surveys)
		for i := range g.Surveys {
			g.Surveys[i].Guarantees = slices.Clone(g.Surveys[i].Guarantees)
			slices.Reverse(g.Surveys[i].Guarantees)
		}
		if diff := cmp.Diff(Decide(f, line, today), Decide(&g, line, today), same...); diff != "" {
			t.Fatal(diff)
		}
	})
}

// severity orders the answers a plan can give: a lower number is graver. What
// cannot be told is as grave as it gets, since somebody has to look.
func severity(v Verdict) int {
	switch {
	case v.Standing != Judged || v.Tier == Undetermined || v.Category == Undetermined:
		return -1
	case v.Tier == "" && v.Stage == OutOfScope:
		return len(v.Plan.Tiers) + 1
	case v.Tier == "":
		return len(v.Plan.Tiers)
	}
	return slices.IndexFunc(v.Plan.Tiers, func(t Tier) bool { return t.Name == v.Tier })
}

// completions states the missing facts of the one survey in every way.
func completions(s Survey) []Survey {
	all := []Survey{s}
	spread := func(missing func(Survey) bool, fill ...func(*Survey)) {
		var next []Survey
		for _, c := range all {
			if !missing(c) {
				next = append(next, c)
				continue
			}
			for _, f := range fill {
				filled := c
				filled.Guarantees = slices.Clone(c.Guarantees)
				f(&filled)
				next = append(next, filled)
			}
		}
		all = next
	}
	income := func(a money.Amount) func(*Survey) { return func(s *Survey) { s.SetAmount(Income, a) } }
	spread(func(s Survey) bool { return !s.Stated.Has(Income) }, income(50), income(150), income(250), income(350))
	for _, name := range standards[1:] {
		state := func(v string) func(*Survey) {
			return func(s *Survey) { s.Guarantees = append(s.Guarantees, Guarantee{Name: name, State: v}) }
		}
		spread(func(s Survey) bool { return s.State(name) == "" }, state("Met"), state("AtRisk"))
	}
	spread(func(s Survey) bool { return s.Risk == "" }, func(s *Survey) { s.Risk = "Good" }, func(s *Survey) { s.Risk = "Bad" })
	spread(func(s Survey) bool { return s.Labour == "" }, func(s *Survey) { s.Labour = "Good" }, func(s *Survey) { s.Labour = "Bad" })
	return all
}

// A missing fact never gives a milder verdict than every completion of it.
func TestAMissingFactNeverMakesAVerdictMilder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := somePlan(t, "p")
		plan.Until = 0
		f := &Family{Registration: "Graduated", Persons: 1, Surveys: []Survey{someSurvey(t, plan.From, false)}}
		f.Surveys[0].Method = "OnSite"
		got := Decide(f, lineOf(plan), plan.From)
		mildest := -1
		for _, c := range completions(f.Surveys[0]) {
			full := Decide(&Family{Registration: f.Registration, Persons: 1, Surveys: []Survey{c}}, lineOf(plan), plan.From)
			mildest = max(mildest, severity(full))
		}
		if severity(got) > mildest {
			t.Fatalf("%s/%s is milder than every completion (%d > %d)", got.Category, got.Tier, severity(got), mildest)
		}
	})
}

func TestATierIsOneOfThePlans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, line := someCase(t)
		v := Decide(f, line, someday(t))
		if v.Tier == "" || v.Tier == Undetermined {
			return
		}
		if !slices.ContainsFunc(v.Plan.Tiers, func(x Tier) bool { return x.Name == v.Tier }) {
			t.Fatalf("tier %q is none of the plan's", v.Tier)
		}
	})
}
