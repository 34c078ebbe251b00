// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"errors"
	"slices"
	"strings"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/population"
	"fangpin.io/fangpin/internal/rehearsal/story"
)

// TestTheStoryFollowsFromTheFacts plays the whole story: every status that it
// expects must be what the core concludes on that day.
func TestTheStoryFollowsFromTheFacts(t *testing.T) {
	s := newStage(t)
	for day := population.YearBegins; !day.IsZero(); day = s.story.After(day) {
		events := s.story.On(day)
		for _, e := range events {
			if e.Refused == "" {
				s.write(t, e)
			}
		}
		snap := s.judged(day)
		for _, e := range events {
			found := &differences{}
			for i := range e.Expect {
				snap.checkExpected(&e.Expect[i], day, found)
			}
			if err := found.err(day); err != nil {
				t.Errorf("%q: %v", e.Says.English, err)
			}
		}
	}
}

// TestWhoWritesSigns: whatever an event signs stands in the name of who writes it,
// and that user has a post where it is written.
func TestWhoWritesSigns(t *testing.T) {
	s := newStage(t)
	roles, err := shippedRoles(root + "/config/rbac")
	if err != nil {
		t.Fatal(err)
	}
	visitors := population.New(population.Options{Seed: 2020}).Year().Visitors()
	posts := staff(visitors, s.story.Township(), roleNames(roles))
	for _, e := range s.story.Events {
		namespaces := map[string]bool{}
		for _, object := range e.Create {
			namespaces[object.GetNamespace()] = true
			checkSigned(t, e, tree(object))
		}
		for _, c := range e.Change {
			namespaces[c.Namespace] = true
			checkSigned(t, e, tree(c.Patch))
		}
		for namespace := range namespaces {
			if !holds(posts, e.By, namespace) {
				t.Errorf("%s: %s has no post in %s", e.Day, e.By, namespace)
			}
		}
	}
}

// checkSigned looks for signatures at any depth.
func checkSigned(t *testing.T, e *story.Event, value any) {
	t.Helper()
	switch v := value.(type) {
	case map[string]any:
		if by, signed := v["by"]; signed && by != e.By {
			t.Errorf("%s: %s writes what %v signs", e.Day, e.By, by)
		}
		for _, field := range v {
			checkSigned(t, e, field)
		}
	case []any:
		for _, item := range v {
			checkSigned(t, e, item)
		}
	}
}

// TestThePlansAreAsShipped but that one is in force in the second township.
func TestThePlansAreAsShipped(t *testing.T) {
	s := newStage(t)
	at := map[string]string{}
	var nodes []string
	for _, object := range s.setting {
		switch o := object.(type) {
		case *v1alpha1.MonitoringPolicy:
			at[o.Name] = string(o.Spec.JurisdictionRef.Name)
		case *v1alpha1.Jurisdiction:
			if slices.Contains(nodes, o.Name) {
				t.Errorf("%s stands twice", o.Name)
			}
			if p := o.Spec.ParentRef; p != nil && !slices.Contains(nodes, string(p.Name)) {
				t.Errorf("%s stands before its parent %s", o.Name, p.Name)
			}
			if o.Name == township && o.Spec.DisplayName != "镇" {
				t.Errorf("the town is called %s, as in the file of another plan", o.Spec.DisplayName)
			}
			nodes = append(nodes, o.Name)
		}
	}
	for plan, want := range map[string]string{"town-2020": "town", "county-2020": "county", "township-2021": "hills", "city-tiers-2021": "city"} {
		if at[plan] != want {
			t.Errorf("%s is in force at %q, want %s", plan, at[plan], want)
		}
	}
	if len(at) != 4 || len(nodes) != 2+9+2 {
		t.Errorf("%d plans and the nodes %v", len(at), nodes)
	}
}

// TestFalseExpectationsAreNoticed falsifies what the story expects and what the
// statuses say.
func TestFalseExpectationsAreNoticed(t *testing.T) {
	snap := newStage(t).judged(population.YearBegins)
	object := story.Object{Kind: householdKind, Namespace: "hills", Name: "hh-900001"}
	tests := []struct {
		name   string
		object story.Object
		status map[string]any
		spoil  func()
		want   string // in the differences; empty: there is none
	}{
		{name: "as it is", object: object, status: map[string]any{"stage": "Monitored"}},
		{name: "as it is not", object: object, status: map[string]any{"stage": "Watched"}, want: `stage is "Monitored" and should be "Watched"`},
		{
			name: "of nobody", object: story.Object{Kind: householdKind, Namespace: "town", Name: "hh-900001"},
			status: map[string]any{"stage": "Monitored"}, want: "there is no Household town/hh-900001",
		},
		{
			name: "a status that agrees, and the core does not", object: object, status: map[string]any{"stage": "Watched"},
			spoil: func() {
				snap.find(object, population.YearBegins).object.(*v1alpha1.Household).Status.Stage = "Watched"
			},
			want: `beside what the core says: stage is "Watched" and should be "Monitored"`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.spoil != nil {
				test.spoil()
			}
			found := &differences{}
			snap.checkExpected(&story.Expectation{Object: test.object, Status: test.status}, population.YearBegins, found)
			said := strings.Join(found.words, "\n")
			if test.want == "" && said != "" || !strings.Contains(said, test.want) {
				t.Errorf("got %q, want %q", said, test.want)
			}
		})
	}
}

// TestTheAnswerOfTheAPIServer: an event that should have been refused and was not
// is as wrong as one that was refused and should not have been.
func TestTheAnswerOfTheAPIServer(t *testing.T) {
	forbidden := apierrors.NewForbidden(schema.GroupResource{Resource: "reviews"}, "r", errors.New("zhang may not sign the step entry"))
	conflict := apierrors.NewConflict(schema.GroupResource{Resource: "reviews"}, "r", errors.New("zhang may not sign the step entry"))
	tests := []struct {
		name    string
		refused string
		err     error
		want    string
	}{
		{name: "it happens", err: nil},
		{name: "it is refused as told", refused: "may not sign the step entry", err: forbidden},
		{name: "it should have been refused", refused: "may not sign the step entry", want: `the API server let zhang do it, and should have said "may not sign the step entry"`},
		{name: "it is refused for another reason", refused: "writes what liu signs", err: forbidden, want: forbidden.Error()},
		{name: "it fails and is not forbidden", refused: "may not sign the step entry", err: conflict, want: conflict.Error()},
		{name: "it should have happened", err: forbidden, want: forbidden.Error()},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := answered(&story.Event{By: "zhang", Refused: test.refused}, test.err); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
