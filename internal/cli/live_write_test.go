// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/cluster"
)

// TestFactsAreWrittenAndRefused goes through a family's way on the API server,
// each command as the person who gives it.
func TestFactsAreWrittenAndRefused(t *testing.T) {
	g := gates(t)
	steps := []struct {
		name       string
		date, user string
		answer     string // what is typed; "": nobody is there
		args       []string
		wantStatus int
		wantOut    []string
		wantErrOut []string
	}{
		{
			name: "a department may not survey", date: "2021-04-20", user: "hu",
			args:       []string{"visit", "hh/hh-new", "-u", "--yes"},
			wantStatus: exitNo, wantOut: []string{`\+ by: hu`},
			wantErrOut: []string{`^error: user hu lacks the right: patch households in namespace gates\n`, `validate --rbac`},
		},
		{
			name: "a stranger may not even look", date: "2021-04-20", user: "stranger",
			args: []string{"visit", "hh/hh-new", "-u", "--yes"}, wantStatus: exitUsage, wantErrOut: []string{`User "stranger" cannot list`},
		},
		{
			name: "a survey is shown, agreed to and written", date: "2021-04-20", user: "zhang", answer: "y\n",
			args:       []string{"visit", "hh/hh-new", "-l", "-i", "5200"},
			wantOut:    []string{`To be added: Household gates/hh-new, spec.surveys`, `\+ by: zhang`, `written: Household gates/hh-new\n$`},
			wantErrOut: []string{`^Write this\? \[y/N\] $`},
		},
		{
			name: "anything but yes is no", date: "2021-04-21", user: "zhang", answer: "maybe\n",
			args: []string{"visit", "hh/hh-new", "-u"}, wantStatus: exitNo, wantErrOut: []string{"nothing was written"},
		},
		{
			name: "an end of input is no", date: "2021-04-21", user: "zhang", answer: "y",
			args: []string{"visit", "hh/hh-new", "-u", "--dry-run"}, wantErrOut: []string{"dry run: the API server would take it; nothing was written"},
		},
		{
			name: "nobody to ask", date: "2021-04-21", user: "zhang",
			args: []string{"visit", "hh/hh-new", "-u"}, wantStatus: exitUsage, wantErrOut: []string{"nobody is there to be asked"},
		},
		{
			name: "a plan", date: "2021-04-20", user: "zhang",
			args:    []string{"plan", "hh/hh-new", "--yes"},
			wantOut: []string{`To be created: AssistancePlan gates/hh-new`, `shortfall Income: Open -> Covered`, `written: AssistancePlan gates/hh-new`},
		},
		{
			name: "another department's delivery", date: "2021-04-20", user: "hu",
			args: []string{"deliver", "hh/hh-new", "--yes"}, wantStatus: exitNo,
			wantErrOut: []string{`user hu lacks the right: deliver assistanceplans/human-resources in namespace gates`},
		},
		{
			name: "its own", date: "2021-04-20", user: "hu",
			args: []string{"deliver", "hh/hh-way", "--evidence", "contract 17", "--yes", "-o", "json"}, wantOut: []string{`"by": "hu"`, `"resourceVersion"`},
			wantErrOut: []string{`spec.measures\[repair\].delivered`},
		},
		{
			name: "who plans may cancel, whosever measure it is", date: "2021-04-20", user: "zhang",
			args: []string{"deliver", "hh/hh-new", "public-post", "--cancel", "--reason", "moved away", "--yes", "--dry-run"}, wantErrOut: []string{"the API server would take it"},
		},
		{
			name: "a second time", date: "2021-04-20", user: "hu",
			args: []string{"deliver", "hh/hh-way", "repair", "--yes"}, wantStatus: exitUsage, wantErrOut: []string{"was delivered on 2021-04-20 by hu, which is final"},
		},
		{
			name: "a lead", date: "2021-04-20", user: "hu",
			args: []string{"signal", "hh/hh-new", "Illness", "-d", "housing", "-a", "6200", "--yes"}, wantOut: []string{`written: RiskSignal gates/hh-new-lead-20210420`},
		},
		{
			name: "the department may not verify it", date: "2021-04-20", user: "hu",
			args: []string{"sign", "sig/hh-new-lead-20210420", "--outcome", "Confirmed", "--yes"}, wantStatus: exitNo,
			wantErrOut: []string{`lacks the right: verify risksignals in namespace gates`},
		},
		{
			name: "the village may", date: "2021-04-21", user: "liu",
			args: []string{"sign", "sig/hh-new-lead-20210420", "--outcome", "Confirmed", "--yes"}, wantOut: []string{`written: RiskSignal gates/hh-new-lead-20210420`},
		},
		{
			name: "a review is opened with its first step", date: "2021-04-20", user: "zhang",
			args: []string{"sign", "hh/hh-new", "-p", "identification", "--yes"}, wantOut: []string{`waits for step village-appraisal`, `written: Review gates/hh-new-identification-20210420`},
		},
		{
			name: "what would not count is not sent", date: "2021-04-21", user: "zhang",
			args: []string{"sign", "hh/hh-new", "--attendance", "VillageRepresentative=14", "--yes"}, wantStatus: exitNo,
			wantErrOut: []string{"the record would not count; step village-appraisal"},
		},
		{
			name: "the village may not approve for the county, whatever it adds", date: "2021-04-21", user: "zhang",
			args: []string{"sign", "hh/hh-new", "county-approval", "--yes", "--anyway"}, wantStatus: exitNo,
			wantErrOut: []string{`lacks the right: approve reviews/county-approval in namespace gates`},
		},
		{
			name: "the next step by itself", date: "2021-04-21", user: "zhang",
			args: []string{"sign", "rev/hh-new-identification-20210420", "--attendance", "VillageRepresentative=15", "--yes"}, wantOut: []string{`waits for step public-notice`},
		},
		{
			name: "what is due from the village now", date: "2021-04-21", user: "zhang",
			args: []string{"todo", "--for", "village=gates-village"}, wantOut: []string{`(?m)^- +InProgress +hh-new +Identification: sign public-notice \(rev/hh-new-identification-20210420\) +Village$`},
		},
		{
			name: "the cluster is set up", date: "2021-04-21",
			args: []string{"check"}, wantOut: []string{`(?m)^ok +kubernetes +version v1`, `(?m)^ok +kinds +all 7 kinds`, `(?m)^ok +admission/fangpin-reviews +in place, and refuses$`, `(?m)^ok +roles +none of \d+ roles`},
		},
		{
			name: "the check is only for those who may look", date: "2021-04-21", user: "zhang",
			args: []string{"check"}, wantStatus: exitNo, wantOut: []string{`(?m)^FAIL +access +could not be looked at: .*cannot list resource "validatingadmissionpolicies"`, `(?m)^ok +kinds`},
		},
	}
	for _, step := range steps {
		t.Run(step.name, func(t *testing.T) {
			var in io.Reader
			if step.answer != "" {
				in = strings.NewReader(step.answer)
			}
			status, out, errOut := g.on(step.date, step.user, in, step.args...)
			if status != step.wantStatus {
				t.Errorf("exit status %d, want %d", status, step.wantStatus)
			}
			expect(t, "output", out, step.wantOut)
			expect(t, "error output", errOut, step.wantErrOut)
			if t.Failed() {
				t.Logf("output:\n%s\nerror output:\n%s", out, errOut)
			}
		})
	}
	if got := g.household(t, "hh-new").Spec.Surveys; len(got) != 2 || got[1].By != "zhang" || got[1].Income != "5200" || got[1].Labour != "Full" || got[1].Entered != "" {
		t.Errorf("surveys of hh-new: %+v", got)
	}
	t.Run("writers at once", func(t *testing.T) { testWritersAtOnce(t, g) })
	t.Run("somebody else writes before the answer", func(t *testing.T) { testWriteBeforeTheAnswer(t, g) })
	t.Run("somebody else signs before the answer", func(t *testing.T) { testStepStays(t, g) })
	t.Run("somebody else writes at the same moment", func(t *testing.T) { testConflicts(t, g) })
	t.Run("a full list", func(t *testing.T) { testFullList(t, g) })
	t.Run("a month's report", func(t *testing.T) { testSubmission(t, g) })
	t.Run("answers of the API server in words", func(t *testing.T) { testRefusals(t, g) })
	t.Run("a policy that does not compile", func(t *testing.T) { testBrokenPolicy(t, g) })
	t.Run("ledgers", func(t *testing.T) { testLedgers(t, g) })
	t.Run("roles as they are printed", func(t *testing.T) { testPrintedRoles(t, g) })
	t.Run("a role with a wildcard", func(t *testing.T) { testWildcard(t, g) })
}

