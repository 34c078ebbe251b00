// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/figures"
)

// computed makes the report of the town as the controller leaves it.
func (g live) computed(t *testing.T, month string, households int32) *v1alpha1.MonthlyReport {
	t.Helper()
	period, err := civil.ParsePeriod(civil.Month, month)
	if err != nil {
		t.Fatal(err)
	}
	r := figures.NewReport("gates", "gates", period)
	if err := g.client.Create(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	count := v1alpha1.HouseholdsPersons{Households: households, Persons: 3 * households}
	r.Status = v1alpha1.MonthlyReportStatus{
		ObservedGeneration: r.Generation, State: v1alpha1.ReportDue, AsOf: v1alpha1.Date(period.End.String()),
		Figures:    &v1alpha1.Figures{Monitored: &v1alpha1.MonitoredFigures{Opening: count, Closing: count}, Overdue: new(int32(0))},
		Conditions: []metav1.Condition{{Type: "Ready", Status: "True", Reason: "Computed", LastTransitionTime: metav1.Now()}},
	}
	config := rest.CopyConfig(g.Config())
	config.Impersonate = rest.ImpersonationConfig{UserName: "system:serviceaccount:fangpin-system:fangpin-manager", Groups: []string{"system:masters"}}
	manager, err := client.New(config, client.Options{Scheme: g.client.Scheme()})
	if err != nil {
		t.Fatal(err)
	}
	if err := manager.Status().Update(context.Background(), r); err != nil {
		t.Fatal(err)
	}
	return r
}

// testSubmission goes the way of a report on the API server.
func testSubmission(t *testing.T, g live) {
	g.computed(t, "2021-03", 4)
	april := g.computed(t, "2021-04", 5)
	for _, step := range []struct {
		name, date, user    string
		args                []string
		wantStatus          int
		wantOut, wantErrOut []string
	}{
		{
			name: "a department may not submit", date: "2021-05-02", user: "hu", args: []string{"mrep/gates-2021-04"}, wantStatus: exitNo,
			wantErrOut: []string{`hu lacks the right: submit monthlyreports in namespace gates`},
		},
		{
			name: "while the month runs", date: "2021-04-30", user: "li", args: []string{"gates", "-p", "2021-04"}, wantStatus: exitNo,
			wantErrOut: []string{"the month still runs until 2021-04-30"},
		},
		{
			name: "what the controller has not opened", date: "2021-06-01", user: "li", args: []string{"gates", "-p", "2021-05"}, wantStatus: exitNo,
			wantErrOut: []string{"there is no MonthlyReport gates/gates-2021-05"},
		},
		{
			name: "the figures as they are shown", date: "2021-05-02", user: "li", args: []string{"mrep/gates-2021-04"},
			wantOut: []string{`closing households +4 +5 +\+1`, `sha256:`, `written: MonthlyReport gates/gates-2021-04`},
		},
		{
			name: "a second time", date: "2021-05-03", user: "li", args: []string{"mrep/gates-2021-04"}, wantStatus: exitNo,
			wantErrOut: []string{"was submitted on 2021-05-02 by li, and a submission is final"},
		},
		{
			name: "a duty, in a form that is created for it", date: "2021-05-20", user: "li", args: []string{"gates", "--duty", "dispatch", "--document", "minutes-3", "--anyway"},
			wantOut: []string{`To be created: MonthlyReport gates/gates-2021-05`, `written: MonthlyReport gates/gates-2021-05`}, wantErrOut: []string{"no plan asks for the duty dispatch"},
		},
		{
			name: "another, in the same form", date: "2021-05-21", user: "li", args: []string{"gates", "--duty", "check", "--anyway"},
			wantOut: []string{`To be added: MonthlyReport gates/gates-2021-05, spec.dutyRecords`},
		},
	} {
		t.Run(step.name, func(t *testing.T) {
			status, out, errOut := g.on(step.date, step.user, nil, append([]string{"submit", "--yes"}, step.args...)...)
			if status != step.wantStatus {
				t.Errorf("exit status %d, want %d:\n%s\n%s", status, step.wantStatus, out, errOut)
			}
			expect(t, "output", out, step.wantOut)
			expect(t, "error output", errOut, step.wantErrOut)
		})
	}
	got := &v1alpha1.MonthlyReport{}
	if err := g.client.Get(context.Background(), client.ObjectKeyFromObject(april), got); err != nil {
		t.Fatal(err)
	}
	if s := got.Spec.Submitted; s == nil || s.By != "li" || s.Date != "2021-05-02" || s.Digest != figures.Digest(april.Status.Figures) || len(figures.Differences(s.Figures, april.Status.Figures)) != 0 {
		t.Errorf("submitted: %+v", got.Spec.Submitted)
	}
}
