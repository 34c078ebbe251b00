// SPDX-License-Identifier: Apache-2.0

package story

import (
	"slices"
	"strings"
	"testing"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/wording"
)

func load(t *testing.T) *Story {
	t.Helper()
	s, err := Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func day(t *testing.T, text string) civil.Day {
	t.Helper()
	d, err := civil.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestTheStoryHasWhatItIsThereFor: declarations refused and accepted, a notice a day
// short, a close-out, an elimination on its day and the day before.
func TestTheStoryHasWhatItIsThereFor(t *testing.T) {
	s := load(t)
	for _, want := range []struct {
		day, kind, name, field, is string
	}{
		{"2020-04-08", "RiskSignal", "declaration-1", "state", "Refused"},
		{"2020-05-11", "RiskSignal", "medical-2020-04", "state", "Confirmed"},
		{"2020-06-01", "Review", "close-out-1", "stage", "Blocked"},
		{"2020-06-05", "Review", "close-out-1", "stage", "Completed"},
		{"2021-01-04", "RiskSignal", "declaration-2", "state", "Incomplete"},
		{"2021-01-08", "RiskSignal", "declaration-2", "state", "Confirmed"},
		{"2021-01-22", "Review", "identification-3", "stage", "Blocked"},
		{"2021-02-08", "Review", "identification-3", "stage", "Completed"},
		{"2021-02-24", "Review", "elimination-2", "stage", "Blocked"},
		{"2021-02-25", "Review", "elimination-2", "stage", "Completed"},
	} {
		found := slices.ContainsFunc(s.On(day(t, want.day)), func(e *Event) bool {
			return slices.ContainsFunc(e.Expect, func(x Expectation) bool {
				return x.Kind == want.kind && x.Name == want.name && x.Status[want.field] == want.is
			})
		})
		if !found {
			t.Errorf("%s: no event expects that the %s of %s %s is %s", want.day, want.field, want.kind, want.name, want.is)
		}
	}
	if len(s.Chapters) != 4 || s.Township() != "hills" || len(s.Families) != 3 {
		t.Errorf("%d chapters, %d families in %s", len(s.Chapters), len(s.Families), s.Township())
	}
}

func TestEverythingIsToldInBothLanguages(t *testing.T) {
	s := load(t)
	var texts []Words
	for _, e := range s.Events {
		if e.Says != (Words{}) {
			texts = append(texts, e.Says)
		}
	}
	for _, c := range s.Chapters {
		texts = append(texts, c.Title)
		for _, command := range c.Show {
			texts = append(texts, command.Says)
		}
	}
	for _, w := range texts {
		en, zh := w.In(wording.English), w.In(wording.Chinese)
		han := strings.ContainsFunc(zh, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff })
		if en == "" || !han || strings.ContainsFunc(en, func(r rune) bool { return r > 0x7f }) {
			t.Errorf("%q and %q", en, zh)
		}
	}
	if len(texts) < 50 {
		t.Errorf("only %d texts", len(texts))
	}
}

// TestCommandsAskForADay: the plugin judges by the machine's clock unless it is
// told a day, and the story's clock is another.
func TestCommandsAskForADay(t *testing.T) {
	for _, c := range load(t).Chapters {
		if len(c.Show) == 0 {
			t.Errorf("%q: nothing shows it", c.Title.English)
		}
		for _, command := range c.Show {
			if strings.Contains(command.Run, "kubectl fangpin ") && !strings.Contains(command.Run, " --as-of 202") {
				t.Errorf("%s: on which day?", command.Run)
			}
			if command.Finds == "" {
				t.Errorf("%s: what is to be seen?", command.Run)
			}
		}
	}
}

func TestDaysFollowEachOther(t *testing.T) {
	s := load(t)
	if !slices.IsSortedFunc(s.Events, func(a, b *Event) int { return int(a.Day - b.Day) }) {
		t.Error("the events are not in the order of their days")
	}
	n, first := 0, s.Events[0].Day
	for on := first; !on.IsZero(); on = s.After(on) {
		n += len(s.On(on))
	}
	if n != len(s.Events) {
		t.Errorf("%d events on their days, and %d in all", n, len(s.Events))
	}
	if got := s.LastDay(); got != day(t, "2021-02-25") || !s.After(got).IsZero() {
		t.Errorf("the last day is %s, and %s comes after", got, s.After(got))
	}
	if events := s.On(first.AddDays(-1)); len(events) != 0 {
		t.Errorf("%d events before the first", len(events))
	}
}

func TestWritesCountsWhatIsWritten(t *testing.T) {
	s := &Story{}
	err := s.add(t.Context(), "x", []byte(`
namespace: hills
visits: [{household: hh-1, by: liu, days: ["2020-05-01", "2020-06-01"]}]
events:
- {day: "2020-05-01", by: zhang, create: [{kind: RiskSignal, metadata: {name: a}, spec: {householdRef: {name: hh-1}, source: Media, cause: Other, date: "2020-05-01"}}]}
- {day: "2020-05-02"}
`))
	if err != nil || s.Writes() != 3 || s.Events[0].Change[0].Namespace != "hills" {
		t.Errorf("%d writes, %v", s.Writes(), err)
	}
}

// TestFaultyChaptersAreRefused: what a slip of the pen would leave out must not pass
// in silence.
func TestFaultyChaptersAreRefused(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a field that there is not", "evnts: []", `unknown field "evnts"`},
		{"a day that there is not", `events: [{day: "2021-02-29"}]`, "2021-02-29"},
		{
			"a write by nobody", `events: [{day: "2021-02-28", change: [{kind: Review, name: r, patch: []}]}]`,
			"an event of 2021-02-28 writes something: say by whom",
		},
		{"an object without a name", `events: [{day: "2021-02-28", expect: [{kind: Review, status: {}}]}]`, "name kind and name"},
		{
			"an object that the API server would refuse", `events: [{day: "2021-02-28", by: zhang, create: [{kind: Review, metadata: {name: r}, spec: {purpose: Elimination}}]}]`,
			"householdRef",
		},
		{"a family of no known kind", `families: [{kind: Family, metadata: {name: f}}]`, "Family"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := (&Story{}).add(t.Context(), "x", []byte("namespace: hills\n"+test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want it to say %q", err, test.want)
			}
		})
	}
}
