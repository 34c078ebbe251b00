// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"slices"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"
)

const (
	masters = "cluster-owner" // of system:masters, whom the authorizer never asks
	manager = "system:serviceaccount:fangpin-system:fangpin-manager"
)

// rights are what somebody is to be allowed. Lists are of words, kinds by their
// short names; "all" is every one.
type rights struct {
	reads, creates, changes, deletes, statuses string
	restores, purges                           string
	signs                                      string // steps
	delivers                                   string // departments; none: measures without one
	verifies, submits                          bool
	concludes                                  bool // what the statuses say
}

// person is somebody with one role.
type person struct {
	name       string
	role       string // a ClusterRole
	everywhere bool   // or else in the town alone
	rules      []rbacv1.PolicyRule
	may        rights
}

const allPapers = "aplan hh mrep rev sig"

// people are those of the plans with the shipped roles, and those who would get
// around them. What each may do is written down here once more, and not read from
// the roles.
var people = []person{
	{
		name: "village-worker", role: "fangpin-village-worker",
		may: rights{
			reads: allPapers, creates: allPapers, changes: allPapers, verifies: true, submits: true,
			signs: "entry first-appraisal flag home-visit public-notice second-appraisal village-appraisal",
		},
	},
	{
		name: "township-officer", role: "fangpin-township-officer",
		may: rights{
			reads: allPapers, creates: allPapers, changes: allPapers, deletes: "aplan hh rev sig", verifies: true, submits: true, delivers: "none",
			signs: "entry home-visit office-review town-approval township-appraisal township-confirmation township-document township-review verification",
		},
	},
	{
		name: "county-approver", role: "fangpin-county-approver",
		may: rights{
			reads: allPapers, creates: "mrep rev", changes: "mrep rev", submits: true,
			signs: "approval candidate-comparison county-approval county-confirmation county-filing county-review data-comparison district-filing verification",
		},
	},
	{
		name: "prefecture-approver", role: "fangpin-prefecture-approver",
		may: rights{reads: allPapers, creates: "mrep rev", changes: "mrep rev", submits: true, signs: "city-approval city-assessment"},
	},
	department("civil-affairs"), department("education"), department("health"), department("housing"),
	department("human-resources"), department("medical-security"), department("water"),
	{
		name: "reporter", role: "fangpin-reporter",
		may: rights{reads: "mrep", creates: "mrep", changes: "mrep", submits: true},
	},
	{
		name: "policy-author", role: "fangpin-policy-author", everywhere: true,
		may: rights{reads: "mpol jur", creates: "mpol", changes: "mpol"},
	},
	{
		name: "registrar", role: "fangpin-registrar", everywhere: true,
		may: rights{reads: "jur", creates: "jur", changes: "jur", deletes: "jur"},
	},
	{
		name: "viewer", role: "fangpin-viewer", everywhere: true,
		may: rights{reads: "jur mpol mrep"},
	},
	{
		name: "auditor", role: "fangpin-auditor", everywhere: true,
		may: rights{reads: "all"},
	},
	{
		name: "restorer", role: "fangpin-restorer",
		may: rights{reads: allPapers, creates: allPapers, restores: allPapers},
	},
	{
		name: "purger", role: "fangpin-purger",
		may: rights{reads: allPapers, changes: allPapers, deletes: allPapers, purges: allPapers},
	},
	{
		// Bound by config/rbac itself.
		name: manager, everywhere: true,
		may: rights{reads: allPapers + " jur mpol", creates: "mrep", statuses: "aplan hh jur mpol mrep rev sig", concludes: true},
	},
	{
		// Who may write everything, but was given none of our verbs.
		name: "writer", role: "test-writer",
		rules: []rbacv1.PolicyRule{{
			APIGroups: []string{group},
			Resources: []string{
				"households", "risksignals", "reviews", "assistanceplans", "monthlyreports", "jurisdictions", "monitoringpolicies",
				"households/status", "risksignals/status", "reviews/status", "assistanceplans/status", "monthlyreports/status",
				"jurisdictions/status", "monitoringpolicies/status",
			},
			Verbs: []string{"get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"},
		}},
		may: rights{reads: allPapers, creates: allPapers, changes: allPapers, deletes: allPapers, statuses: allPapers},
	},
	{
		// Who may bring what others signed and change it afterwards.
		name: "importer", role: "test-importer",
		rules: []rbacv1.PolicyRule{{
			APIGroups: []string{group},
			Resources: []string{"households", "risksignals", "reviews", "assistanceplans", "monthlyreports"},
			Verbs:     []string{"get", "list", "watch", "create", "update", "patch", "delete", "restore"},
		}},
		may: rights{reads: allPapers, creates: allPapers, changes: allPapers, deletes: allPapers, restores: allPapers},
	},
	{
		// Who delivers for all departments of the shipped roles.
		name: "all-departments", role: "test-all-departments",
		rules: []rbacv1.PolicyRule{
			{APIGroups: []string{group}, Resources: []string{"assistanceplans"}, Verbs: []string{"get", "create", "update", "patch"}},
			{
				APIGroups: []string{group}, Verbs: []string{"deliver"},
				Resources: []string{
					"assistanceplans/civil-affairs", "assistanceplans/education", "assistanceplans/health", "assistanceplans/housing",
					"assistanceplans/human-resources", "assistanceplans/medical-security", "assistanceplans/water",
				},
			},
		},
		may: rights{
			reads: "aplan", creates: "aplan", changes: "aplan",
			delivers: "civil-affairs education health housing human-resources medical-security water",
		},
	},
	{
		// Who keeps a cluster's namespaces and definitions, and has no rights on papers.
		name: "namespace-keeper", role: "test-namespace-keeper", everywhere: true,
		rules: []rbacv1.PolicyRule{
			{APIGroups: []string{""}, Resources: []string{"namespaces", "namespaces/status", "namespaces/finalize"}, Verbs: []string{"get", "list", "create", "update", "patch", "delete"}},
			{APIGroups: []string{"apiextensions.k8s.io"}, Resources: []string{"customresourcedefinitions"}, Verbs: []string{"get", "list", "create", "update", "patch", "delete"}},
		},
	},
	{
		// verbs: ["*"] holds all our verbs, as docs/security.md warns. Even so it
		// signs in its own name alone, says why before it deletes, and writes no
		// status.
		name: "cluster-administrator", role: "cluster-admin", everywhere: true,
		may: everything,
	},
	{name: masters, everywhere: true, may: everything},
	{name: "nobody"},
}

var everything = rights{
	reads: "all", creates: "all", changes: "all", deletes: "all", statuses: "all", restores: "all", purges: "all",
	signs: "all", delivers: "all", verifies: true, submits: true,
}

func department(name string) person {
	return person{
		name: name + "-clerk", role: "fangpin-department-" + name,
		may: rights{
			reads: "aplan hh rev sig", creates: "aplan rev sig", changes: "aplan rev sig",
			delivers: name, signs: "application",
		},
	}
}

// lists says whether a word is in a list.
func lists(list, word string) bool {
	return list == "all" || slices.Contains(strings.Fields(list), word)
}

// first returns a kind of a list.
func first(list string) (string, bool) {
	if list == "all" {
		return "hh", true
	}
	words := strings.Fields(list)
	if len(words) == 0 {
		return "", false
	}
	return words[0], true
}
