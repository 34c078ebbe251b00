// SPDX-License-Identifier: Apache-2.0

package output

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

func TestItemsAreOneValueInEitherFormat(t *testing.T) {
	type row struct {
		Name string   `json:"name"`
		List []string `json:"list,omitempty"`
	}
	for _, tt := range []struct {
		name string
		rows []any
		by   string // in the summary
	}{
		{"none", []any{}, "zhang"},
		{"one", []any{row{"a", nil}}, "zhang"},
		{"several, with lists", []any{row{"a", []string{"x", "y"}}, row{"b: c", nil}}, "张某"},
		{"what acts on a terminal is spelled out", []any{row{"a\u202eb", []string{"x"}}, row{"c", nil}}, "\x1b[31m"},
	} {
		for _, format := range []Format{YAML, JSON} {
			t.Run(tt.name+" as "+string(format), func(t *testing.T) {
				var out bytes.Buffer
				err := Items(&out, format, func(yield func(any) error) error {
					for _, row := range tt.rows {
						if err := yield(row); err != nil {
							return err
						}
					}
					return nil
				}, func() any { return map[string]any{"count": len(tt.rows), "by": tt.by} })
				if err != nil {
					t.Fatal(err)
				}
				if bytes.ContainsFunc(out.Bytes(), actsOnTerminal) {
					t.Errorf("it acts on a terminal: %q", out.String())
				}
				var got, want any
				if err := yaml.UnmarshalStrict(out.Bytes(), &got); err != nil {
					t.Fatalf("%v in:\n%s", err, out.String())
				}
				text, err := yaml.Marshal(map[string]any{"items": tt.rows, "summary": map[string]any{"count": len(tt.rows), "by": tt.by}})
				if err == nil {
					err = yaml.Unmarshal(text, &want)
				}
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("(-want +got):\n%s\n%s", diff, out.String())
				}
			})
		}
	}
}

func TestItemsEndWithTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	var out bytes.Buffer
	err := Items(&out, YAML, func(yield func(any) error) error { return errors.Join(yield("a"), broken) }, func() any {
		t.Error("a summary is asked for")
		return nil
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
