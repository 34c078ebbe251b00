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
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/controlplane"
	"fangpin.io/fangpin/internal/population"
	"fangpin.io/fangpin/internal/rehearsal/story"
)

func TestMain(m *testing.M) {
	os.Exit(controlplane.ForMain(m, controlplane.Options{CRDs: controlplane.ProjectCRDs()}))
}

// running returns a town of twelve families that is loaded and judged.
func running(t *testing.T) *Town {
	t.Helper()
	town, err := New(t.Context(), controlplane.ForTest(t).Config(), Options{
		Seed: 2020, Groups: population.OfSize(12), Root: root, Log: logr.Discard(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := town.Install(t.Context()); err != nil {
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
	told := news(ctx, t, town)
	for range 21 {
		town.Next()
		if err := town.Work(ctx); err != nil {
			t.Fatal(err)
		}
		told += news(ctx, t, town)
	}
	if want := 6; told != want { // up to the county's confirmation of the warning
		t.Errorf("%d events were told, want %d", told, want)
	}
	found, err := town.Check(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if got := found.Day.String(); got != "2020-04-15" || found.Families != 12+3 || found.Papers != 2 || found.Compared != 15+found.Plans+2 || found.RollUps != 13 {
		t.Errorf("on %s, %d families with %d plans and %d other papers: %d statuses compared, %d roll-ups",
			got, found.Families, found.Plans, found.Papers, found.Compared, found.RollUps)
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
	t.Run("nobody signs for another, or without the right", func(t *testing.T) { signForOthers(ctx, t, town) })
	t.Run("statuses that are deleted come back", func(t *testing.T) {
		if n, err := town.CheckRestore(ctx); err != nil || n != 14+found.Plans+2+13+4 {
			t.Errorf("%d statuses came back, %v", n, err)
		}
	})
	t.Run("midnight brings what was foretold", func(t *testing.T) { passIntoJune(ctx, t, town) })
	t.Run("an event that cannot happen is told as amiss", func(t *testing.T) { tellWhatIsAmiss(ctx, t, town) })
	t.Run("a fact that the manager has not seen is a difference", func(t *testing.T) { checkBeforeJudging(ctx, t, town) })
}

// news returns how many events of today are told, and fails if one is amiss.
func news(ctx context.Context, t *testing.T, town *Town) int {
	t.Helper()
	all, err := town.News(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range all {
		if n.Amiss != "" {
			t.Errorf("%s, %q: %s", town.Today(), n.Says.English, n.Amiss)
		}
	}
	return len(all)
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
	survey := func(date v1alpha1.Date) v1alpha1.Survey {
		return v1alpha1.Survey{Date: date, By: "village-worker-1-1", Method: "OnSite", Income: "6000"}
	}
	if err := town.people.record(ctx, known.DeepCopy(), survey("2020-04-17")); err != nil {
		t.Fatal(err)
	}
	// Known is out of date now, and a write that rests on it alone is refused.
	blind := story.Operation{Op: "add", Path: "/spec/surveys/-", Value: survey("2020-04-18")}
	p := paper{householdKind, township, known.Name}
	if _, err := town.people.patch(ctx, "village-worker-1-1", p, known.ResourceVersion, blind); !apierrors.IsConflict(err) {
		t.Errorf("a write over somebody else's: %v, want a conflict", err)
	}
	if err := town.people.record(ctx, known.DeepCopy(), survey("2020-04-18")); err != nil {
		t.Fatal(err)
	}
	after := families(t, town)[3]
	if got, want := len(after.Spec.Surveys), len(known.Spec.Surveys)+2; got != want {
		t.Errorf("%d surveys, want %d", got, want)
	}
	if err := town.settle(ctx, town.people.taken()...); err != nil {
		t.Fatal(err)
	}
	err := town.people.record(ctx, after, survey("2020-04-01"))
	if err == nil || !strings.Contains(err.Error(), "recording the visit of 2020-04-01 to "+after.Name) {
		t.Errorf("a survey of the past is appended: %v", err)
	}
}

// signForOthers tries what the roles and the admission policies forbid.
func signForOthers(ctx context.Context, t *testing.T, town *Town) {
	known := families(t, town)[4]
	survey := story.Operation{Op: "add", Path: "/spec/surveys/-", Value: v1alpha1.Survey{Date: "2020-04-20", By: "village-worker-1-1", Method: "OnSite", Unchanged: true}}
	late := known.DeepCopy()
	late.ObjectMeta = metav1.ObjectMeta{Namespace: township, Name: "hh-900009"}
	tests := []struct {
		name  string
		tries func() error
	}{
		{"a survey in another's name", func() error {
			_, err := town.people.change(ctx, "village-worker-1-2", paper{householdKind, township, known.Name}, "", survey)
			return err
		}},
		{"a survey by somebody without a role", func() error {
			_, err := town.people.change(ctx, "passer-by", paper{householdKind, township, known.Name}, "", survey)
			return err
		}},
		{"a village worker of the other township", func() error {
			_, err := town.people.change(ctx, "hills-worker-1", paper{householdKind, township, known.Name}, "", survey)
			return err
		}},
		{"ledgers brought in when all are in", func() error { return town.people.create(ctx, importer, late) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := test.tries(); !apierrors.IsForbidden(err) {
				t.Errorf("got %v, want it refused", err)
			}
		})
	}
}

func recordForNobody(ctx context.Context, t *testing.T, town *Town) {
	gone := families(t, town)[11]
	// What was signed is deleted for a stated reason only.
	if err := town.live.Delete(ctx, gone); !apierrors.IsForbidden(err) {
		t.Errorf("deleted without a reason: %v", err)
	}
	reason := client.RawPatch(types.MergePatchType, []byte(`{"metadata":{"annotations":{"fangpin.io/delete-reason":"entered twice"}}}`))
	if err := town.live.Patch(ctx, gone.DeepCopy(), reason); err != nil {
		t.Fatal(err)
	}
	if err := town.live.Delete(ctx, gone); err != nil {
		t.Fatal(err)
	}
	if err := town.operator.SettleWithout(ctx, gone); err != nil {
		t.Fatal(err)
	}
	if err := town.people.record(ctx, gone, v1alpha1.Survey{Date: "2020-04-19", By: "village-worker-1-1", Method: "OnSite", Unchanged: true}); err != nil {
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

// tellWhatIsAmiss lets somebody sign a review that somebody else has deleted.
func tellWhatIsAmiss(ctx context.Context, t *testing.T, town *Town) {
	told := town.story
	defer func() { town.story = told }()
	town.story = &story.Story{Events: []*story.Event{{Day: town.today, By: "hills-worker-1", Change: []story.Change{{
		Object: story.Object{Kind: "Review", Namespace: "hills", Name: "gone"},
		Patch:  []story.Operation{{Op: "add", Path: "/spec/records/-", Value: map[string]any{}}},
	}}}}}
	if err := town.play(ctx); err != nil {
		t.Fatal(err)
	}
	news, err := town.News(ctx)
	if err != nil || len(news) != 1 || !strings.Contains(news[0].Amiss, "not found") {
		t.Errorf("the news are %+v, %v", news, err)
	}
}

// checkBeforeJudging shows that Check looks at the API server: it judges on a day
// that the manager has not reached.
func checkBeforeJudging(ctx context.Context, t *testing.T, town *Town) {
	today := town.today
	defer func() { town.today = today }()
	town.today = today.AddDays(40)
	_, err := town.Check(ctx)
	if err == nil || !strings.Contains(err.Error(), "Household town/hh-") {
		t.Errorf("the statuses of %s pass for those of %s: %v", today, town.today, err)
	}
}
