// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	clocktesting "k8s.io/utils/clock/testing"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/chronicle"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// malformed finds the marks that fmt leaves where a sentence and its arguments
// do not fit.
var malformed = regexp.MustCompile(`%!|%\w`)

func TestEveryEventIsSaidInBothLanguages(t *testing.T) {
	due, err := civil.ParseDay("2020-06-30")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []wording.Language{wording.English, wording.Chinese} {
		words := newGlossary(lang, nil)
		for _, kind := range chronicle.Kinds() {
			for _, e := range []chronicle.Event{
				{Kind: kind, Name: "Tier/clear-red", From: "Red", To: "Yellow", Due: due},
				{Kind: kind, Name: "name", To: "Unchanged"},
				{Kind: kind},
			} {
				said := words.event(e)
				if said == string(kind) || said == "" || malformed.MatchString(said) {
					t.Errorf("%s, %v: %q", lang, e, said)
				}
			}
		}
	}
}

func TestSingleChangesAreSaid(t *testing.T) {
	tiers := &v1alpha1.MonitoringPolicy{Spec: v1alpha1.MonitoringPolicySpec{Tiers: []v1alpha1.Tier{{Name: "Yellow", DisplayName: "黄色"}}}}
	none := &v1alpha1.MonitoringPolicy{}
	tests := []struct {
		name        string
		policy      *v1alpha1.MonitoringPolicy
		change      translate.SingleChange
		wantEnglish string
		wantChinese string
	}{
		{
			"an amount or more", tiers, translate.SingleChange{Fact: "survey.income", From: "4800", AtLeast: "5000", Tier: "Yellow"},
			"Yellow at income 5000.00 or more (now 4800)", "黄色：人均收入 达到 5000.00 以上（现为 4800）",
		},
		{
			"less than an amount, now missing", tiers, translate.SingleChange{Fact: "survey.income", Below: "4999.99", Tier: "Yellow"},
			"Yellow at income below 4999.99 (now not stated)", "黄色：人均收入 低于 4999.99（现为 未填）",
		},
		{
			"between amounts", tiers, translate.SingleChange{Fact: "survey.income", From: "1", AtLeast: "5000", Below: "10000.5", Tier: "Yellow"},
			"Yellow at income 5000.00 or more, below 10000.50 (now 1)", "黄色：人均收入 达到 5000.00 以上、低于 10000.50（现为 1）",
		},
		{
			"a word", tiers, translate.SingleChange{Fact: "survey.guarantees.Housing", From: "Met", Word: "AtRisk", Tier: "Red"},
			"Red at guarantees.Housing AtRisk (now Met)", "Red：住房保障 为 AtRisk（现为 Met）",
		},
		{
			"no tier", tiers, translate.SingleChange{Fact: "survey.income", From: "1", AtLeast: "2"},
			"no tier at income 2.00 or more (now 1)", "无等级：人均收入 达到 2.00 以上（现为 1）",
		},
		{
			"a category of a plan without tiers", none, translate.SingleChange{Fact: "survey.income", From: "1", AtLeast: "2", Category: "Marginal"},
			"Marginal at income 2.00 or more (now 1)", "Marginal：人均收入 达到 2.00 以上（现为 1）",
		},
		{
			"out of scope", none, translate.SingleChange{Fact: "survey.income", From: "1", AtLeast: "2"},
			"out of scope at income 2.00 or more (now 1)", "不属监测范围：人均收入 达到 2.00 以上（现为 1）",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for lang, want := range map[wording.Language]string{wording.English: tt.wantEnglish, wording.Chinese: tt.wantChinese} {
				x := explanation{words: newGlossary(lang, []*v1alpha1.MonitoringPolicy{tt.policy})}
				x.Policy = tt.policy
				if got := x.sayChange(&tt.change); got != want {
					t.Errorf("%s: got %q, want %q", lang, got, want)
				}
			}
		})
	}
}

