// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/go-logr/logr"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/controlplane"
	"fangpin.io/fangpin/internal/population"
)

func TestMain(m *testing.M) {
	os.Exit(controlplane.ForMain(m, controlplane.Options{CRDs: controlplane.ProjectCRDs()}))
}

// running returns a town of twelve families that is loaded and judged.
func running(t *testing.T) *Town {
	t.Helper()
	town, err := New(controlplane.ForTest(t).Config(), Options{
		Seed: 2020, Groups: population.OfSize(12), Pack: Pack("../.."), Log: logr.Discard(),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- town.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the manager ended with: %v", err)
		}
	})
	if err := town.LoadPlan(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := town.LoadFamilies(t.Context()); err != nil {
		t.Fatal(err)
	}
	return town
}

// TestDaysPassOnACluster lets three weeks pass and compares everything with the
// core; then it spoils something each time and sees it found or mended.
func TestDaysPassOnACluster(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Minute)
	defer stop()
	town := running(t)
	if red, err := town.CheckMarked(ctx); red != 2 || err != nil {
		t.Fatalf("%d families are red by the 2019 library, want 2; %v", red, err)
	}
	for range 21 {
		town.Next()
		if err := town.Work(ctx); err != nil {
			t.Fatal(err)
		}
	}
	found, err := town.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got := found.Day.String(); got != "2020-04-15" || found.Families != 12 || found.Compared != 12+found.Plans || found.RollUps != 10 {
		t.Errorf("on %s, %d families with %d plans: %d statuses compared, %d roll-ups", got, found.Families, found.Plans, found.Compared, found.RollUps)
	}
	visited := 0
	for _, h := range families(t, town) {
		visited += len(h.Spec.Surveys)
	}
	if visited < 12+4 {
		t.Errorf("%d surveys in all: nobody was visited in April", visited)
	}

	t.Run("a visit is recorded although somebody else wrote first", func(t *testing.T) { recordBehindAnother(ctx, t, town) })
	t.Run("a family that was deleted is not visited", func(t *testing.T) { recordForNobody(ctx, t, town) })
	t.Run("statuses that are deleted come back", func(t *testing.T) {
		if n, err := town.CheckRestore(ctx); err != nil || n != 11+found.Plans+10+1 {
			t.Errorf("%d statuses came back, %v", n, err)
		}
	})
	t.Run("midnight brings what was foretold", func(t *testing.T) { passIntoJune(ctx, t, town) })
	t.Run("a fact that the manager has not seen is a difference", func(t *testing.T) { checkBeforeJudging(ctx, t, town) })
}

func families(t *testing.T, town *Town) []*v1alpha1.Household {
	t.Helper()
	var list v1alpha1.HouseholdList
	if err := town.live.List(t.Context(), &list, client.InNamespace(township)); err != nil {
		t.Fatal(err)
	}
	return pointers(list.Items)
}

func recordBehindAnother(ctx context.Context, t *testing.T, town *Town) {
	known := families(t, town)[3]
	if err := town.people.record(ctx, known.DeepCopy(), v1alpha1.Survey{Date: "2020-04-17", Method: "OnSite", Income: "6000"}); err != nil {
		t.Fatal(err)
	}
	// Known is out of date now, and a write that rests on it alone is refused.
	blind := operation{"add", "/spec/surveys/-", v1alpha1.Survey{Date: "2020-04-18", Method: "OnSite", Unchanged: true}}
	if err := town.people.patch(ctx, householdKind, known.Name, known.ResourceVersion, blind); !apierrors.IsConflict(err) {
		t.Errorf("a write over somebody else's: %v, want a conflict", err)
	}
	if err := town.people.record(ctx, known.DeepCopy(), v1alpha1.Survey{Date: "2020-04-18", Method: "OnSite", Unchanged: true}); err != nil {
		t.Fatal(err)
	}
	after := families(t, town)[3]
	if got, want := len(after.Spec.Surveys), len(known.Spec.Surveys)+2; got != want {
		t.Errorf("%d surveys, want %d", got, want)
	}
	if err := town.settle(ctx, town.people.taken()...); err != nil {
		t.Fatal(err)
	}
	err := town.people.record(ctx, after, v1alpha1.Survey{Date: "2020-04-01", Method: "OnSite", Income: "6000"})
	if err == nil || !strings.Contains(err.Error(), "recording the visit of 2020-04-01 to "+after.Name) {
		t.Errorf("a survey of the past is appended: %v", err)
	}
}

func recordForNobody(ctx context.Context, t *testing.T, town *Town) {
	gone := families(t, town)[11]
	if err := town.live.Delete(ctx, gone); err != nil {
		t.Fatal(err)
	}
	if err := town.operator.SettleWithout(ctx, gone); err != nil {
		t.Fatal(err)
	}
	if err := town.people.record(ctx, gone, v1alpha1.Survey{Date: "2020-04-19", Method: "OnSite", Unchanged: true}); err != nil {
		t.Errorf("a visit to nobody: %v", err)
	}
	if written := town.people.taken(); len(written) > 0 {
		t.Errorf("%d objects were written", len(written))
	}
}

// passIntoJune leaps over May, in which nobody was visited: on 1 June every family
// is overdue, by the calendar alone.
func passIntoJune(ctx context.Context, t *testing.T, town *Town) {
	town.today = day(t, "2020-05-31")
	foretold, err := town.Foretell(ctx, town.today.AddDays(1))
	if err != nil {
		t.Fatal(err)
	}
	if err := town.Midnight(ctx); err != nil {
		t.Fatal(err)
	}
	found, err := town.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if difference := found.Differs(foretold); difference != "" {
		t.Error(difference)
	}
	if found.Day.String() != "2020-06-01" || found.Overdue < 5 {
		t.Errorf("on %s %d deadlines are overdue", found.Day, found.Overdue)
	}
}

// checkBeforeJudging shows that Check looks at the API server: it judges on a day
// that the manager has not reached.
func checkBeforeJudging(ctx context.Context, t *testing.T, town *Town) {
	today := town.today
	defer func() { town.today = today }()
	town.today = today.AddDays(40)
	_, err := town.Check(ctx)
	if err == nil || !strings.Contains(err.Error(), "household hh-") {
		t.Errorf("the statuses of %s pass for those of %s: %v", today, town.today, err)
	}
}
