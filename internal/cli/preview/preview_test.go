// SPDX-License-Identifier: Apache-2.0

package preview

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/papers"
	"fangpin.io/fangpin/internal/population"
	"fangpin.io/fangpin/internal/translate"
)

// townPlan is the shipped plan, with its red line at an amount.
func townPlan(t testing.TB, redLine string) *v1alpha1.MonitoringPolicy {
	t.Helper()
	text, err := os.ReadFile("../../../config/policies/town-2020.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for document := range strings.SplitSeq(string(text), "\n---\n") {
		p := &v1alpha1.MonitoringPolicy{}
		if err := yaml.Unmarshal([]byte(document), p); err != nil {
			t.Fatal(err)
		}
		if p.Kind != "MonitoringPolicy" {
			continue
		}
		for i := range p.Spec.Parameters {
			if p.Spec.Parameters[i].Name == "redLine" {
				p.Spec.Parameters[i].Values[0].Value = v1alpha1.Money(redLine)
			}
		}
		return p
	}
	t.Fatal("the shipped file holds no policy")
	return nil
}

func day(t testing.TB, text string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// town is an invented town of families with a year of surveys.
type town struct {
	tree     []*v1alpha1.Jurisdiction
	families []*v1alpha1.Household
}

func newTown(t testing.TB, seed uint64, families int) town {
	t.Helper()
	invented := population.New(population.Options{Seed: seed, Groups: population.OfSize(families), Villages: 3})
	return town{invented.Jurisdictions, invented.After(day(t, "2020-12-28"))}
}

// days tallies the families of a town under two sets of policies.
func (w town) days(old, changed []*v1alpha1.MonitoringPolicy, level v1alpha1.JurisdictionLevel, days ...civil.Day) ([]Day, int) {
	base, after := papers.Shared{Policies: old, Jurisdictions: w.tree}, papers.Shared{Policies: changed, Jurisdictions: w.tree}
	return w.tallied(NewWorlds(&base, &after, translate.Options{}), level, days...)
}

func (w town) tallied(worlds Worlds, level v1alpha1.JurisdictionLevel, days ...civil.Day) ([]Day, int) {
	tally := NewTally(worlds, days, level)
	for _, h := range w.families {
		tally.Add(worlds.Compare(translate.Papers{Household: h}, days))
	}
	return tally.Days(func(civil.Day) []DutyChange { return nil }), tally.Reached
}

// households sums a table up.
func households(list []Transition, moves bool) (all, moved int) {
	for _, t := range list {
		all += t.Households
		if !t.Stays() {
			moved += t.Households
		}
	}
	if moves {
		return all, moved
	}
	return all, 0
}

func TestTheBooksBalance(t *testing.T) {
	// The worlds are compiled once; none, one, and two policies in conflict.
	tree := newTown(t, 1, 3).tree
	rival := townPlan(t, "5000")
	rival.Name = "rival"
	sets := [][]*v1alpha1.MonitoringPolicy{{townPlan(t, "3000")}, {townPlan(t, "5000")}, {townPlan(t, "9000")}, nil, {townPlan(t, "5000"), rival}}
	worlds := make([]*translate.World, len(sets))
	for i, policies := range sets {
		worlds[i] = translate.NewWorld(policies, tree, translate.Options{})
	}
	rapid.Check(t, func(r *rapid.T) {
		size := rapid.IntRange(3, 40).Draw(r, "families")
		w := newTown(t, rapid.Uint64().Draw(r, "seed"), size)
		old := worlds[rapid.IntRange(0, len(worlds)-1).Draw(r, "old")]
		changed := worlds[rapid.IntRange(0, len(worlds)-1).Draw(r, "new")]
		on := civil.Day(int(day(t, "2020-03-20")) + rapid.IntRange(0, 320).Draw(r, "day"))
		level := rapid.SampledFrom([]v1alpha1.JurisdictionLevel{v1alpha1.LevelVillage, v1alpha1.LevelTownship, v1alpha1.LevelCounty}).Draw(r, "level")
		there, _ := w.tallied(Worlds{Old: old, New: changed}, level, on)
		back, _ := w.tallied(Worlds{Old: changed, New: old}, level, on)
		d, b := there[0], back[0]
		if d.Households != size || d.Moved+d.Unmoved != size {
			t.Fatalf("%d families: %d looked at, %d moved and %d not", size, d.Households, d.Moved, d.Unmoved)
		}
		var sums Figures
		for i := range d.Jurisdictions {
			sums.add(&d.Jurisdictions[i].Figures)
		}
		if diff := cmp.Diff(d.Figures, sums); diff != "" {
			t.Fatalf("the jurisdictions do not add up to the whole (-whole +sum):\n%s", diff)
		}
		for name, table := range map[string]struct {
			list  []Transition
			moved int
		}{"tiers": {d.Tiers, d.Tier}, "categories": {d.Categories, d.Category}, "stages": {d.Stages, d.Stage}} {
			if all, moved := households(table.list, true); all != size || moved != table.moved {
				t.Fatalf("%s: %d families of %d, %d moved and %d counted", name, all, size, moved, table.moved)
			}
		}
		by := map[string]int{}
		for _, c := range d.Causes {
			by[c.What] += c.Households
		}
		if by[MovesTier] != d.Tier || by[MovesCategory] != d.Category || by[MovesStage] != d.Stage {
			t.Fatalf("causes %v, moves %d, %d, %d", by, d.Tier, d.Category, d.Stage)
		}
		mirrored(t, &d.Figures, &b.Figures)
	})
}

// mirrored checks that the way back is the way there reversed.
func mirrored(t *testing.T, there, back *Figures) {
	t.Helper()
	for name, pair := range map[string][2]int{
		"moved": {there.Moved, back.Moved}, "tier": {there.Tier, back.Tier}, "unjudged": {there.BecomesUnjudged, back.BecomesJudged},
		"shortfalls": {there.ShortfallsOpened, back.ShortfallsClosed}, "deadlines": {there.DeadlinesAppear, back.DeadlinesVanish},
		"earlier": {there.DeadlinesEarlier, back.DeadlinesLater}, "overdue": {there.OverdueAtOnce, back.NoLongerOverdue},
		"measures": {there.MeasuresAdded, back.MeasuresWithdrawn},
	} {
		if pair[0] != pair[1] {
			t.Fatalf("%s: %d there and %d back", name, pair[0], pair[1])
		}
	}
}

// TestNoChangeMovesNobody compiles the same plan twice, so that nothing is taken
// over and every family is judged in both worlds.
func TestNoChangeMovesNobody(t *testing.T) {
	w := newTown(t, 7, 60)
	one, same := []*v1alpha1.MonitoringPolicy{townPlan(t, "5000")}, []*v1alpha1.MonitoringPolicy{townPlan(t, "5000")}
	days, reached := w.days(one, same, v1alpha1.LevelVillage, day(t, "2020-12-28"), day(t, "2020-06-15"))
	if reached != 60 {
		t.Errorf("%d families were judged twice, want 60", reached)
	}
	for _, d := range days {
		if d.Moved+d.DeadlinesAppear+d.DeadlinesVanish+d.ShortfallsOpened+d.OverdueAtOnce+d.MeasuresAdded != 0 {
			t.Errorf("%s: %+v", d.Date, d.Figures)
		}
	}
	if _, reached := w.days(one, one, v1alpha1.LevelVillage, day(t, "2020-12-28")); reached != 0 {
		t.Errorf("%d families were judged twice under one and the same policy", reached)
	}
}

// TestJudgingOnceIsJudgingTwice: where nothing differs, what is skipped says the
// same as judging in full.
func TestJudgingOnceIsJudgingTwice(t *testing.T) {
	w := newTown(t, 11, 40)
	plan := townPlan(t, "5000")
	one, copied := []*v1alpha1.MonitoringPolicy{plan}, []*v1alpha1.MonitoringPolicy{plan.DeepCopy()} // compiled apart
	quick, reached := w.days(one, one, v1alpha1.LevelVillage, day(t, "2020-08-31"))
	full, reachedInFull := w.days(one, copied, v1alpha1.LevelVillage, day(t, "2020-08-31"))
	if reached != 0 || reachedInFull != 40 {
		t.Errorf("%d and %d families within reach, want 0 and 40", reached, reachedInFull)
	}
	if diff := cmp.Diff(full, quick); diff != "" {
		t.Errorf("-in full +quick:\n%s", diff)
	}
}

// TestAPlanThatIsToEndAsksForNoLaterSurvey: a later plan is felt before it
// begins, so that days before it may not be skipped.
func TestAPlanThatIsToEndAsksForNoLaterSurvey(t *testing.T) {
	w := newTown(t, 11, 40)
	old, later := townPlan(t, "5000"), townPlan(t, "5000")
	later.Name, later.Spec.EffectiveFrom = "later", "2020-09-15"
	days, _ := w.days([]*v1alpha1.MonitoringPolicy{old}, []*v1alpha1.MonitoringPolicy{old, later}, v1alpha1.LevelVillage, day(t, "2020-08-31"))
	if d := days[0]; d.Moved != 0 || d.DeadlinesVanish == 0 {
		t.Errorf("%d families move, %d deadlines vanish", d.Moved, d.DeadlinesVanish)
	}
}

func TestDaysAreThoseOnWhichTheChangeBegins(t *testing.T) {
	old, later := townPlan(t, "5000"), townPlan(t, "5000")
	later.Name, later.Spec.EffectiveFrom = "later", "2020-09-01"
	dated := old.DeepCopy()
	for i := range dated.Spec.Parameters {
		if dated.Spec.Parameters[i].Name == "redLine" {
			dated.Spec.Parameters[i].Values = append(dated.Spec.Parameters[i].Values, v1alpha1.ParameterValue{From: "2020-11-01", Value: "6000"})
		}
	}
	base := papers.Shared{Policies: []*v1alpha1.MonitoringPolicy{old}}
	_, altered := Change{Given: papers.Shared{Policies: []*v1alpha1.MonitoringPolicy{dated, later}}}.Apply(&base)
	if diff := cmp.Diff([]civil.Day{day(t, "2020-09-01"), day(t, "2020-11-01")}, Days(altered, day(t, "2020-07-01"))); diff != "" {
		t.Error(diff)
	}
	if got := Days(altered, day(t, "2020-11-01")); len(got) != 0 {
		t.Errorf("days that have come: %v", got)
	}
}

func TestReasonsNameWhatDiffers(t *testing.T) {
	old, changed := townPlan(t, "5000"), townPlan(t, "6000")
	changed.Spec.EffectiveUntil = "2021-01-31"
	want := []Reason{
		{Part: PartParameter, Name: "redLine", What: Changed, Old: "5000", New: "6000"},
		{Part: "effectiveUntil", What: Changed, Old: string(old.Spec.EffectiveUntil), New: "2021-01-31"},
	}
	if diff := cmp.Diff(want, differences(old, changed)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want[:1], because(old, changed, PartRule, "Yellow/between-the-lines")); diff != "" {
		t.Errorf("the rule reads the line:\n%s", diff)
	}
	if got := because(old, changed, PartRule, "Green/above-the-lines"); got != nil {
		t.Errorf("a rule that reads another line: %v", got)
	}
}

func TestDutiesAreComparedByPeriod(t *testing.T) {
	state := func(period, due string, s v1alpha1.DutyStateName) v1alpha1.DutyState {
		return v1alpha1.DutyState{Name: "report", Period: v1alpha1.Period(period), Due: v1alpha1.Date(due), State: s}
	}
	old := []v1alpha1.DutyState{
		state("2020-04", "2020-05-10", v1alpha1.DutyDue), state("2020-05", "2020-06-10", v1alpha1.DutyPending), state("2020-03", "2020-04-10", v1alpha1.DutyOverdue),
	}
	changed := []v1alpha1.DutyState{
		state("2020-04", "2020-05-02", v1alpha1.DutyOverdue), state("2020-05", "2020-06-10", v1alpha1.DutyPending), state("2020-06", "2020-07-02", v1alpha1.DutyPending),
	}
	want := []DutyChange{
		{Jurisdiction: "town", Duty: "report", Period: "2020-03", What: DutyNoLongerOverdue, OldDue: "2020-04-10"},
		{Jurisdiction: "town", Duty: "report", Period: "2020-03", What: DutyVanishes, OldDue: "2020-04-10"},
		{Jurisdiction: "town", Duty: "report", Period: "2020-04", What: DutyMoves, OldDue: "2020-05-10", NewDue: "2020-05-02"},
		{Jurisdiction: "town", Duty: "report", Period: "2020-04", What: DutyOverdueAtOnce, OldDue: "2020-05-10", NewDue: "2020-05-02"},
		{Jurisdiction: "town", Duty: "report", Period: "2020-06", What: DutyAppears, NewDue: "2020-07-02"},
	}
	if diff := cmp.Diff(want, CompareDuties("town", old, changed)); diff != "" {
		t.Error(diff)
	}
	if got := CompareDuties("town", old, old); got != nil {
		t.Errorf("the same duties: %v", got)
	}
}

func TestBudgets(t *testing.T) {
	for _, tt := range []struct {
		text            string
		moved, families int
		want            bool
	}{
		{"5%", 5, 100, true}, {"5%", 6, 100, false}, {"2.5%", 25, 1000, true}, {"2.5%", 26, 1000, false}, {"0.05%", 1, 2000, true},
		{"100%", 9, 9, true}, {"0%", 0, 9, true}, {"0", 1, 9, false}, {"3", 3, 9, true}, {"3", 4, 9, false}, {"5%", 0, 0, true},
	} {
		b, err := ParseBudget(tt.text)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.Allows(tt.moved, tt.families); got != tt.want {
			t.Errorf("%s: %d of %d: got %v", tt.text, tt.moved, tt.families, got)
		}
	}
	for _, text := range []string{"", "%", "-1", "5 %", "101%", "100.01%", "1.5", "1.234%", "1.%", "x", "99999999999", "+5%"} {
		if _, err := ParseBudget(text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestATableOfAnySizeIsBounded(t *testing.T) {
	var s Sum
	for i := range 3 * mostKeys {
		addCount(&s.causes, causeKey{newRules: fmt.Sprint(i)}, causeKey{what: Other}, count{1, 1})
	}
	families := 0
	for _, n := range s.causes {
		families += n.households
	}
	if len(s.causes) > mostKeys+1 || families != 3*mostKeys {
		t.Errorf("%d keys for %d families", len(s.causes), families)
	}
}