func TestTodayIsTheDayInThePlansZone(t *testing.T) {
	tests := []struct {
		name string
		now  time.Time
		want string
	}{
		{"the last moment of the due day in China", time.Date(2020, 6, 30, 15, 59, 59, 0, time.UTC), `clear-red +2020-04-12 +2020-06-30 +Pending`},
		{"midnight in China", time.Date(2020, 6, 30, 16, 0, 0, 0, time.UTC), `clear-red +2020-04-12 +2020-06-30 +Overdue +Township`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out, errOut bytes.Buffer
			env := environment(strings.NewReader(""), &out, &errOut)
			env.Clock = clocktesting.NewFakePassiveClock(tt.now)
			status := Main(context.Background(), []string{"explain", "hh/hh-red", "-f", "testdata/plan"}, env)
			if status != exitFine || errOut.Len() > 0 {
				t.Fatalf("exit status %d: %s", status, errOut.String())
			}
			expect(t, "output", out.String(), []string{tt.want})
		})
	}
}

// failing is an output that is gone, as when a pager was left.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, context.Canceled }

func TestAnOutputThatIsGoneIsAnError(t *testing.T) {
	for _, args := range [][]string{
		{"evaluate", "-f", "testdata/plan", "--as-of", "2020-06-01"},
		{"evaluate", "-f", "testdata/plan", "--as-of", "2020-06-01", "-o", "table"},
		{"preview", "--delete", "plan", "-f", "testdata/plan", "--as-of", "2020-06-01"},
		{"preview", "--delete", "plan", "-f", "testdata/plan", "--as-of", "2020-06-01", "-o", "markdown"},
		{"explain", "hh/hh-red", "-f", "testdata/plan", "--as-of", "2020-06-01"},
		{"explain", "hh/hh-red", "-f", "testdata/plan", "--as-of", "2020-06-01", "-o", "json"},
		{"timeline", "hh/hh-red", "-f", "testdata/plan", "--as-of", "2020-06-01"},
		{"timeline", "hh/hh-late", "-f", "testdata/plan", "-f", "testdata/late", "--as-of", "2020-06-01", "--known-at", "2020-06-01"},
		{"timeline", "--late", "-f", "testdata/plan", "-f", "testdata/late"},
		{"timeline", "--late", "-f", "testdata/plan", "-f", "testdata/late", "-o", "json"},
		{"timeline", "--late", "-f", "testdata/plan"},
		{"validate", "testdata/plan"},
		{"validate", "--rbac", "testdata/gates"},
		{"visit", "hh/hh-red", "-u", "-f", "testdata/plan", "--as-of", "2020-06-01"},
		{"todo", "-f", "testdata/plan", "--as-of", "2020-06-01"},
		{"todo", "-f", "testdata/plan", "--as-of", "2020-06-01", "-o", "yaml"},
		{"todo", "-f", "testdata/plan", "--as-of", "2020-01-01", "--until", "2020-01-01"},
		{"report", "-f", "testdata/plan", "--as-of", "2020-06-01"},
		{"report", "-f", "testdata/plan", "--as-of", "2020-06-01", "-o", "json"},
		{"report", "-f", "testdata/plan", "--as-of", "2020-06-01", "-o", "html"},
		{"report", "-f", "testdata/plan", "--as-of", "2020-06-01", "-o", "xlsx"},
		{"version"},
		{"completion", "kubectl"},
	} {
		var errOut bytes.Buffer
		if status := Main(context.Background(), args, environment(nil, failing{}, &errOut)); status != exitUsage || errOut.Len() == 0 {
			t.Errorf("%v: exit status %d, %q", args, status, errOut.String())
		}
	}
}

func TestEvaluateStopsWhenItIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errOut bytes.Buffer
	status := Main(ctx, []string{"evaluate", "-f", "-"}, environment(bytes.NewReader(stream(t, 50)), &out, &errOut))
	if status != exitUsage || !strings.Contains(errOut.String(), context.Canceled.Error()) {
		t.Errorf("exit status %d: %s", status, errOut.String())
	}
}
