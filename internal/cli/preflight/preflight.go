// SPDX-License-Identifier: Apache-2.0

// Package preflight says whether a cluster is set up so that the project works
// on it and its signatures mean something. It looks at what was read, and
// changes nothing.
package preflight

import (
	"slices"
	"strings"

	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/util/version"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
)

// Level is how a finding is to be taken.
type Level string

// The levels of findings.
const (
	OK   Level = "ok"
	Warn Level = "warn" // somebody should look at it
	Fail Level = "fail" // the project does not work, or a signature proves nothing
)

// Finding is one thing that was looked at.
type Finding struct {
	Level Level
	About string // such as kubernetes, kinds, admission/NAME, clusterrole/NAME
	Key   wording.Key
	Args  []any
}

// oldest is the first version of Kubernetes on which the definitions' rules and
// the admission policies work.
var oldest = version.MajorMinor(1, 32)

// Kubernetes looks at the server's version.
func Kubernetes(gitVersion string) Finding {
	f := Finding{OK, "kubernetes", wording.CheckVersion, []any{gitVersion, oldest}}
	found, err := version.ParseGeneric(gitVersion)
	if err != nil || !found.AtLeast(oldest) {
		f.Level, f.Key = Fail, wording.CheckVersionOld
	}
	return f
}

// Kinds looks at which of the kinds the API server serves.
func Kinds(wanted, served []string) Finding {
	var missing []string
	for _, kind := range wanted {
		if !slices.Contains(served, kind) {
			missing = append(missing, kind)
		}
	}
	group := v1alpha1.SchemeGroupVersion.String()
	if len(missing) > 0 {
		return Finding{Fail, "kinds", wording.CheckKindsMissing, []any{strings.Join(missing, ", "), group}}
	}
	return Finding{OK, "kinds", wording.CheckKinds, []any{len(wanted), group}}
}

// Admission looks at whether each admission policy that is shipped is there, as
// it was shipped, and bound so that it refuses.
func Admission(shipped, found []admissionregistrationv1.ValidatingAdmissionPolicy, bindings []admissionregistrationv1.ValidatingAdmissionPolicyBinding) []Finding {
	findings := make([]Finding, 0, len(shipped))
	for i := range shipped {
		findings = append(findings, admission(&shipped[i], found, bindings))
	}
	return findings
}

func admission(wanted *admissionregistrationv1.ValidatingAdmissionPolicy, found []admissionregistrationv1.ValidatingAdmissionPolicy, bindings []admissionregistrationv1.ValidatingAdmissionPolicyBinding) Finding {
	f := Finding{OK, "admission/" + wanted.Name, wording.CheckAdmission, nil}
	at := slices.IndexFunc(found, func(p admissionregistrationv1.ValidatingAdmissionPolicy) bool { return p.Name == wanted.Name })
	switch {
	case at < 0:
		f.Level, f.Key = Fail, wording.CheckAdmissionMissing
	case !slices.ContainsFunc(bindings, func(b admissionregistrationv1.ValidatingAdmissionPolicyBinding) bool { return refuses(&b, wanted.Name) }):
		f.Level, f.Key = Fail, wording.CheckAdmissionUnbound
	case !sameRules(&wanted.Spec, &found[at].Spec):
		f.Level, f.Key = Warn, wording.CheckAdmissionDiffers
	}
	return f
}

// refuses says whether a binding makes a policy refuse everywhere.
func refuses(b *admissionregistrationv1.ValidatingAdmissionPolicyBinding, policy string) bool {
	return b.Spec.PolicyName == policy && b.Spec.MatchResources == nil &&
		slices.Contains(b.Spec.ValidationActions, admissionregistrationv1.Deny)
}

// sameRules compares what a policy asks; what the API server fills in by itself
// is no difference.
func sameRules(a, b *admissionregistrationv1.ValidatingAdmissionPolicySpec) bool {
	failing := func(p *admissionregistrationv1.FailurePolicyType) bool {
		return p == nil || *p == admissionregistrationv1.Fail
	}
	expressions := func(s *admissionregistrationv1.ValidatingAdmissionPolicySpec) []string {
		var all []string
		for i := range s.Variables {
			all = append(all, s.Variables[i].Name+"="+strings.TrimSpace(s.Variables[i].Expression))
		}
		for i := range s.MatchConditions {
			all = append(all, "when "+strings.TrimSpace(s.MatchConditions[i].Expression))
		}
		for i := range s.Validations {
			all = append(all, strings.TrimSpace(s.Validations[i].Expression))
		}
		return all
	}
	return failing(a.FailurePolicy) == failing(b.FailurePolicy) && slices.Equal(expressions(a), expressions(b))
}
