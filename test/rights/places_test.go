// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"testing"

	rbacv1 "k8s.io/api/rbac/v1"
)

// visitor holds all our verbs in the town, and may write in another township
// without any of them.
var visitor = person{
	name: "visitor", role: "test-visitor",
	rules: []rbacv1.PolicyRule{
		{APIGroups: []string{group}, Resources: []string{"reviews", "assistanceplans", "households", "risksignals", "monthlyreports"}, Verbs: []string{"get", "list", "create", "update", "patch", "delete", "restore", "purge", "verify", "deliver", "submit"}},
		{APIGroups: []string{group}, Resources: subresources("reviews", steps), Verbs: []string{"approve"}},
		{APIGroups: []string{group}, Resources: subresources("assistanceplans", departments[:len(departments)-1]), Verbs: []string{"deliver"}},
	},
	may: rights{
		reads: allPapers, creates: allPapers, changes: allPapers, deletes: allPapers, restores: allPapers, purges: allPapers,
		signs: "all", delivers: "all", verifies: true, submits: true,
	},
}

func subresources(resource string, names []string) []string {
	var all []string
	for _, name := range names {
		all = append(all, resource+"/"+name)
	}
	return all
}

// TestAVerbCountsInItsNamespaceAlone signs in a township where the signer may
// write, and holds the verbs next door.
func TestAVerbCountsInItsNamespaceAlone(t *testing.T) {
	c := setUp(t)
	c.bind(t, visitor)
	c.bindWriter(t, visitor.name, foreign)
	c.waitUntilKnown(t, visitor)
	namespaced, _ := attempts()
	signatures := 0
	for _, a := range namespaced {
		if a.sign == nil || a.policy == "fangpin-status" {
			continue
		}
		signatures++
		cell{person: visitor, attempt: a, namespace: town}.ask(t, c)
		// What the table expects of everybody without a role there is a refusal by
		// the roles; this one has a role, and lacks the verbs alone.
		err := a.try(t.Context(), t, c.people[visitor.name], visitor.name, foreign)
		expect(t, err, "ValidatingAdmissionPolicy '"+a.policy+"'")
	}
	if signatures == 0 {
		t.Error("no attempt signs anything")
	}
}
