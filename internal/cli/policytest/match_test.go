// SPDX-License-Identifier: Apache-2.0

package policytest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
	kjson "sigs.k8s.io/json"
	"sigs.k8s.io/yaml"
)

// plain reads YAML as the loader does.
func plain(t *testing.T, text string) any {
	t.Helper()
	converted, err := yaml.YAMLToJSONStrict([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := kjson.UnmarshalCaseSensitivePreserveInts(converted, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestMatch(t *testing.T) {
	tests := []struct {
		name, want, got string
		wantOK          bool
		wantFound       string // when they do not match
	}{
		{"equal text", `{tier: Red}`, `{tier: Red}`, true, ""},
		{"other text", `{tier: Red}`, `{tier: Yellow}`, false, `{tier: Yellow}`},
		{"a map is a subset", `{tier: Red}`, `{tier: Red, stage: Watched}`, true, ""},
		{"a missing field", `{tier: Red}`, `{stage: Watched}`, false, `{}`},
		{"text is no number", `{period: "2020"}`, `{period: 2020}`, false, `{period: 2020}`},
		{"a number however written", `{overdue: 1.0}`, `{overdue: 1}`, true, ""},

		{"null means absent", `{tier: null}`, `{}`, true, ""},
		{"null, and it is there", `{tier: null}`, `{tier: Red}`, false, `{tier: Red}`},
		{"null, and a list is there", `{shortfalls: null}`, `{shortfalls: [{standard: Water}]}`, false, `{shortfalls: [{standard: Water}]}`},
		{"0 matches absent", `{overdue: 0}`, `{}`, true, ""},
		{"0 matches 0", `{overdue: 0}`, `{overdue: 0}`, true, ""},
		{"1 does not match absent", `{overdue: 1}`, `{}`, false, `{}`},
		{"0 is no false", `{overdue: 0}`, `{overdue: false}`, false, `{overdue: false}`},
		{"false matches absent", `{eligible: false}`, `{}`, true, ""},
		{"false does not match true", `{eligible: false}`, `{eligible: true}`, false, `{eligible: true}`},
		{"an empty text never matches absent", `{tier: ""}`, `{}`, false, `{}`},

		{"[] means empty", `{shortfalls: []}`, `{shortfalls: []}`, true, ""},
		{"[] matches absent", `{shortfalls: []}`, `{}`, true, ""},
		{"[], and there is one", `{shortfalls: []}`, `{shortfalls: [{standard: Water}]}`, false, `{shortfalls: [{standard: Water}]}`},

		{"a set in another order", `{ledgers: [Village, Township]}`, `{ledgers: [Township, Village]}`, true, ""},
		{"a set with one more", `{ledgers: [Village]}`, `{ledgers: [Township, Village]}`, false, `{ledgers: [Village, Township]}`},
		{"a set with one less", `{ledgers: [Village, Township]}`, `{ledgers: [Township]}`, false, `{ledgers: [Township]}`},
		{"a set that is absent", `{ledgers: [Village]}`, `{}`, false, `{}`},
		{"an entry said twice is one of the set", `{ledgers: [Village, Village]}`, `{ledgers: [Village]}`, true, ""},

		{"listed entries must be there, others may", `{reasons: [{rule: b}]}`, `{reasons: [{rule: a}, {rule: b, message: x}]}`, true, ""},
		{"the order of entries does not matter", `{reasons: [{rule: b}, {rule: a}]}`, `{reasons: [{rule: a}, {rule: b}]}`, true, ""},
		{"an entry that is not there shows what is", `{shortfalls: [{standard: Housing, state: Open}]}`,
			`{shortfalls: [{standard: Income, state: Open, since: "2020-04-12"}]}`, false, `{shortfalls: [{standard: Income}]}`},
		{"an entry that is there and differs", `{shortfalls: [{standard: Housing, state: Open}]}`,
			`{shortfalls: [{standard: Income, state: Open}, {standard: Housing, state: Overdue, due: "2020-06-30"}]}`, false, `{shortfalls: [{standard: Housing, state: Overdue}]}`},
		{"kind and name together are the key", `{deadlines: [{kind: Survey, name: survey, state: Pending}]}`,
			`{deadlines: [{kind: Tier, name: survey, state: Overdue}, {kind: Survey, name: survey, state: Pending}]}`, true, ""},
		{"kind and name, of which one differs", `{deadlines: [{kind: Tier, name: clear-red}]}`,
			`{deadlines: [{kind: Tier, name: clear-yellow}, {kind: Measure, name: clear-red}]}`, false, `{deadlines: [{kind: Tier, name: clear-yellow}, {kind: Measure, name: clear-red}]}`},
		{"name and period together are the key", `{duties: [{name: monthly-report, period: "2020-05", state: Due}]}`,
			`{duties: [{name: monthly-report, period: "2020-04", state: Overdue}, {name: monthly-report, period: "2020-05", state: Due}]}`, true, ""},
		{"a key that is left out is not compared", `{duties: [{name: monthly-report, state: Overdue}]}`,
			`{duties: [{name: monthly-report, period: "2020-04", state: Met}, {name: monthly-report, period: "2020-05", state: Overdue}]}`, true, ""},
		{"conditions by type", `{conditions: [{type: OnTrack, status: "True"}]}`,
			`{conditions: [{type: Ready, status: "True"}, {type: OnTrack, status: "False", reason: DeadlineOverdue}]}`, false, `{conditions: [{type: OnTrack, status: "False"}]}`},
		{"history by date", `{history: [{date: "2020-05-01", tier: Yellow}]}`,
			`{history: [{date: "2020-03-25", tier: Red, policy: p}, {date: "2020-05-01", tier: Yellow, policy: p}]}`, true, ""},
		{"two entries need two", `{shortfalls: [{state: Open}, {state: Open}]}`, `{shortfalls: [{standard: Water, state: Open}]}`, false, `{shortfalls: [{state: Open}]}`},
		{"the vaguer entry yields to the stricter one", `{shortfalls: [{state: Open}, {standard: Water, state: Open}]}`,
			`{shortfalls: [{standard: Water, state: Open}, {standard: Housing, state: Open}]}`, true, ""},
		{"null inside an entry", `{shortfalls: [{standard: Water, due: null}]}`, `{shortfalls: [{standard: Water, due: "2020-06-30"}]}`, false, `{shortfalls: [{standard: Water, due: "2020-06-30"}]}`},
		{"a set inside an entry", `{shortfalls: [{standard: Water, departments: [water]}]}`, `{shortfalls: [{standard: Water, departments: [water]}]}`, true, ""},

		{"a map inside a map", `{elimination: {eligible: true}}`, `{elimination: {eligible: false, earliest: "2021-11-11"}}`, false, `{elimination: {eligible: false}}`},
		{"a map that is absent", `{elimination: {eligible: true, blockers: []}}`, `{}`, false, `{}`},
		{"a map of zeros matches absent", `{households: {total: 0}}`, `{}`, true, ""},
		{"a text where a map is expected", `{policyRef: {name: p}}`, `{policyRef: p}`, false, `{policyRef: p}`},
		{"a map where a list is expected", `{shortfalls: [{standard: Water}]}`, `{shortfalls: {standard: Water}}`, false, `{shortfalls: {standard: Water}}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want, got := plain(t, tt.want), plain(t, tt.got)
			found, ok := match(want, got)
			if ok != tt.wantOK {
				t.Fatalf("got %t, want %t", ok, tt.wantOK)
			}
			wantFound := want
			if !ok {
				wantFound = plain(t, tt.wantFound)
			}
			if diff := cmp.Diff(wantFound, found); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

// value draws a tree like those of statuses.
func value(depth int) *rapid.Generator[any] {
	scalar := rapid.OneOf(
		rapid.Map(rapid.SampledFrom([]string{"Red", "Open", ""}), func(s string) any { return s }),
		rapid.Map(rapid.Int64Range(0, 2), func(n int64) any { return n }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Just[any](nil),
	)
	if depth == 0 {
		return scalar
	}
	fields := rapid.Map(rapid.MapOfN(rapid.SampledFrom([]string{"name", "kind", "state", "due"}), value(depth-1), 0, 3),
		func(m map[string]any) any { return m })
	entries := rapid.Map(rapid.SliceOfN(fields, 0, 3), func(l []any) any { return l })
	set := rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]any{"a", "b", "c"}), 0, 3), func(l []any) any { return l })
	return rapid.OneOf(scalar, fields, entries, set)
}

func TestWhatIsFoundEqualsWhatIsExpectedExactlyIfTheyMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, got := value(3).Draw(t, "want"), value(3).Draw(t, "got")
		found, ok := match(want, got)
		if same := cmp.Equal(want, found); same != ok {
			t.Fatalf("match says %t, found is %v", ok, found)
		}
	})
}

func TestWhatWasConcludedMatchesItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := value(3).Draw(t, "got")
		if _, ok := match(got, got); !ok {
			t.Fatal("it does not match itself")
		}
	})
}
