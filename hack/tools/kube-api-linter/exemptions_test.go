// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"
	"testing"
)

func TestExemptions(t *testing.T) {
	unchanged := finding{"nobools", "types.go:1:2", "field Survey.Unchanged should not use a bool."}
	for _, test := range []struct {
		name   string
		config string
		give   []finding
		want   []string
	}{
		{
			name: "a finding without an exemption is a problem",
			give: []finding{unchanged},
			want: []string{"types.go:1:2: nobools: field Survey.Unchanged should not use a bool."},
		},
		{
			name:   "a field is exempted by name",
			config: `exemptions: [{linter: nobools, fields: [Survey.Unchanged], reason: fixed}]`,
			give:   []finding{unchanged},
		},
		{
			name:   "fields are exempted by pattern",
			config: `exemptions: [{linter: nobools, fields: ["*.Unchanged"], reason: fixed}]`,
			give:   []finding{unchanged},
		},
		{
			name:   "findings are exempted by message",
			config: `exemptions: [{linter: nobools, message: "^field .* bool", reason: fixed}]`,
			give:   []finding{unchanged},
		},
		{
			name:   "another linter's exemption covers nothing, and says so",
			config: `exemptions: [{linter: nomaps, fields: [Survey.Unchanged], reason: fixed}]`,
			give:   []finding{unchanged},
			want: []string{
				"types.go:1:2: nobools: field Survey.Unchanged should not use a bool.",
				`the exemption from nomaps (fields ["Survey.Unchanged"], message "") covers nothing: remove it`,
			},
		},
		{
			name:   "both field and message must fit",
			config: `exemptions: [{linter: nobools, fields: [Survey.Unchanged], message: pointer, reason: fixed}]`,
			give:   []finding{unchanged},
			want: []string{
				"types.go:1:2: nobools: field Survey.Unchanged should not use a bool.",
				`the exemption from nobools (fields ["Survey.Unchanged"], message "pointer") covers nothing: remove it`,
			},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			settings, err := parse([]byte(test.config))
			if err != nil {
				t.Fatal(err)
			}
			if got := judge(test.give, settings.Exemptions); !slices.Equal(got, test.want) {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestBadSettingsAreRefused(t *testing.T) {
	for _, test := range []struct{ name, config, want string }{
		{"an exemption without a reason", `exemptions: [{linter: nobools, fields: [A.B]}]`, "a reason"},
		{"an exemption from a whole linter", `exemptions: [{linter: nobools, reason: none}]`, "disable the linter"},
		{"a pattern that is none", `exemptions: [{linter: nobools, fields: ["[A"], reason: none}]`, "syntax error"},
		{"a message that is no expression", `exemptions: [{linter: nobools, message: "(", reason: none}]`, "missing closing"},
		{"an unknown key", `exemption: []`, "unknown field"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := parse([]byte(test.config)); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got the error %v, want one that says %q", err, test.want)
			}
		})
	}
}