// testFullList: the sixty-first survey takes the place of the oldest one that
// today does not rest on.
func testFullList(t *testing.T, g live) {
	h := &v1alpha1.Household{
		ObjectMeta: metav1.ObjectMeta{Name: "hh-full", Namespace: "gates"},
		Spec:       v1alpha1.HouseholdSpec{Registration: "None", Persons: 1},
	}
	first, err := civil.ParseDay("2021-01-01")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 60 {
		h.Spec.Surveys = append(h.Spec.Surveys, v1alpha1.Survey{
			Date: v1alpha1.Date(first.AddDays(i).String()), Income: "4800", Guarantees: []v1alpha1.Guarantee{{Name: "Housing", State: "Met"}},
		})
	}
	if err := g.client.Create(context.Background(), h); err != nil {
		t.Fatal(err)
	}
	status, out, errOut := g.on("2021-04-20", "zhang", nil, "visit", "hh/hh-full", "-u", "--yes")
	if status != exitFine {
		t.Fatal(errOut)
	}
	// On the first survey rests since when the shortfall is open.
	expect(t, "output", out, []string{`To go, to make room: the survey of 2021-01-02`, `(?m)^  - date: "2021-01-02"$`})
	surveys := g.household(t, "hh-full").Spec.Surveys
	if len(surveys) != 60 || surveys[0].Date != "2021-01-01" || surveys[1].Date != "2021-01-03" || surveys[59].Date != "2021-04-20" {
		t.Errorf("%d surveys: %s, %s … %s", len(surveys), surveys[0].Date, surveys[1].Date, surveys[59].Date)
	}
}

