// SPDX-License-Identifier: Apache-2.0

package rehearsal

import (
	"slices"
	"strings"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// Who works in the two townships and above them, beside the village workers and
// the clerks of the departments. They are roles, not persons.
const (
	townClerk       = "township-clerk"
	importer        = "importer" // enters the ledgers that others signed, and is gone then
	clerkSuffix     = "-clerk"
	officeSuffix    = "-office" // of the county and the city
	departmentRoles = "fangpin-department-"
)

// ManagerAccount is the manager's own user name: nobody else may write a status.
const ManagerAccount = "system:serviceaccount:fangpin-system:fangpin-manager"

// post is a shipped role that people hold in some namespaces.
type post struct {
	role       string
	people     []string
	namespaces []string
}

// staff says who holds which role where. Departments are the shipped roles of
// departments; each has a clerk.
func staff(visitors []v1alpha1.UserName, second string, roles []string) []post {
	townships := []string{township, second}
	var villagers []string
	for _, v := range visitors {
		villagers = append(villagers, string(v))
	}
	posts := []post{
		{"fangpin-restorer", []string{importer}, townships},
		{"fangpin-village-worker", villagers, []string{township}},
		{"fangpin-village-worker", []string{second + "-worker-1", second + "-worker-2"}, []string{second}},
		{"fangpin-township-officer", []string{townClerk}, []string{township}},
		{"fangpin-township-officer", []string{second + clerkSuffix}, []string{second}},
		{"fangpin-county-approver", []string{county + officeSuffix, "county-inspector"}, append([]string{county}, townships...)},
		{"fangpin-prefecture-approver", []string{city + officeSuffix}, []string{city}},
	}
	for _, role := range roles {
		if department, ok := strings.CutPrefix(role, departmentRoles); ok {
			posts = append(posts, post{role, []string{department + clerkSuffix}, townships})
		}
	}
	return posts
}

// holds reports whether a user has a post in a namespace.
func holds(posts []post, user, namespace string) bool {
	return slices.ContainsFunc(posts, func(p post) bool {
		return slices.Contains(p.people, user) && slices.Contains(p.namespaces, namespace)
	})
}
