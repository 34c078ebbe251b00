// SPDX-License-Identifier: Apache-2.0

package translate

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

func TestAFactIsKnownFromTheDayItWasEntered(t *testing.T) {
	tests := []struct {
		name          string
		entered, date v1alpha1.Date
		want          string
	}{
		{"absent: its own date", "", "2020-05-11", "2020-05-11"},
		{"entered on its date", "2020-05-11", "2020-05-11", "2020-05-11"},
		{"entered later", "2020-05-16", "2020-05-11", "2020-05-16"},
		{"entered before it happened: a slip; nothing is known ahead of its date", "2020-05-01", "2020-05-11", "2020-05-11"},
		{"undated: always", "", "", ""},
		{"an entry day that cannot be read: its own date", "2020-02-31", "2020-05-11", "2020-05-11"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := KnownFrom(tt.entered, tt.date).String(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAPlanIsKnownFromTheDayItWasEntered(t *testing.T) {
	for _, tt := range []struct {
		name, entered, want string
	}{
		{"absent: the day from which it holds", "", "2020-03-25"},
		{"published ahead of the day from which it holds", "2020-03-01", "2020-03-01"},
		{"made retroactively", "2020-06-01", "2020-06-01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := holding("p", "a", "2020-03-25", "", "")
			p.Spec.Entered = v1alpha1.Date(tt.entered)
			if got := PolicyKnown(p).String(); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// entries are papers in which each kind of fact was entered late.
const entries = `
household:
  metadata: {name: subject, namespace: town}
  spec:
    registration: Graduated
    persons: 2
    marks: [{category: Marginal, system: NationalSystem, date: "2020-02-01", entered: "2020-05-01"}, {system: Village, date: "2020-02-02"}]
    surveys:
    - {date: "2020-02-10", entered: "2020-05-02", income: "4000"}
    - {date: "2020-03-10", unchanged: true}
    - {date: "2020-04-10", entered: "2020-03-01", income: "6000"}
plan:
  spec:
    measures:
    - {name: always, kind: Other}
    - {name: delivered, kind: Other, date: "2020-02-01", delivered: {date: "2020-03-01", entered: "2020-05-03"}}
    - {name: cancelled, kind: Other, date: "2020-02-01", cancelled: {date: "2020-03-01", entered: "2020-05-04"}}
    - {name: later, kind: Other, date: "2020-05-05"}
signals:
- {metadata: {name: late}, spec: {date: "2020-02-01", entered: "2020-05-06", verification: {date: "2020-02-03"}}}
- {metadata: {name: verified-late}, spec: {date: "2020-02-01", verification: {date: "2020-02-03", entered: "2020-05-07"}}}
reviews:
- {metadata: {name: late}, spec: {opened: "2020-02-01", entered: "2020-05-08", records: [{step: visit, date: "2020-02-01"}]}}
- {metadata: {name: gap}, spec: {opened: "2020-02-01", records: [{step: visit, date: "2020-02-02", entered: "2020-05-09"}, {step: meeting, date: "2020-02-03"}]}}
`

func entriesOf(t testing.TB) Papers {
	t.Helper()
	var p Papers
	if err := yaml.UnmarshalStrict([]byte(entries), &p); err != nil {
		t.Fatal(err)
	}
	return p
}

// factsOf lists dated facts by what tells them.
func factsOf(p Papers) []string {
	var out []string
	for _, m := range p.Household.Spec.Marks {
		out = append(out, "mark "+string(m.System))
	}
	for _, s := range p.Household.Spec.Surveys {
		out = append(out, "survey "+string(s.Date))
	}
	if p.Plan != nil {
		for _, m := range p.Plan.Spec.Measures {
			out = append(out, "measure "+m.Name)
			if m.Delivered != nil {
				out = append(out, "delivery "+m.Name)
			}
			if m.Cancelled != nil {
				out = append(out, "cancellation "+m.Name)
			}
		}
	}
	for _, s := range p.Signals {
		out = append(out, "lead "+s.Name)
		if s.Spec.Verification != nil {
			out = append(out, "verification "+s.Name)
		}
	}
	for _, r := range p.Reviews {
		out = append(out, "review "+r.Name)
		for i, c := range r.Spec.Records {
			out = append(out, fmt.Sprintf("record %s %s %d", r.Name, c.Step, i))
		}
	}
	return out
}

func TestEachKindOfFactIsLeftOutUntilItWasEntered(t *testing.T) {
	w, all := gatedWorld(t), entriesOf(t)
	tests := []struct {
		name string
		at   string
		add  []string // known from this day on
	}{
		{"on a day before all late entries", "2020-04-09", []string{
			"mark Village", "survey 2020-03-10", "measure always", "measure cancelled", "measure delivered",
			"lead verified-late", "review gap", "record gap meeting 0",
		}},
		{"a fact entered ahead of its date is known on its date", "2020-04-10", []string{"survey 2020-04-10"}},
		{"a mark", "2020-05-01", []string{"mark NationalSystem"}},
		{"the survey that an unchanged one repeats", "2020-05-02", []string{"survey 2020-02-10"}},
		{"a delivery", "2020-05-03", []string{"delivery delivered"}},
		{"a cancellation", "2020-05-04", []string{"cancellation cancelled"}},
		{"a measure, by the day on which it was planned", "2020-05-05", []string{"measure later"}},
		{"a lead, with what was found about it", "2020-05-06", []string{"lead late", "verification late"}},
		{"a verification", "2020-05-07", []string{"verification verified-late"}},
		{"a review, with its records", "2020-05-08", []string{"review late", "record late visit 0"}},
		{"a record before one that was known", "2020-05-09", []string{"record gap visit 0", "record gap meeting 1"}},
	}
	want := map[string]bool{}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, fact := range tt.add {
				want[fact] = true
			}
			if tt.at == "2020-05-09" {
				delete(want, "record gap meeting 0") // it has moved up
			}
			got := map[string]bool{}
			for _, fact := range factsOf(w.KnownAt(day(t, tt.at)).Known(all)) {
				got[fact] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("known on %s (-want +got):\n%s", tt.at, diff)
			}
		})
	}
	early := w.KnownAt(day(t, "2020-04-09"))
	if diff := cmp.Diff(factsOf(early.Known(all)), factsOf(early.KnownAt(day(t, "2020-12-31")).Known(all))); diff != "" {
		t.Errorf("a world that forgot facts remembers them:\n%s", diff)
	}
	if diff := cmp.Diff(entriesOf(t), all); diff != "" {
		t.Errorf("the papers themselves changed:\n%s", diff)
	}
}

// An unchanged survey repeats the last one that was known; with none, the facts
// are missing, as they were on that day.
func TestAnUnchangedSurveyRepeatsWhatWasKnown(t *testing.T) {
	w := townWorld(t)
	h := household(t, twelveSurveys)
	h.Spec.Surveys[0].Entered, h.Spec.Surveys[3].Entered = "2020-09-01", "2020-08-01"
	for _, tt := range []struct{ name, knownAt, want string }{
		{"the facts of April, entered in August", "2020-08-01", "Red"},
		{"the facts of January, of which none was known", "2020-07-01", "Undetermined"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := w.KnownAt(day(t, tt.knownAt)).JudgeOn(Papers{Household: h}, day(t, "2020-06-30")).Household
			if string(got.Tier) != tt.want || got.Surveyed != "2020-06-12" {
				t.Errorf("got tier %s, surveyed %s; want %s", got.Tier, got.Surveyed, tt.want)
			}
		})
	}
}

// A retroactive plan rules its days as known now; by what was known before it was
// entered the older one does.
func TestAPlanEnteredLaterLeavesTheOlderOneInForce(t *testing.T) {
	old, retroactive := holding("old", "town", "2020-01-01", "", ""), holding("new", "town", "2020-03-01", "", "")
	retroactive.Spec.Entered = "2020-06-01"
	w := NewWorld([]*v1alpha1.MonitoringPolicy{old, retroactive}, []*v1alpha1.Jurisdiction{place("town", v1alpha1.LevelTownship, "", "town")}, Options{})
	ruling := func(w *World, on string) string { return w.Timeline("town").On(day(t, on)).Plan.Name }
	for _, tt := range []struct{ on, knownAt, want string }{
		{"2020-04-01", "2020-05-31", "old"},
		{"2020-04-01", "2020-06-01", "new"},
		{"2020-02-29", "2020-06-01", "old"},
	} {
		if got := ruling(w.KnownAt(day(t, tt.knownAt)), tt.on); got != tt.want {
			t.Errorf("%s, as known on %s: got %s, want %s", tt.on, tt.knownAt, got, tt.want)
		}
	}
	if again := w.KnownAt(day(t, "2020-05-31")).KnownAt(day(t, "2020-12-31")); ruling(again, "2020-04-01") != "old" {
		t.Error("a world that forgot a plan remembers it")
	}
	if got := len(w.PoliciesOver("town")); got != 2 {
		t.Errorf("%d policies rule the town, want 2", got)
	}
	if w.KnownAt(day(t, "2020-05-31")).Policy("old") != w.Policy("old") {
		t.Error("a plan is compiled again")
	}
}

// enterSomeLate gives the papers' facts days of entry: mostly none, late ones,
// and now and then one ahead of the date.
func enterSomeLate(t *rapid.T, p Papers) {
	entered := func(date v1alpha1.Date) v1alpha1.Date {
		day := dayOf(date)
		by := rapid.SampledFrom([]int{0, 0, 0, 1, 20, 100, -7}).Draw(t, "entered after")
		if by == 0 || day < 1000 || day > civil.Last-1000 {
			return ""
		}
		return v1alpha1.Date(day.AddDays(by).String())
	}
	for i := range p.Household.Spec.Marks {
		m := &p.Household.Spec.Marks[i]
		m.Entered = entered(m.Date)
	}
	for i := range p.Household.Spec.Surveys {
		s := &p.Household.Spec.Surveys[i]
		s.Entered = entered(s.Date)
	}
	for _, s := range p.Signals {
		s.Spec.Entered = entered(s.Spec.Date)
		if v := s.Spec.Verification; v != nil {
			v.Entered = entered(v.Date)
		}
	}
	for _, r := range p.Reviews {
		r.Spec.Entered = entered(r.Spec.Opened)
		for i := range r.Spec.Records {
			c := &r.Spec.Records[i]
			c.Entered = entered(c.Date)
		}
	}
	for i := range p.Plan.Spec.Measures {
		m := &p.Plan.Spec.Measures[i]
		if m.Delivered != nil {
			m.Delivered.Entered = entered(m.Delivered.Date)
		}
		if m.Cancelled != nil {
			m.Cancelled.Entered = entered(m.Cancelled.Date)
		}
	}
}

func someEnteredPapers(t *rapid.T) Papers {
	p := somePapers(t)
	p.Plan = &v1alpha1.AssistancePlan{}
	p.Plan.Name, p.Plan.Namespace = p.Household.Name, p.Household.Namespace
	for i := range rapid.IntRange(0, 3).Draw(t, "measures") {
		m := v1alpha1.Measure{Name: fmt.Sprint("m", i), Kind: "Other", For: []v1alpha1.Word{"Housing"}}
		m.Date = rapid.SampledFrom([]v1alpha1.Date{"", paperDate(t, "planned")}).Draw(t, "planned on")
		switch rapid.IntRange(0, 2).Draw(t, "ended") {
		case 1:
			m.Delivered = &v1alpha1.Delivery{Date: paperDate(t, "delivered"), By: "hu"}
		case 2:
			m.Cancelled = &v1alpha1.Cancellation{Date: paperDate(t, "cancelled"), By: "hu", Reason: "r"}
		}
		p.Plan.Spec.Measures = append(p.Plan.Spec.Measures, m)
	}
	enterSomeLate(t, p)
	return p
}

// removed takes out of a value of JSON whatever is dated and was entered, or else
// happened, after a day: another way to what Known does, which knows no kinds.
func removed(value any, at string) (any, bool) {
	switch v := value.(type) {
	case []any:
		out := []any{}
		for _, e := range v {
			if k, keep := removed(e, at); keep {
				out = append(out, k)
			}
		}
		return out, true
	case map[string]any:
		for _, field := range []string{"date", "opened"} {
			date, _ := v[field].(string)
			entered, _ := v["entered"].(string)
			if date != "" && max(date, entered) > at { // dates sort as text
				return nil, false
			}
		}
		for field, e := range v {
			if k, keep := removed(e, at); keep {
				v[field] = k
			} else {
				delete(v, field)
			}
		}
	}
	return value, true
}

// withoutLater returns the object with later facts removed, false if it is one.
func withoutLater[O any](t *rapid.T, o *O, at civil.Day) (*O, bool) {
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	var value map[string]any
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	removed(value, at.String())
	if value["spec"] == nil {
		return nil, false
	}
	text, _ = json.Marshal(value)
	out := new(O)
	if err := json.Unmarshal(text, out); err != nil {
		t.Fatal(err)
	}
	return out, true
}

func bytesOf(t *rapid.T, j Judgment) string {
	text, err := yaml.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Judging a day by what was known on another is judging it over objects from
// which the rest was removed.
func TestKnownAtIsTheSameAsRemovingWhatWasNotKnown(t *testing.T) {
	w := gatedWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		p, on, at := someEnteredPapers(t), someDay(t), someDay(t)
		left := Papers{}
		left.Household, _ = withoutLater(t, p.Household, at)
		left.Plan, _ = withoutLater(t, p.Plan, at)
		got := w.KnownAt(at).JudgeOn(p, on)
		var want Judgment
		if len(p.Signals) > 0 {
			want.Signals = make([]*v1alpha1.RiskSignalStatus, len(p.Signals))
		}
		if len(p.Reviews) > 0 {
			want.Reviews = make([]*v1alpha1.ReviewStatus, len(p.Reviews))
		}
		var signals, reviews []int
		for i, s := range p.Signals {
			if s, known := withoutLater(t, s, at); known {
				left.Signals, signals = append(left.Signals, s), append(signals, i)
			}
		}
		for i, r := range p.Reviews {
			if r, known := withoutLater(t, r, at); known {
				left.Reviews, reviews = append(left.Reviews, r), append(reviews, i)
			}
		}
		judged := w.JudgeOn(left, on)
		want.Household, want.Plan, want.Day, want.NextChange = judged.Household, judged.Plan, judged.Day, judged.NextChange
		for k, i := range signals {
			want.Signals[i] = judged.Signals[k]
		}
		for k, i := range reviews {
			want.Reviews[i] = judged.Reviews[k]
		}
		if diff := cmp.Diff(bytesOf(t, want), bytesOf(t, got)); diff != "" {
			t.Fatalf("%s as known on %s (-removed +known at)\n%s", on, at, diff)
		}
	})
}

// As time passes more is known and nothing is forgotten; once all is known, it is
// as if nothing had been asked, to the byte.
func TestMoreIsKnownAsTimePasses(t *testing.T) {
	w := gatedWorld(t)
	rapid.Check(t, func(t *rapid.T) {
		p, on := someEnteredPapers(t), someDay(t)
		early, late := someDay(t), someDay(t)
		if early > late {
			early, late = late, early
		}
		before, after := factsOf(renamed(w.KnownAt(early).Known(p))), factsOf(renamed(w.KnownAt(late).Known(p)))
		for _, fact := range before {
			if !slices.Contains(after, fact) {
				t.Fatalf("%s was known on %s and not on %s", fact, early, late)
			}
		}
		now := bytesOf(t, w.JudgeOn(p, on))
		for _, at := range []civil.Day{lastKnown(p), civil.Last} {
			if diff := cmp.Diff(now, bytesOf(t, w.KnownAt(at).JudgeOn(p, on))); diff != "" {
				t.Fatalf("all was known on %s (-now +then)\n%s", at, diff)
			}
		}
	})
}

// renamed gives records names that stay when others are left out.
func renamed(p Papers) Papers {
	reviews := make([]*v1alpha1.Review, len(p.Reviews))
	for i, r := range p.Reviews {
		reviews[i] = &v1alpha1.Review{ObjectMeta: r.ObjectMeta}
		for _, c := range r.Spec.Records {
			text, _ := json.Marshal(c)
			named := r.DeepCopy()
			named.Name += string(text)
			reviews = append(reviews, named)
		}
	}
	for _, r := range reviews {
		r.Spec.Records = nil
	}
	p.Reviews = reviews
	return p
}

// lastKnown is the day on which the last of the facts became known.
func lastKnown(p Papers) civil.Day {
	var last civil.Day
	note := func(entered, date v1alpha1.Date) { last = max(last, KnownFrom(entered, date)) }
	for _, m := range p.Household.Spec.Marks {
		note(m.Entered, m.Date)
	}
	for _, s := range p.Household.Spec.Surveys {
		note(s.Entered, s.Date)
	}
	for _, m := range p.Plan.Spec.Measures {
		note("", m.Date)
		if m.Delivered != nil {
			note(m.Delivered.Entered, m.Delivered.Date)
		}
		if m.Cancelled != nil {
			note(m.Cancelled.Entered, m.Cancelled.Date)
		}
	}
	for _, s := range p.Signals {
		note(s.Spec.Entered, s.Spec.Date)
		if v := s.Spec.Verification; v != nil {
			note(v.Entered, v.Date)
		}
	}
	for _, r := range p.Reviews {
		note(r.Spec.Entered, r.Spec.Opened)
		for _, c := range r.Spec.Records {
			note(c.Entered, c.Date)
		}
	}
	return max(last, dayOf("2020-01-01"))
}
