// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"k8s.io/cli-runtime/pkg/genericclioptions"

	"fangpin.io/fangpin/internal/cli/wording"
)

// reportFiles is a town with one family, whose report of April was submitted when
// the family's income stood otherwise.
const reportFiles = `
apiVersion: fangpin.io/v1alpha1
kind: Jurisdiction
metadata: {name: town}
spec: {level: Township, displayName: 镇, namespace: town}
---
apiVersion: fangpin.io/v1alpha1
kind: MonitoringPolicy
metadata: {name: plan}
spec:
  jurisdictionRef: {name: town}
  effectiveFrom: "2020-03-25"
  standards: [{name: Income, met: "survey.income >= yuan(5000)"}]
  categories: [{name: Any, when: "true"}]
---
apiVersion: fangpin.io/v1alpha1
kind: Household
metadata: {name: hh-1, namespace: town}
spec: {registration: None, persons: 4, surveys: [{date: "2020-04-10", by: zhang, method: OnSite, income: "6000"}]}
---
apiVersion: fangpin.io/v1alpha1
kind: MonthlyReport
metadata: {name: town-2020-03, namespace: town}
spec: {jurisdictionRef: {name: town}, period: "2020-03"}
---
apiVersion: fangpin.io/v1alpha1
kind: MonthlyReport
metadata: {name: town-2020-04, namespace: town}
spec:
  jurisdictionRef: {name: town}
  period: "2020-04"
  submitted:
    date: "2020-05-01"
    by: li
    figures:
      monitored: {opening: {households: 0, persons: 0}, added: {households: 0, persons: 0}, eliminated: {households: 0, persons: 0}, closing: {households: 0, persons: 0}}
      categories: [{policy: plan, name: Any, households: 1, persons: 4}]
      shortfalls: [{standard: Income, open: 1, overdue: 0}]
      surveys: {done: 1, missing: 0}
`

func TestWhatHasChangedSinceTheSubmission(t *testing.T) {
	file := filepath.Join(t.TempDir(), "town.yaml")
	if err := os.WriteFile(file, []byte(reportFiles), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name       string
		lang       wording.Language
		args       []string
		wantStatus int
		wantOut    []string
		wantErrOut []string
	}{
		{name: "a correction is named", args: []string{"mrep/town-2020-04"}, wantStatus: exitNo, wantOut: []string{`(?m)^FIGURE +SUBMITTED +NOW +CHANGE$`, `(?m)^shortfall Income open +1 +0 +-1$`}},
		{name: "in Chinese", lang: wording.Chinese, args: []string{"town", "-p", "2020-04"}, wantStatus: exitNo, wantOut: []string{`(?m)^短板 收入 未补齐 +1 +0 +-1$`}},
		{name: "for programs", args: []string{"mrep/town-2020-04", "-o", "json"}, wantStatus: exitNo, wantOut: []string{`"figure": "shortfalls\[Income\].open"`, `"now": "sha256:`}},
		{name: "nothing was submitted", args: []string{"town-2020-03"}, wantStatus: exitUsage, wantErrOut: []string{"town-2020-03 was not submitted yet"}},
		{name: "there is no such report", args: []string{"town-2020-05"}, wantStatus: exitUsage, wantErrOut: []string{"there is no MonthlyReport town/town-2020-05"}},
		{name: "no month", args: []string{"town"}, wantStatus: exitUsage, wantErrOut: []string{"name a report"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out, errOut bytes.Buffer
			s := &session{Environment: environment(nil, &out, &errOut), lang: test.lang, cluster: genericclioptions.NewConfigFlags(true)}
			cmd := s.reportDiffCommand()
			cmd.SilenceErrors, cmd.SilenceUsage = true, true
			cmd.SetArgs(append(test.args, "-f", file, "--as-of", "2020-05-06"))
			called, err := cmd.ExecuteC()
			if status := s.conclude(called, err); status != test.wantStatus {
				t.Errorf("exit status %d, want %d: %s", status, test.wantStatus, errOut.String())
			}
			expect(t, "output", out.String(), test.wantOut)
			expect(t, "error output", errOut.String(), test.wantErrOut)
		})
	}
}