// testRefusals says the API server's own refusals in words of the field.
func testRefusals(t *testing.T, g live) {
	ctx := context.Background()
	zhang, stranger := g.as(t, "zhang"), g.as(t, "stranger")
	invalid := forged()
	invalid.Spec.Records[0].By = "zhang"
	invalid.Spec.Opened = "tomorrow"
	tests := []struct {
		name        string
		err         error
		want        string
		wantRefusal bool
	}{
		{"admission", zhang.Create(ctx, forged()), `refused by the admission policy fangpin-reviews: spec.records[0].by is liu, but zhang adds this record`, true},
		{"RBAC", stranger.Create(ctx, forged()), `user stranger may not create reviews (namespace gates): no role grants it`, true},
		{"schema", zhang.Create(ctx, invalid), `refused as invalid: spec.opened: Invalid value`, true},
		{"not found", zhang.Delete(ctx, &v1alpha1.Jurisdiction{ObjectMeta: metav1.ObjectMeta{Name: "nowhere"}}), `user zhang may not delete jurisdictions`, true},
		{"overload", apierrors.NewTooManyRequests("slow down", 1), `the API server could not write it: slow down`, false},
		{"no answer", io.ErrUnexpectedEOF, `reaching the cluster: unexpected EOF`, false},
	}
	for _, tt := range tests {
		said, isRefusal := cluster.Refused(tt.err)
		if !strings.HasPrefix(said.Error(), tt.want) || isRefusal != tt.wantRefusal {
			t.Errorf("%s: got %q (a refusal: %v), want %q", tt.name, said, isRefusal, tt.want)
		}
	}
}

