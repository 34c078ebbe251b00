// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"fangpin.io/fangpin/config/admission"
)

// rule is the part of an alert that is of use here.
type rule struct {
	Alert, Expr string
}

func alerts(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, document := range documents(t, "config/prometheus/admission.yaml") {
		var object struct {
			Spec struct{ Groups []struct{ Rules []rule } }
		}
		if err := yaml.Unmarshal(document, &object); err != nil {
			t.Fatal(err)
		}
		for _, group := range object.Spec.Groups {
			for _, one := range group.Rules {
				found[one.Alert] = one.Expr
			}
		}
	}
	return found
}

// matcher finds a regular expression of a selector, such as resource=~"...".
var matcher = regexp.MustCompile(`(\w+)=~"([^"]*)"`)

// TestTheAlertsAskForWhatTheServerTells matches the alerts' selectors with the
// metrics of a real API server: an alert on a name that nobody tells never fires.
func TestTheAlertsAskForWhatTheServerTells(t *testing.T) {
	c := setUp(t)
	policies, err := admission.Policies()
	if err != nil {
		t.Fatal(err)
	}
	metrics, err := c.admin.Discovery().RESTClient().Get().AbsPath("/metrics").DoRaw(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	missing := alerts(t)["FangpinAdmissionPolicyMissing"]
	if want := fmt.Sprintf("< %d", len(policies)); !strings.HasSuffix(missing, want) {
		t.Errorf("it does not end with %q, the number of the policies:\n%s", want, missing)
	}
	wanted := map[string]string{}
	for _, found := range matcher.FindAllStringSubmatch(missing, -1) {
		wanted[found[1]] = found[2]
	}
	counted := regexp.MustCompile(`(?m)^(?:` + wanted["__name__"] + `)\{.*\bresource="(?P<resource>` + wanted["resource"] + `)"`)
	found := map[string]bool{}
	for _, series := range counted.FindAllSubmatch(metrics, -1) {
		resource, _, _ := strings.Cut(string(series[counted.SubexpIndex("resource")]), ".")
		found[resource] = true
	}
	if want := map[string]bool{"validatingadmissionpolicies": true, "validatingadmissionpolicybindings": true}; !maps.Equal(found, want) {
		t.Errorf("the metrics that the alert asks for count %v, want %v", found, want)
	}

	// The set-up had something refused by each of them. What the API server calls an
	// invalid_error is a plain refusal.
	for _, policy := range policies {
		series := regexp.MustCompile(`(?m)^apiserver_validating_admission_policy_check_total\{.*error_type="invalid_error".*policy="` + policy + `"`)
		if !series.Match(metrics) {
			t.Errorf("the API server does not tell of %s as FangpinAdmissionPolicyFails asks for", policy)
		}
	}
	if failures := regexp.MustCompile(`(?m)^apiserver_validating_admission_policy_check_total\{.*error_type="(compile_error|out_of_budget)".*policy="fangpin-.*`).FindAll(metrics, -1); len(failures) > 0 {
		t.Errorf("policies could not decide:\n%s", bytes.Join(failures, []byte("\n")))
	}
}
