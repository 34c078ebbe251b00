// SPDX-License-Identifier: Apache-2.0

package manifest

import (
	"strings"
	"testing"
)

func TestLineOfAField(t *testing.T) {
	const text = `# two documents
kind: Other
apiVersion: v1
---
# a comment

apiVersion: fangpin.io/v1alpha1
kind: MonitoringPolicy
metadata: {name: plan}
spec:
  tiers:
  - name: Red
    rules:
    - {name: low, when: "true"}
    - name: short
      when: >-
        survey.risk == 'Present'
        && true
`
	var policy Document
	err := Split("plan.yaml", strings.NewReader(text), func(c Chunk) error {
		documents, err := Parse(c)
		if err == nil {
			policy = documents[0]
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]int{
		"metadata.name":                   9,
		"spec":                            10,
		"spec.tiers":                      11,
		"spec.tiers[0]":                   12,
		"spec.tiers[0].rules[0].when":     14,
		"spec.tiers[0].rules[1].when":     16,
		"spec.tiers[0].rules[7].when":     13, // not there: the line of what it would stand in
		"spec.tiers[0].measures[0].kind":  12,
		"spec.deadlines[0].due[1].months": 10,
	} {
		if got := policy.Line(path); got != want {
			t.Errorf("%s: line %d, want %d", path, got, want)
		}
	}
	listed, err := Parse(Chunk{Place: Place{File: "list.json", Line: 1, Document: 1}, JSON: true, Text: []byte(`{"kind": "List", "items": [{"kind": "Other"},
 {"kind": "MonitoringPolicy",
  "spec": {"tiers":
   []}}]}`)})
	if err != nil {
		t.Fatal(err)
	}
	if got := listed[1].Line("spec.tiers"); got != 3 {
		t.Errorf("in a list: line %d, want 3", got)
	}
	if got := listed[0].Line("spec.tiers"); got != 1 {
		t.Errorf("of another kind: line %d, want that of the document", got)
	}
}
