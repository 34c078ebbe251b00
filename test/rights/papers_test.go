// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"fmt"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"sigs.k8s.io/yaml"
)

const group = "fangpin.io"

// reason is the annotation that comes before the deletion of what was signed.
const reason = "fangpin.io/delete-reason"

// resources are the kinds by their short names.
var resources = map[string]schema.GroupVersionResource{
	"hh": ours("households"), "sig": ours("risksignals"), "rev": ours("reviews"),
	"aplan": ours("assistanceplans"), "mrep": ours("monthlyreports"),
	"jur": ours("jurisdictions"), "mpol": ours("monitoringpolicies"),
}

var kinds = map[string]string{
	"hh": "Household", "sig": "RiskSignal", "rev": "Review", "aplan": "AssistancePlan",
	"mrep": "MonthlyReport", "jur": "Jurisdiction", "mpol": "MonitoringPolicy",
}

// papers are the kinds that live in a namespace, in the order of their names.
var papers = []string{"aplan", "hh", "mrep", "rev", "sig"}

func ours(resource string) schema.GroupVersionResource {
	return schema.GroupVersionResource{Group: group, Version: "v1alpha1", Resource: resource}
}

// unsigned and signed are the specs of papers without and with signatures. The
// signer is nobody of the people in the tests.
var (
	unsigned = map[string]string{
		"hh":    `{registration: None, persons: 3}`,
		"sig":   `{householdRef: {name: hh-1}, source: Department, department: health, cause: Illness, date: "2021-04-03"}`,
		"rev":   `{householdRef: {name: hh-1}, purpose: Identification, opened: "2021-04-10"}`,
		"aplan": `{householdRef: {name: %s}, measures: [{name: advice, kind: Motivation}]}`,
		"mrep":  `{jurisdictionRef: {name: town}, period: %s}`,
		"jur":   `{level: County}`,
		"mpol":  `{jurisdictionRef: {name: county}, effectiveFrom: "2021-01-01", categories: [{name: Watched, when: "true"}]}`,
	}
	signed = map[string]string{
		"hh":    `{registration: None, persons: 3, surveys: [{date: "2021-04-01", by: former-clerk, method: OnSite, income: "4800"}]}`,
		"sig":   `{householdRef: {name: hh-1}, source: Department, department: health, cause: Illness, date: "2021-04-03", verification: {date: "2021-04-10", by: former-clerk, outcome: Confirmed}}`,
		"rev":   `{householdRef: {name: hh-1}, purpose: Identification, opened: "2021-04-10", records: [{step: home-visit, date: "2021-04-11", by: former-clerk, outcome: Passed}]}`,
		"aplan": `{householdRef: {name: %s}, measures: [{name: training, kind: Training, delivered: {date: "2021-05-02", by: former-clerk}}]}`,
		"mrep":  `{jurisdictionRef: {name: town}, period: %s, submitted: {date: "2021-05-02", by: former-clerk}}`,
	}
)

// departments are those of the shipped roles; the last measure of a plan names
// none.
var departments = []string{"civil-affairs", "education", "health", "housing", "human-resources", "medical-security", "water", ""}

// manifest is an object from its spec in YAML. Plans and reports are named after
// what stands in them.
func manifest(t *testing.T, kind, namespace, name, spec string) *unstructured.Unstructured {
	t.Helper()
	switch kind {
	case "aplan":
		spec = fill(spec, name)
	case "mrep":
		spec = fill(spec, name[len("town-"):])
	}
	object := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": group + "/v1alpha1", "kind": kinds[kind],
		"metadata": map[string]any{"name": name},
	}}
	if namespace != "" {
		object.SetNamespace(namespace)
	}
	var content map[string]any
	if err := yaml.Unmarshal([]byte(spec), &content); err != nil {
		t.Fatalf("%v in %s", err, spec)
	}
	object.Object["spec"] = content
	return object
}

func fill(spec, value string) string {
	return fmt.Sprintf(spec, fmt.Sprintf("%q", value))
}

// on returns a kind's objects in a namespace, or in none.
func on(client dynamic.Interface, kind, namespace string) dynamic.ResourceInterface {
	if kind == "jur" || kind == "mpol" {
		return client.Resource(resources[kind])
	}
	return client.Resource(resources[kind]).Namespace(namespace)
}

// named is the name of a kind's object for a purpose: plans are named like
// households, reports like jurisdiction and month.
func named(kind, purpose string) string {
	if kind == "mrep" {
		return "town-" + months[purpose]
	}
	return purpose
}

// months tell the reports for the purposes apart.
var months = map[string]string{"open": "2021-01", "signed": "2021-02", "announced": "2021-03", "mistake": "2021-04", "new": "2021-05", "purged": "2021-06"}

// fill makes the townships' papers: one that is open, one that is signed, one
// whose deletion is announced, and one that was a mistake.
func (c *cluster) fill(t *testing.T) {
	t.Helper()
	admin := c.as(t, masters)
	c.makeNamespace(t, town)
	c.makeNamespace(t, foreign)
	for _, kind := range []string{"jur", "mpol"} {
		c.create(t, admin, manifest(t, kind, "", "mistake", unsigned[kind]), kind)
	}
	for _, namespace := range []string{town, foreign} {
		for _, kind := range papers {
			announced := manifest(t, kind, namespace, named(kind, "announced"), signed[kind])
			announced.SetAnnotations(map[string]string{reason: "entered twice"})
			for _, object := range []*unstructured.Unstructured{
				manifest(t, kind, namespace, named(kind, "signed"), signed[kind]),
				manifest(t, kind, namespace, named(kind, "mistake"), unsigned[kind]),
				announced,
			} {
				c.create(t, admin, object, kind)
			}
			if kind == "aplan" {
				c.create(t, admin, manifest(t, kind, namespace, "open", openPlan()), kind)
			} else {
				c.create(t, admin, manifest(t, kind, namespace, named(kind, "open"), unsigned[kind]), kind)
			}
		}
	}
}

// openPlan has a measure of each department.
func openPlan() string {
	measures := ""
	for i, department := range departments {
		measures += fmt.Sprintf("{name: m%d, kind: Other", i)
		if department != "" {
			measures += ", department: " + department
		}
		measures += "}, "
	}
	return "{householdRef: {name: %s}, measures: [" + measures + "]}"
}

func (c *cluster) create(t *testing.T, client dynamic.Interface, object *unstructured.Unstructured, kind string) *unstructured.Unstructured {
	t.Helper()
	created, err := on(client, kind, object.GetNamespace()).Create(t.Context(), object, metav1.CreateOptions{})
	if err != nil {
		t.Fatalf("creating %s %s: %v", object.GetKind(), object.GetName(), err)
	}
	return created
}
