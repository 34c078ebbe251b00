// SPDX-License-Identifier: Apache-2.0

package output

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/internal/cli/terminal"
)

func household(name, tier string) map[string]any {
	return map[string]any{
		"apiVersion": "fangpin.io/v1alpha1",
		"kind":       "Household",
		"metadata":   map[string]any{"name": name, "namespace": "town", "creationTimestamp": "2020-05-01T00:00:00Z"},
		"spec":       map[string]any{"persons": int64(1000000), "note": "a\x1b[31m\u009b\u202e昭潭<镇>"},
		"status": map[string]any{
			"tier": tier, "openShortfalls": int64(0),
			"conditions": []any{
				map[string]any{"type": "OnTrack", "status": "False"},
				map[string]any{"type": "Ready", "status": "True"},
			},
		},
	}
}

func village(name string) map[string]any {
	return map[string]any{
		"apiVersion": "fangpin.io/v1alpha1", "kind": "Jurisdiction",
		"metadata": map[string]any{"name": name}, "spec": map[string]any{"level": "Village"},
	}
}

func write(t *testing.T, opts Options, painter terminal.Painter, objects ...map[string]any) string {
	t.Helper()
	opts.Now = time.Date(2020, 5, 3, 0, 0, 0, 0, time.UTC)
	r, err := NewRenderer(opts)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := NewWriter(&out, r, painter)
	for _, o := range objects {
		rendered, err := r.Render(o)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(rendered); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestYAMLAndJSONHoldTheObjectsThemselves(t *testing.T) {
	want := []map[string]any{household("hh-1", "Red"), household("hh-2", "Yellow")}
	plain := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}

	documents := strings.Split(strings.TrimPrefix(write(t, Options{Format: YAML}, terminal.Painter{}, want...), "---\n"), "---\n")
	var got []map[string]any
	for _, d := range documents {
		var object map[string]any
		if err := yaml.UnmarshalStrict([]byte(d), &object); err != nil {
			t.Fatal(err)
		}
		got = append(got, object)
	}
	if diff := cmp.Diff(plain(want), plain(got)); diff != "" {
		t.Errorf("YAML (-want +got):\n%s", diff)
	}

	var list struct {
		APIVersion, Kind string
		Items            []map[string]any
	}
	if err := json.Unmarshal([]byte(write(t, Options{Format: JSON}, terminal.Painter{}, want...)), &list); err != nil {
		t.Fatal(err)
	}
	if list.APIVersion != "v1" || list.Kind != "List" {
		t.Errorf("got a %s %s", list.APIVersion, list.Kind)
	}
	if diff := cmp.Diff(plain(want), plain(list.Items)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func TestNothingThatActsOnATerminalIsWritten(t *testing.T) {
	for _, format := range []Format{YAML, JSON, Table, Wide} {
		o := household("hh-1", "a\x1b[31m\u009b\u202e")
		text := write(t, Options{Format: format}, terminal.Painter{}, o)
		if i := strings.IndexFunc(text, actsOnTerminal); i >= 0 {
			t.Errorf("%s: %q", format, text[i:])
		}
	}
}

func TestAListOfNothingIsAList(t *testing.T) {
	var list struct {
		Kind  string
		Items []any
	}
	text := write(t, Options{Format: JSON}, terminal.Painter{})
	if err := json.Unmarshal([]byte(text), &list); err != nil || list.Kind != "List" || list.Items == nil {
		t.Errorf("got %s, %v", text, err)
	}
	if got := write(t, Options{Format: Table}, terminal.Painter{}); got != "" {
		t.Errorf("a table of nothing: %q", got)
	}
}

func TestTablesHaveTheColumnsOfTheDefinition(t *testing.T) {
	tests := []struct {
		name    string
		opts    Options
		painter terminal.Painter
		objects []map[string]any
		want    []string
	}{
		{
			"one kind", Options{Format: Table}, terminal.Painter{},
			[]map[string]any{household("hh-1", "Red"), household("hh-22", "Yellow")},
			[]string{
				"NAMESPACE   NAME    STAGE   CATEGORY   TIER     SHORTFALLS   NEXT-DEADLINE   OVERDUE   READY   AGE",
				"town        hh-1                       Red      0                                      True    2d",
				"town        hh-22                      Yellow   0                                      True    2d",
			},
		},
		{
			"several kinds, each a table", Options{Format: Table, Prefix: true}, terminal.Painter{},
			[]map[string]any{household("hh-1", "Red"), village("v"), household("hh-2", "Red")},
			[]string{
				"NAMESPACE   NAME             STAGE   CATEGORY   TIER   SHORTFALLS   NEXT-DEADLINE   OVERDUE   READY   AGE",
				"town        household/hh-1                      Red    0                                      True    2d",
				"town        household/hh-2                      Red    0                                      True    2d",
				"",
				"NAME             LEVEL     POLICY   HOUSEHOLDS   MONITORED   SHORTFALLS   OVERDUE   READY",
				"jurisdiction/v   Village",
			},
		},
		{
			"tiers in their colours", Options{Format: Table, Tiers: map[string]terminal.Colour{"Red": terminal.Red}}, terminal.Painting(),
			[]map[string]any{household("hh-1", "Red")},
			[]string{
				"NAMESPACE   NAME   STAGE   CATEGORY   TIER   SHORTFALLS   NEXT-DEADLINE   OVERDUE   READY   AGE",
				"town        hh-1                      \x1b[31mRed\x1b[0m    0                                      True    2d",
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Split(strings.TrimSuffix(write(t, tt.opts, tt.painter, tt.objects...), "\n"), "\n")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("table (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWideTablesHaveMoreColumns(t *testing.T) {
	heading, _, _ := strings.Cut(write(t, Options{Format: Wide}, terminal.Painter{}, household("hh-1", "Red")), "\n")
	for _, want := range []string{"POLICY", "SINCE", "SURVEYED", "CAUSES", "ELIGIBLE-FROM"} {
		if !strings.Contains(heading, want) {
			t.Errorf("%s is missing: %s", want, heading)
		}
	}
}

func TestParseFormatNamesTheFormats(t *testing.T) {
	if _, err := ParseFormat("xml"); err == nil || !strings.Contains(err.Error(), "yaml, json, table or wide") {
		t.Errorf("got %v", err)
	}
}
