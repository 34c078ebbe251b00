// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"context"
	"fmt"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/policytest"
	"fangpin.io/fangpin/internal/rehearsal/story"
)

// News is something that happened in the story.
type News struct {
	Says story.Words
	// Amiss says what should have followed and did not; empty: all did.
	Amiss string
}

// play lets happen what the story has for today.
func (t *Town) play(ctx context.Context) error {
	for _, e := range t.story.On(t.today) {
		err := t.write(ctx, e)
		if err != nil && apierrors.ReasonForError(err) == "" { // no answer of the API server
			return fmt.Errorf("%s, in the name of %s: %w", t.today, e.By, err)
		}
		// Somebody who watches may have deleted or written something: the story goes
		// on and says so.
		if amiss := answered(e, err); amiss != "" {
			t.amiss[e] = amiss
		}
	}
	return nil
}

// write writes what a person writes by an event, and stops at the first refusal.
func (t *Town) write(ctx context.Context, e *story.Event) error {
	for _, object := range e.Create {
		if err := t.people.create(ctx, e.By, object); err != nil {
			return err
		}
	}
	for i := range e.Change {
		c := &e.Change[i]
		if _, err := t.people.change(ctx, e.By, paper{c.Kind, c.Namespace, c.Name}, "", c.Patch...); err != nil {
			return err
		}
	}
	return nil
}

// answered says what is wrong with the API server's answer to an event; "" if it
// is as the story has it.
func answered(e *story.Event, err error) string {
	switch {
	case e.Refused == "" && err == nil:
		return ""
	case err == nil:
		return fmt.Sprintf("the API server let %s do it, and should have said %q", e.By, e.Refused)
	case e.Refused != "" && apierrors.IsForbidden(err) && strings.Contains(err.Error(), e.Refused):
		return ""
	}
	return err.Error()
}

// News returns what has happened today, with what is amiss: what the story
// expects is looked for in the statuses that the API server has, and these are
// compared with what the core says. Events that the story does not tell of are
// left out if nothing is.
func (t *Town) News(ctx context.Context) ([]News, error) {
	var news []News
	for _, e := range t.story.On(t.today) {
		amiss := t.amiss[e]
		if amiss == "" {
			var err error
			if amiss, err = t.followed(ctx, e); err != nil {
				return nil, err
			}
		}
		if amiss != "" || e.Says != (story.Words{}) {
			news = append(news, News{Says: e.Says, Amiss: amiss})
		}
	}
	return news, nil
}

// followed says what does not stand in the statuses as an event expects.
func (t *Town) followed(ctx context.Context, e *story.Event) (string, error) {
	found := &differences{}
	for i := range e.Expect {
		x := &e.Expect[i]
		s, err := t.snapshot(ctx, client.InNamespace(x.Namespace))
		if err != nil {
			return "", err
		}
		s.checkExpected(x, t.today, found)
	}
	return strings.Join(found.words, "; "), nil
}

// checkExpected compares a status with what the story expects, and with what the
// core says.
func (s *snapshot) checkExpected(x *story.Expectation, day civil.Day, found *differences) {
	j := s.find(x.Object, day)
	if j == nil {
		found.add("there is no %s", x.Object)
		return
	}
	if seen, ok := policytest.Compare(tree(x.Status), tree(j.is)); !ok {
		found.add("%s: %s", x.Object, apart(seen, x.Status))
	}
	if difference := apart(j.is, j.should); difference != "" {
		found.add("%s beside what the core says: %s", x.Object, difference)
	}
}

// find returns a paper as judged on a day, nil if there is none.
func (s *snapshot) find(o story.Object, day civil.Day) *judged {
	for _, j := range s.all(day) {
		if j.paper == (paper{o.Kind, o.Namespace, o.Name}) {
			return &j
		}
	}
	return nil
}
