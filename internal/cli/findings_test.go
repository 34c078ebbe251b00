// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"os"
	"strings"
	"testing"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate/soundness"
)

// TestEveryCodeIsDocumented: both pages explain each code in a row of its own, with
// the severity that it has.
func TestEveryCodeIsDocumented(t *testing.T) {
	codes := map[string]severity{codeRefused: isError, codeInvalid: isError, codeDoubtful: isWarning}
	for _, code := range soundness.Codes() {
		codes[string(code)] = severity(code.Severity())
	}
	for file, words := range map[string]map[severity]string{
		"../../docs/validate.md":       {isError: "error", isWarning: "warning", isInformation: "note"},
		"../../docs/validate.zh-CN.md": {isError: "错误", isWarning: "警告", isInformation: "提示"},
	} {
		page, err := os.ReadFile(file) //nolint:gosec // the project's own pages
		if err != nil {
			t.Fatal(err)
		}
		for code, severity := range codes {
			if row := "\n| `" + code + "` | " + words[severity] + " | "; !strings.Contains(string(page), row) {
				t.Errorf("%s has no row %q", file, strings.TrimSpace(row))
			}
		}
		if rows := strings.Count(string(page), "\n| `"); rows != len(codes) {
			t.Errorf("%s has %d rows for %d codes", file, rows, len(codes))
		}
	}
}

// TestEveryFindingIsSaid: each code has a sentence in both languages that its
// arguments fit.
func TestEveryFindingIsSaid(t *testing.T) {
	day, err := civil.ParseDay("2021-01-01")
	if err != nil {
		t.Fatal(err)
	}
	subjects := map[soundness.Code][]any{
		soundness.NotReached: {2000}, soundness.TierGap: {"survey.income", soundness.Amounts{From: 1, To: 1}, "All", "Red", "Yellow"},
		soundness.TierOverlap: {"survey.income", soundness.Amounts{From: 1, To: 2}}, soundness.TierNeverTaken: {"Red"},
		soundness.NoLedgers: {[]string{}}, soundness.DueBeforeStart: {day, day}, soundness.DueAfterEnd: {day, day, day},
		soundness.EscalationAfterEnd: {day, day}, soundness.MinimumTooLong: {day, day, day}, soundness.NoticeTooLong: {7},
		soundness.SurveyNeverDue: {day, day, day}, soundness.DutyNeverDue: {day, day}, soundness.DutyMonthsMissed: {"Quarter", []int32{5}},
		soundness.ParameterWithoutValue: {"line", day}, soundness.ParameterUnread: {"line"}, soundness.ValueAfterEnd: {day, day},
		soundness.StandardWithoutDepartment: {"Income"}, soundness.NobodyApplies: {"Income"}, soundness.NoSuchSite: {"Cluster"}, soundness.NoSuchCluster: {20},
	}
	for _, lang := range []wording.Language{wording.English, wording.Chinese} {
		for _, code := range soundness.Codes() {
			f := speaker{lang: lang}.finding(&soundness.Finding{
				Code: code, Path: "spec.tiers", Others: []string{"spec.tiers[0]"}, Subjects: subjects[code],
				Days: []civil.Interval{{From: day, Until: day}, {From: day}},
			})
			for _, text := range []string{f.Message, f.Hint} {
				if text == "" || malformed.MatchString(text) || strings.Contains(text, lang.Say(wording.Unsaid)) {
					t.Errorf("%s, %s: %q", lang, code, text)
				}
			}
		}
	}
}
