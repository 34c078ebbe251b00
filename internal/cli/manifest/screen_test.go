// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// samples are objects that the API server takes, one of each of a family's kinds.
var samples = map[string]string{
	"Household": `
metadata: {name: hh-1, namespace: town}
spec:
  jurisdictionRef: {name: village}
  registration: Graduated
  graduated: "2016-12-31"
  persons: 2
  head: {name: head, identityDigest: "hmac-sha256:0000000000000000000000000000000000000000000000000000000000000000"}
  members: [{relation: Head, birthYear: 1968}, {relation: Spouse, birthYear: 1970}]
  marks: [{category: Marginal, date: "2019-12-31", system: NationalSystem}]
  support: {officer: officer, wishes: [Training]}
  surveys:
  - date: "2020-04-12"
    by: village-worker
    with: [officer]
    method: OnSite
    income: "4800"
    sources: {wage: "9000.50"}
    expenses: {medical: "6200"}
    guarantees: [{name: Food, state: Met}, {name: Housing, state: AtRisk, detail: roof}]
    causes: [Illness]
    labour: Partial
  - {date: "2020-05-11", by: village-worker, method: OnSite, unchanged: true}`,
	"AssistancePlan": `
metadata: {name: hh-1, namespace: town}
spec:
  householdRef: {name: hh-1}
  measures:
  - {name: post, kind: PublicPost, for: [Income, Housing], amount: "4000", date: "2020-05-01", due: "2020-06-20", delivered: {date: "2020-06-02", by: officer, evidence: contract}}
  - {name: training, kind: Training, cancelled: {date: "2020-06-02", by: officer, reason: moved}}`,
	"RiskSignal": `
metadata: {name: sig-1, namespace: town}
spec: {householdRef: {name: hh-1}, source: Department, department: medical-security, cause: Illness, amount: "6200", date: "2021-04-03", period: "2021-03", verification: {date: "2021-04-10", by: officer, outcome: Confirmed}}`,
	"Review": `
metadata: {name: rev-1, namespace: town}
spec:
  householdRef: {name: hh-1}
  purpose: Identification
  opened: "2021-04-10"
  standards: [Housing]
  records:
  - {step: home-visit, date: "2021-04-11", by: officer, outcome: Passed}
  - {step: public-notice, date: "2021-04-23", from: "2021-04-15", until: "2021-04-22", by: officer, outcome: Returned, to: home-visit, sites: [office], objections: 0}`,
}

func sample(t testing.TB, kind string) map[string]any {
	t.Helper()
	docs, err := Parse(Chunk{Text: []byte("apiVersion: fangpin.io/v1alpha1\nkind: " + kind + samples[kind])})
	if err != nil {
		t.Fatal(err)
	}
	return docs[0].Value
}

func TestTheScreenTakesWhatFamiliesAreMadeOf(t *testing.T) {
	for _, kind := range slices.Sorted(maps.Keys(samples)) {
		t.Run(kind, func(t *testing.T) {
			k, err := FindKind(kind)
			if err != nil {
				t.Fatal(err)
			}
			screen := k.screen()
			if screen == nil {
				t.Fatalf("the definition of %s has a keyword or the form of a rule that the screen does not know, so that reading it is fifty times slower: teach it to screen.go or rules.go", kind)
			}
			value := sample(t, kind)
			if refusals, err := k.serverRefusals(context.Background(), value); err != nil || len(refusals) > 0 {
				t.Fatalf("the sample is refused: %v, %v", refusals, err)
			}
			if !screen.takes(value) {
				t.Error("the screen is in doubt of the sample")
			}
		})
	}
}

// TestTheScreenTakesNothingThatTheServerRefuses changes samples at random.
func TestTheScreenTakesNothingThatTheServerRefuses(t *testing.T) {
	for _, kind := range slices.Sorted(maps.Keys(samples)) {
		t.Run(kind, func(t *testing.T) {
			k, err := FindKind(kind)
			if err != nil {
				t.Fatal(err)
			}
			taken, refused := 0, 0
			rapid.Check(t, func(rt *rapid.T) {
				value := sample(t, kind)
				for range rapid.IntRange(1, 2).Draw(rt, "changes") {
					spoil(rt, value)
				}
				refusals, err := k.serverRefusals(context.Background(), value)
				if err != nil {
					rt.Fatal(err)
				}
				takes := k.screen().takes(value)
				if takes && len(refusals) > 0 {
					rt.Fatalf("the screen takes what is refused: %v\n%v", refusals, value)
				}
				if takes {
					taken++
				}
				if len(refusals) > 0 {
					refused++
				}
			})
			if taken == 0 || refused == 0 {
				t.Errorf("%d objects were taken and %d refused: the changes test nothing", taken, refused)
			}
		})
	}
}

// spoil changes one place of an object.
func spoil(t *rapid.T, object map[string]any) {
	var places []func(any)
	var values []any
	var visit func(value any, set func(any))
	visit = func(value any, set func(any)) {
		places, values = append(places, set), append(values, value)
		switch v := value.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				visit(v[key], func(other any) {
					if other == nil {
						delete(v, key)
						return
					}
					v[key] = other
				})
			}
		case []any:
			for i := range v {
				visit(v[i], func(other any) { v[i] = other })
			}
		}
	}
	spec, _ := object["spec"].(map[string]any)
	visit(spec, func(any) {})
	i := rapid.IntRange(1, len(places)-1).Draw(t, "place")
	if text, isText := values[i].(string); isText && rapid.Bool().Draw(t, "from elsewhere") {
		places[i](likeFrom(t, values, text))
		return
	}
	places[i](other(t, values[i]))
}

// likeFrom draws a text of another place: a date for a date.
func likeFrom(t *rapid.T, values []any, own string) any {
	like := slices.DeleteFunc(slices.Clone(values), func(v any) bool {
		text, isText := v.(string)
		return !isText || strings.Count(text, "-") != strings.Count(own, "-")
	})
	return rapid.SampledFrom(like).Draw(t, "like")
}

// other draws another value for a place: like the one there, or unlike.
func other(t *rapid.T, value any) any {
	texts := []any{"", "x", "2020-02-30", "2020-05-11", "2021-04-01", "0001-01-01", "5000", "-1", "1.234", "Housing", "Met", "Returned", "Passed",
		"330522198001012345", "hmac-sm3:0000000000000000000000000000000000000000000000000000000000000000", strings.Repeat("长", 65), strings.Repeat("a", 300)}
	general := []any{nil, true, false, int64(0), int64(-5), int64(1 << 40), 4.5, map[string]any{}, []any{}}
	switch v := value.(type) {
	case []any:
		twice := append(slices.Clone(v), v...)
		reversed := slices.Clone(v)
		slices.Reverse(reversed)
		many := make([]any, 0, 70)
		for n := range 70 {
			many = append(many, fmt.Sprintf("word-%d", n))
		}
		return rapid.SampledFrom(append([]any{twice, reversed, many}, general...)).Draw(t, "list")
	case map[string]any:
		unchanged, stated, bare := maps.Clone(v), maps.Clone(v), map[string]any{"unchanged": true}
		unchanged["unchanged"], stated["income"] = true, "5000"
		for _, name := range []string{"date", "by", "method"} {
			bare[name] = v[name]
		}
		return rapid.SampledFrom(append([]any{unchanged, stated, bare}, general...)).Draw(t, "map")
	}
	return rapid.SampledFrom(append(texts, general...)).Draw(t, "value")
}
