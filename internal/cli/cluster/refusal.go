// SPDX-License-Identifier: Apache-2.0

package cluster

import (
	"errors"
	"regexp"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/internal/cli/wording"
)

// The forms in which the API server says no. They are its own, in English.
var (
	// byRole is RBAC's: what the user lacks.
	byRole = regexp.MustCompile(`User "([^"]*)" cannot (\S+) resource "([^"]*)" in API group "[^"]*"(?: in the namespace "([^"]*)")?`)
	// byRule is that of an admission policy, with the policy's own message.
	byRule = regexp.MustCompile(`(?s)ValidatingAdmissionPolicy '([^']*)'(?: with binding '[^']*')? denied request: (.*)`)
)

// Refused says in words of the field why the API server would not take a fact.
// An error that is no refusal is returned as it is.
func Refused(err error) (said error, isRefusal bool) {
	var answer apierrors.APIStatus
	if !errors.As(err, &answer) {
		return wording.Fault(wording.NoCluster, err), false
	}
	status := answer.Status()
	if m := byRule.FindStringSubmatch(status.Message); m != nil {
		return wording.Fault(wording.RefusedByRule, m[1], strings.TrimSpace(m[2])), true
	}
	if m := byRole.FindStringSubmatch(status.Message); m != nil {
		return wording.Fault(wording.RefusedByRole, m[1], m[2]+" "+m[3], m[4]), true
	}
	switch status.Reason {
	case metav1.StatusReasonInvalid:
		return wording.Fault(wording.RefusedBySchema, causes(&status)), true
	case metav1.StatusReasonForbidden, metav1.StatusReasonNotFound, metav1.StatusReasonBadRequest:
		return wording.Fault(wording.RefusedByServer, status.Message), true
	}
	return wording.Fault(wording.WritingFailed, status.Message), false
}

// causes are the fields that are wrong, each with what is wrong with it.
func causes(status *metav1.Status) string {
	if status.Details == nil || len(status.Details.Causes) == 0 {
		return status.Message
	}
	said := make([]string, len(status.Details.Causes))
	for i, cause := range status.Details.Causes {
		said[i] = strings.TrimPrefix(cause.Field+": "+cause.Message, ": ")
	}
	return strings.Join(said, "; ")
}
