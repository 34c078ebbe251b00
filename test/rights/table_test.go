// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// cell is one person's attempt at one place.
type cell struct {
	person    person
	attempt   attempt
	namespace string // "" for kinds without
}

// TestWhoMayDoWhat makes every attempt as every person, in the own township and in
// another, as a request that the API server decides and does not keep.
func TestWhoMayDoWhat(t *testing.T) {
	c := setUp(t)
	namespaced, global := attempts()
	var cells []cell
	for _, p := range people {
		for _, a := range global {
			cells = append(cells, cell{p, a, ""})
		}
		for _, namespace := range []string{town, foreign} {
			for _, a := range namespaced {
				cells = append(cells, cell{p, a, namespace})
			}
		}
	}
	started := time.Now()
	queue := make(chan cell)
	var workers sync.WaitGroup
	var count tally
	for range 8 {
		workers.Go(func() {
			for cell := range queue {
				count.add(cell.ask(t, c))
			}
		})
	}
	for _, cell := range cells {
		queue <- cell
	}
	close(queue)
	workers.Wait()
	t.Logf("%d people, %d attempts in two townships and %d without one: %d cells, %d allowed, %d refused by roles, %d by policies, in %s",
		len(people), len(namespaced), len(global), len(cells), count.allowed, count.roles, count.policies, time.Since(started).Round(time.Millisecond))
	if count.allowed == 0 || count.roles == 0 || count.policies == 0 {
		t.Error("a table without one of the outcomes shows nothing")
	}
}

// answer is how the API server decided.
type answer int

const (
	allowed answer = iota
	refusedByRoles
	refusedByPolicy
)

type tally struct {
	sync.Mutex
	allowed, roles, policies int
}

func (c *tally) add(a answer) {
	c.Lock()
	defer c.Unlock()
	switch a {
	case allowed:
		c.allowed++
	case refusedByRoles:
		c.roles++
	case refusedByPolicy:
		c.policies++
	}
}

// want is what the person's rights say.
func (cell cell) want() answer {
	may := cell.person.may
	if cell.namespace != town && !cell.person.everywhere {
		may = rights{}
	}
	switch {
	case !cell.attempt.write(may):
		return refusedByRoles
	case cell.attempt.sign != nil && !cell.attempt.sign(may):
		return refusedByPolicy
	default:
		return allowed
	}
}

// ask makes the attempt, reports what differs and returns the answer.
func (cell cell) ask(t *testing.T, c *cluster) answer {
	err := cell.attempt.try(t.Context(), t, c.people[cell.person.name], cell.person.name, cell.namespace)
	got := allowed
	switch {
	case err == nil:
	case !apierrors.IsForbidden(err):
		t.Errorf("%s: neither allowed nor forbidden: %v", cell, err)
	case strings.Contains(err.Error(), "ValidatingAdmissionPolicy '"):
		got = refusedByPolicy
	default:
		got = refusedByRoles
	}
	want := cell.want()
	if got != want {
		t.Errorf("%s: %s, want %s (%v)", cell, got, want, err)
	}
	if policy := "ValidatingAdmissionPolicy '" + cell.attempt.policy + "'"; want == refusedByPolicy && got == want && !strings.Contains(err.Error(), policy) {
		t.Errorf("%s: refused, but not by %s: %v", cell, policy, err)
	}
	return got
}

func (cell cell) String() string {
	if cell.namespace == "" {
		return fmt.Sprintf("%s: %s", cell.person.name, cell.attempt.name)
	}
	return fmt.Sprintf("%s: %s in %s", cell.person.name, cell.attempt.name, cell.namespace)
}

func (a answer) String() string {
	return [...]string{"allowed", "refused by roles", "refused by a policy"}[a]
}