// testBrokenPolicy: one that does not compile keeps nobody from writing. Families
// elsewhere are judged; those under it are told why they are not.
func testBrokenPolicy(t *testing.T, g live) {
	broken := &v1alpha1.MonitoringPolicy{
		ObjectMeta: metav1.ObjectMeta{Name: "broken"},
		Spec: v1alpha1.MonitoringPolicySpec{
			JurisdictionRef: v1alpha1.JurisdictionReference{Name: "gates"}, EffectiveFrom: "2022-01-01",
			Categories: []v1alpha1.Category{{Name: "All", When: "survey.income < 5000"}},
		},
	}
	if err := g.client.Create(context.Background(), broken); err != nil {
		t.Fatal(err)
	}
	visit := []string{"visit", "hh/hh-way", "-i", "6500", "--yes"}
	status, out, errOut := g.on("2021-12-30", "zhang", nil, visit...)
	if status != exitFine {
		t.Errorf("before it is in force: %s", errOut)
	}
	expect(t, "output", out, []string{`What follows on 2021-12-30, by gates`})
	status, out, errOut = g.on("2022-01-02", "zhang", nil, visit...)
	if status != exitFine {
		t.Errorf("under it: %s", errOut)
	}
	expect(t, "output", out, []string{`not judged: PolicyInvalid. Policy broken does not compile`, `written: Household gates/hh-way`})
	status, out, errOut = g.on("2022-01-02", "zhang", nil, "todo")
	if status != exitFine {
		t.Errorf("todo: %s", errOut)
	}
	expect(t, "output", out, []string{`^nothing is due\n$`})
	expect(t, "error output", errOut, []string{`policy broken does not compile, and nothing is listed`})
}

// testPrintedRoles: who has the role that is printed for the village signs the
// village's steps, and no other.
func testPrintedRoles(t *testing.T, g live) {
	var roles, complaints bytes.Buffer
	if status := Main(context.Background(), []string{"validate", "--rbac", "testdata/gates"}, environment(nil, &roles, &complaints)); status != exitFine {
		t.Fatal(complaints.String())
	}
	file := filepath.Join(t.TempDir(), "roles.yaml")
	if err := os.WriteFile(file, roles.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	g.createRoles(t, file)
	g.bind(t, "", "fangpin-viewer", "qian")
	g.bind(t, "gates", "fangpin-gates-village", "qian")
	g.must(t, "qian", "sign", "hh/hh-full", "-p", "Identification", "--yes")
	status, _, errOut := g.on("2021-05-01", "qian", nil, "sign", "hh/hh-full", "county-approval", "--yes", "--anyway")
	if status != exitNo || !strings.Contains(errOut, "approve reviews/county-approval") {
		t.Errorf("exit status %d: %s", status, errOut)
	}
}

// testWildcard: whoever holds every verb holds every signature.
func testWildcard(t *testing.T, g live) {
	role := &rbacv1.ClusterRole{
		ObjectMeta: metav1.ObjectMeta{Name: "everything"},
		Rules:      []rbacv1.PolicyRule{{APIGroups: []string{"fangpin.io"}, Resources: []string{"reviews"}, Verbs: []string{"*"}}},
	}
	if err := g.client.Create(context.Background(), role); err != nil {
		t.Fatal(err)
	}
	g.bind(t, "gates", "everything", "wang")
	status, out, _ := g.on("2021-04-20", "", nil, "check")
	if status != exitNo {
		t.Errorf("exit status %d", status)
	}
	expect(t, "output", out, []string{`(?m)^FAIL +clusterrole/everything +verbs "\*" on reviews grants every signature to User wang`})
}
