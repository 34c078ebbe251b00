// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"fangpin.io/fangpin/internal/cli/preview"
	"fangpin.io/fangpin/internal/cli/wording"
)

func TestMarkdownFitsACommentAndStandsAsWritten(t *testing.T) {
	var report preview.Report
	for i := range 12 {
		d := preview.Day{Date: fmt.Sprintf("2021-%02d-01", i+1)}
		for k := range 5000 {
			d.Jurisdictions = append(d.Jurisdictions, preview.Place{Name: fmt.Sprintf("a|b<c>@d_%d", k), DisplayName: strings.Repeat("村", 300)})
			d.Causes = append(d.Causes, preview.Cause{What: preview.MovesTier, NewRules: []string{strings.Repeat("规则", 400)}})
			d.Tiers = append(d.Tiers, preview.Transition{From: preview.Standing{Name: strings.Repeat("x", 300)}})
		}
		report.Days = append(report.Days, d)
	}
	for _, lang := range []wording.Language{wording.English, wording.Chinese} {
		p := &forecast{session: &session{lang: lang}, report: report}
		text := p.markdown()
		if n := utf8.RuneCountInString(text); n >= 65_000 {
			t.Errorf("%s: %d characters", lang, n)
		}
		if last := lang.Say(wording.PreviewCutShort); !strings.HasSuffix(strings.TrimSpace(text), last) {
			t.Errorf("%s: it does not say that it is cut short", lang)
		}
	}
	if got, want := escaped("a|b<c>@d\x1b[2J\n"), `a\|b&lt;c&gt;&#64;d\\x1b\[2J\\n`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAShareIsNeverRoundedToNothingOrAll(t *testing.T) {
	for _, tt := range []struct {
		part, whole int
		want        string
	}{{0, 0, "0%"}, {0, 5, "0%"}, {5, 5, "100%"}, {1, 100_000, "0.1%"}, {99_999, 100_000, "99.9%"}, {1, 3, "33.3%"}, {105, 1752, "6.0%"}} {
		if got := share(tt.part, tt.whole); got != tt.want {
			t.Errorf("%d of %d: got %s, want %s", tt.part, tt.whole, got, tt.want)
		}
	}
}
