// SPDX-License-Identifier: Apache-2.0

package controllers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/controllers"
	"fangpin.io/fangpin/internal/controlplane"
	"fangpin.io/fangpin/internal/metrics"
)

// dutiful is the county's plan with duties of each kind.
const dutiful = plan + `
  surveys: [{every: Month, from: "2020-04-01"}]
  duties:
  - {name: ledgers, level: Village, due: {date: "2020-05-10"}, metWhen: Recorded}
  - {name: visits, level: Township, every: Month, due: {dayOfNextMonth: 5}, metWhen: SurveysDone}
  - {name: feed, level: County, department: education, every: Month, due: {dayOfNextMonth: 5}, metWhen: SignalsArrived}
  - {name: dispatch, level: County, due: {sinceLast: {months: 2}}, metWhen: Recorded, escalate: [{after: {days: 0}, to: Prefecture}]}
`

// duties says the duties of a jurisdiction, a word each.
func (town *town) duties(jurisdiction string) string {
	town.t.Helper()
	var said []string
	for _, d := range town.jurisdiction(jurisdiction).Status.Duties {
		said = append(said, strings.TrimSpace(fmt.Sprintf("%s/%s %s %s %s", d.Name, d.Period, d.State, d.Due, d.EscalatedTo)))
	}
	return strings.Join(said, "; ")
}

func (town *town) wantDuties(when string, want map[string]string) {
	town.t.Helper()
	for jurisdiction, duties := range want {
		if diff := cmp.Diff(duties, town.duties(jurisdiction)); diff != "" {
			town.t.Errorf("%s, %s (-want +got):\n%s", when, jurisdiction, diff)
		}
	}
}

func TestDutiesFallDueAndAreMet(t *testing.T) {
	town := newTown(t, dutiful, poor, fair)
	town.wantDuties("1 May: no family missed April", map[string]string{
		"east-hill": "ledgers/ Due 2020-05-10",
		"east":      "visits/2020-04 Met 2020-05-05; visits/2020-05 Pending 2020-06-05",
		"county":    "feed/2020-03 Overdue 2020-04-05; feed/2020-04 Due 2020-05-05; feed/2020-05 Pending 2020-06-05; dispatch/ Pending 2020-05-25",
	})

	town.change(`
kind: RiskSignal
metadata: {name: lead, namespace: east}
spec: {householdRef: {name: poor}, source: Department, department: education, cause: Schooling, date: "2020-05-01", period: "2020-04"}
---
kind: MonthlyReport
metadata: {name: east-hill-2020-05, namespace: east}
spec: {jurisdictionRef: {name: east-hill}, period: "2020-05", dutyRecords: [{duty: ledgers, date: "2020-05-01", by: village-worker}]}
`)
	town.wantDuties("a record and a lead", map[string]string{
		"east-hill": "ledgers/ Met 2020-05-10",
		"east-lake": "ledgers/ Due 2020-05-10",
		"county":    "feed/2020-03 Overdue 2020-04-05; feed/2020-04 Met 2020-05-05; feed/2020-05 Pending 2020-06-05; dispatch/ Pending 2020-05-25",
	})

	town.clock.SetTime(noonOf(time.June, 6))
	town.settle()
	town.wantDuties("6 June: nobody was surveyed in May", map[string]string{
		"east-lake": "ledgers/ Overdue 2020-05-10",
		"east":      "visits/2020-04 Met 2020-05-05; visits/2020-05 Overdue 2020-06-05; visits/2020-06 Pending 2020-07-05",
		"west":      "visits/2020-05 Met 2020-06-05; visits/2020-06 Pending 2020-07-05",
		"county":    "feed/2020-03 Overdue 2020-04-05; feed/2020-04 Met 2020-05-05; feed/2020-05 Overdue 2020-06-05; feed/2020-06 Pending 2020-07-05; dispatch/ Overdue 2020-05-25 Prefecture",
	})
	// Two families' surveys, and the town's own duty of May.
	if got := *town.jurisdiction("east").Status.Overdue; got != 3 {
		t.Errorf("east has %d overdue, want 3: those of its families and its own", got)
	}
	if got := testutil.ToFloat64(metrics.OverdueDuties.WithLabelValues("east", "Village", "ledgers")); got != 1 {
		t.Errorf("the metric counts %v villages of east whose ledgers are overdue, want 1", got)
	}

	survey := `  - {date: "2020-06-06", by: village-worker, method: OnSite, unchanged: true}` + "\n"
	town.change(poor+survey, fair+survey)
	town.wantDuties("they are surveyed on 6 June", map[string]string{
		"east": "visits/2020-05 MetLate 2020-06-05; visits/2020-06 Pending 2020-07-05",
	})

	before := town.jurisdiction("county")
	wiped := before.DeepCopy()
	if err := town.client.Status().Patch(t.Context(), wiped, client.RawPatch(types.MergePatchType, []byte(`{"status":null}`))); err != nil {
		t.Fatal(err)
	}
	town.settle(wiped)
	if diff := cmp.Diff(before.Status, town.jurisdiction("county").Status); diff != "" {
		t.Errorf("a wiped status comes back otherwise (-before +after):\n%s", diff)
	}
}

// TestARestartKeepsDutiesUntilAllFamiliesHaveSpoken: what families say of duties
// is in no status, so nothing is concluded of it before all are judged anew.
func TestARestartKeepsDutiesUntilAllFamiliesHaveSpoken(t *testing.T) {
	town := newTown(t, dutiful, poor, fair)
	town.clock.SetTime(noonOf(time.June, 6))
	town.settle()
	before := town.jurisdiction("east")
	town.stop()
	town.startWith(controlplane.ForTest(t).Config(), controllers.Options{Clock: town.clock})
	town.settle()
	after := town.jurisdiction("east")
	if after.ResourceVersion != before.ResourceVersion {
		t.Errorf("the restart wrote the status:\n%s", cmp.Diff(before.Status, after.Status))
	}
}
