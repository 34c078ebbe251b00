// SPDX-License-Identifier: Apache-2.0

package figures_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/figures"
	"fangpin.io/fangpin/internal/translate"
)

// reported is the status of a node's report of April 2020 on a day.
func reported(t *testing.T, w *translate.World, node string, families []translate.Papers, submitted *v1alpha1.Submission, now time.Time) *v1alpha1.MonthlyReportStatus {
	t.Helper()
	span := months(t, "2020-04")
	r := figures.NewReport(node, node, span[0])
	r.Spec.Submitted = submitted
	sums := counted(w, families, span, now).Sum(node, 0).Figures()
	return figures.ReportStatus(w, r, &sums, now)
}

func condition(s *v1alpha1.MonthlyReportStatus, kind string) string {
	if c := meta.FindStatusCondition(s.Conditions, kind); c != nil {
		return fmt.Sprintf("%s %s", c.Status, c.Reason)
	}
	return ""
}

func TestWhereAReportStands(t *testing.T) {
	families := populace(crowd{households: 3, persons: 7, registration: "Graduated", mark: "Unstable"})
	// Both begin at the township on one day, so that nobody can be judged there.
	rival := strings.NewReplacer("name: plan,", "name: rival,", "{name: county}", "{name: east}").Replace(monitoring)
	other := strings.Replace(rival, "name: rival,", "name: other,", 1)
	plain, conflict, none := district(t, monitoring), district(t, monitoring, rival, other), district(t)
	right := reported(t, plain, "east", families, nil, at(time.May, 1)).Figures
	wrong := right.DeepCopy()
	wrong.Monitored.Closing.Households = 4
	submission := func(date v1alpha1.Date, f *v1alpha1.Figures, digest string) *v1alpha1.Submission {
		return &v1alpha1.Submission{Date: date, By: "li", Figures: f, Digest: digest}
	}
	for _, test := range []struct {
		name      string
		world     *translate.World
		node      string
		submitted *v1alpha1.Submission
		now       time.Time
		want      string // state, due, as of, Ready, Sealed
	}{
		{"before the month", plain, "east", nil, at(time.March, 31), "Open   True Computed False NotSubmitted"},
		{"on its first day", plain, "east", nil, at(time.April, 1), "Open 2020-05-02 2020-04-01 True Computed False NotSubmitted"},
		{"on its last day", plain, "east", nil, at(time.April, 30), "Open 2020-05-02 2020-04-30 True Computed False NotSubmitted"},
		{"the day after", plain, "east", nil, at(time.May, 1), "Due 2020-05-02 2020-04-30 True Computed False NotSubmitted"},
		{"on the due day", plain, "east", nil, at(time.May, 2), "Due 2020-05-02 2020-04-30 True Computed False NotSubmitted"},
		{"after it", plain, "east", nil, at(time.May, 3), "Overdue 2020-05-02 2020-04-30 True Computed False NotSubmitted"},
		{"nobody asks for it", plain, "county", nil, at(time.July, 3), "Due  2020-04-30 True Computed False NotSubmitted"},
		{"submitted in time", plain, "east", submission("2020-05-02", right, figures.Digest(right)), at(time.May, 9), "Submitted 2020-05-02 2020-04-30 True Computed True Unchanged"},
		{"submitted late, without a digest", plain, "east", submission("2020-05-03", right, ""), at(time.May, 9), "SubmittedLate 2020-05-02 2020-04-30 True Computed True Unchanged"},
		{"submitted without figures", plain, "east", submission("2020-05-02", nil, ""), at(time.May, 9), "Submitted 2020-05-02 2020-04-30 True Computed False FiguresMissing"},
		{"other figures", plain, "east", submission("2020-05-02", wrong, figures.Digest(wrong)), at(time.May, 9), "Submitted 2020-05-02 2020-04-30 True Computed False FactsChanged"},
		{"another's digest", plain, "east", submission("2020-05-02", right, figures.Digest(wrong)), at(time.May, 9), "Submitted 2020-05-02 2020-04-30 True Computed False FactsChanged"},
		{"plans in conflict", conflict, "east", nil, at(time.May, 9), "Due   False PolicyConflict False NotSubmitted"},
		{"plans in conflict below", conflict, "county", nil, at(time.May, 9), "Due   False PolicyConflict False NotSubmitted"},
		{"no conflict elsewhere", conflict, "west", nil, at(time.May, 1), "Due 2020-05-02 2020-04-30 True Computed False NotSubmitted"},
		{"no plan", none, "east", nil, at(time.May, 9), "Due   False NoPolicy False NotSubmitted"},
		{"no jurisdiction", plain, "nowhere", nil, at(time.May, 9), "   False ReferenceNotFound "},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := reported(t, test.world, test.node, families, test.submitted, test.now)
			got := strings.Join([]string{string(s.State), string(s.Due), string(s.AsOf), condition(s, v1alpha1.ConditionReady), condition(s, v1alpha1.ConditionSealed)}, " ")
			if got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
			if hasFigures := s.Figures != nil; hasFigures != (s.AsOf != "") {
				t.Errorf("as of %q, figures %v", s.AsOf, hasFigures)
			}
		})
	}
}

// A message names some of many differences, and says how many more there are.
func TestManyDifferencesAreBounded(t *testing.T) {
	w := district(t, monitoring)
	families := populace(crowd{households: 1, persons: 2, registration: "Poor"})
	asserted := &v1alpha1.Figures{Monitored: &v1alpha1.MonitoredFigures{}}
	for i := range 2000 {
		asserted.Tiers = append(asserted.Tiers, v1alpha1.NamedCount{Policy: "plan", Name: v1alpha1.Word(fmt.Sprintf("Tier%d", i)), Households: 1})
	}
	s := reported(t, w, "east", families, &v1alpha1.Submission{Date: "2020-05-01", By: "li", Figures: asserted}, at(time.May, 3))
	message := meta.FindStatusCondition(s.Conditions, v1alpha1.ConditionSealed).Message
	if !strings.Contains(message, "tiers[plan/Tier0].households 1 → 0; ") || !strings.Contains(message, "; and ") || len(message) > 1024 {
		t.Errorf("%d bytes: %s", len(message), message)
	}
}
