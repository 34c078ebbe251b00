// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
)

// steps are those of the plans for which roles are shipped, and one that a
// locality made up, for which none is.
var steps = []string{
	"application", "approval", "candidate-comparison", "city-approval", "city-assessment", "county-approval",
	"county-confirmation", "county-filing", "county-review", "data-comparison", "district-filing", "entry",
	"first-appraisal", "flag", "home-visit", "office-review", "public-notice", "second-appraisal", "town-approval",
	"township-appraisal", "township-confirmation", "township-document", "township-review", "verification",
	"village-appraisal", "own-step",
}

// attempt is one thing that somebody may try to do, and who may.
type attempt struct {
	name string
	kind string
	// write says whether the rights allow the request itself: the roles decide it.
	write func(rights) bool
	// sign says whether they allow what is signed by it, which the policy decides;
	// nil: nothing is.
	sign   func(rights) bool
	policy string
	// try makes the request without lasting effect.
	try func(ctx context.Context, t *testing.T, by dynamic.Interface, name, namespace string) error
}

// attempts are all of them, for the kinds in namespaces and for those without.
func attempts() (namespaced, global []attempt) {
	for _, kind := range papers {
		namespaced = append(namespaced, onKind(kind)...)
		namespaced = append(namespaced, onSigned(kind)...)
	}
	for _, step := range steps {
		namespaced = append(namespaced, signStep(step))
	}
	for i, department := range departments {
		namespaced = append(namespaced, deliver(i, department))
	}
	namespaced = append(namespaced, otherSignatures()...)
	for _, kind := range []string{"jur", "mpol"} {
		global = append(global, onKind(kind)...)
	}
	return namespaced, global
}

var dryRun = []string{metav1.DryRunAll}

// onKind are the attempts that any kind takes.
func onKind(kind string) []attempt {
	return []attempt{
		{name: "read " + kind, kind: kind, write: func(r rights) bool { return lists(r.reads, kind) },
			try: func(ctx context.Context, _ *testing.T, by dynamic.Interface, _, namespace string) error {
				_, err := on(by, kind, namespace).Get(ctx, named(kind, "mistake"), metav1.GetOptions{})
				return err
			}},
		{name: "create " + kind, kind: kind, write: func(r rights) bool { return lists(r.creates, kind) },
			try: func(ctx context.Context, t *testing.T, by dynamic.Interface, _, namespace string) error {
				_, err := on(by, kind, namespace).Create(ctx, manifest(t, kind, namespace, named(kind, "new"), unsigned[kind]), metav1.CreateOptions{DryRun: dryRun})
				return err
			}},
		{name: "change " + kind, kind: kind, write: func(r rights) bool { return lists(r.changes, kind) },
			try: patch(kind, "mistake", `{"metadata":{"labels":{"village":"east"}}}`)},
		{name: "delete unsigned " + kind, kind: kind, write: func(r rights) bool { return lists(r.deletes, kind) },
			try: remove(kind, "mistake")},
		{name: "conclude " + kind, kind: kind, policy: "fangpin-status",
			write: func(r rights) bool { return lists(r.statuses, kind) },
			sign:  func(r rights) bool { return r.concludes },
			try:   patch(kind, "mistake", `{"status":{"observedGeneration":1}}`, "status")},
	}
}

// onSigned are the attempts on what others signed.
func onSigned(kind string) []attempt {
	deletes := func(r rights) bool { return lists(r.deletes, kind) }
	return []attempt{
		{name: "change signed " + kind, kind: kind, write: func(r rights) bool { return lists(r.changes, kind) },
			try: patch(kind, "signed", `{"metadata":{"labels":{"village":"east"}}}`)},
		{name: "restore " + kind, kind: kind, policy: policyOf(kind),
			write: func(r rights) bool { return lists(r.creates, kind) },
			sign:  func(r rights) bool { return lists(r.restores, kind) },
			try: func(ctx context.Context, t *testing.T, by dynamic.Interface, _, namespace string) error {
				_, err := on(by, kind, namespace).Create(ctx, manifest(t, kind, namespace, named(kind, "new"), signed[kind]), metav1.CreateOptions{DryRun: dryRun})
				return err
			}},
		{name: "announce " + kind, kind: kind, policy: "fangpin-deletion",
			write: func(r rights) bool { return lists(r.changes, kind) },
			sign:  func(r rights) bool { return lists(r.purges, kind) },
			try:   patch(kind, "signed", `{"metadata":{"annotations":{"`+reason+`":"entered twice"}}}`)},
		{name: "delete signed " + kind, kind: kind, policy: "fangpin-deletion", write: deletes,
			sign: func(rights) bool { return false }, try: remove(kind, "signed")},
		{name: "delete announced " + kind, kind: kind, policy: "fangpin-deletion", write: deletes,
			sign: func(r rights) bool { return lists(r.purges, kind) }, try: remove(kind, "announced")},
	}
}

func policyOf(kind string) string { return "fangpin-" + resources[kind].Resource }

func signStep(step string) attempt {
	return attempt{
		name: "sign " + step, kind: "rev", policy: "fangpin-reviews",
		write: func(r rights) bool { return lists(r.changes, "rev") },
		sign:  func(r rights) bool { return lists(r.signs, step) },
		try: func(ctx context.Context, t *testing.T, by dynamic.Interface, name, namespace string) error {
			return patch("rev", "open", `{"spec":{"records":[`+record(step, name)+`]}}`)(ctx, t, by, name, namespace)
		},
	}
}

// record is the JSON of a record.
func record(step, by string) string {
	return fmt.Sprintf(`{"step":%q,"date":"2021-04-12","by":%q,"outcome":"Passed"}`, step, by)
}

func deliver(measure int, department string) attempt {
	word := department
	if word == "" {
		word = "none"
	}
	return attempt{
		name: "deliver for " + word, kind: "aplan", policy: "fangpin-assistanceplans",
		write: func(r rights) bool { return lists(r.changes, "aplan") },
		sign:  func(r rights) bool { return lists(r.delivers, word) },
		try: func(ctx context.Context, _ *testing.T, by dynamic.Interface, name, namespace string) error {
			add := operation{Op: "add", Path: fmt.Sprintf("/spec/measures/%d/delivered", measure), Value: map[string]string{"date": "2021-05-02", "by": name}}
			return send(ctx, on(by, "aplan", namespace), "open", add)
		},
	}
}

// otherSignatures are the attempts to sign anything but steps and deliveries.
func otherSignatures() []attempt {
	changes := func(kind string) func(rights) bool {
		return func(r rights) bool { return lists(r.changes, kind) }
	}
	signature := func(kind, before, after string) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
		return func(ctx context.Context, t *testing.T, by dynamic.Interface, name, namespace string) error {
			return patch(kind, "open", before+`"by":"`+name+`"`+after)(ctx, t, by, name, namespace)
		}
	}
	return []attempt{
		{name: "verify", kind: "sig", policy: "fangpin-risksignals", write: changes("sig"), sign: func(r rights) bool { return r.verifies },
			try: signature("sig", `{"spec":{"verification":{"date":"2021-04-10","outcome":"Confirmed",`, `}}}`)},
		{name: "survey", kind: "hh", write: changes("hh"),
			try: signature("hh", `{"spec":{"surveys":[{"date":"2021-04-10","income":"4800",`, `}]}}`)},
		{name: "cancel", kind: "aplan", write: changes("aplan"),
			try: func(ctx context.Context, _ *testing.T, by dynamic.Interface, name, namespace string) error {
				add := operation{Op: "add", Path: "/spec/measures/0/cancelled", Value: map[string]string{"date": "2021-05-02", "by": name, "reason": "moved away"}}
				return send(ctx, on(by, "aplan", namespace), "open", add)
			}},
		{name: "submit", kind: "mrep", policy: "fangpin-monthlyreports", write: changes("mrep"), sign: func(r rights) bool { return r.submits },
			try: signature("mrep", `{"spec":{"submitted":{"date":"2021-05-02",`, `}}}`)},
		{name: "record a duty", kind: "mrep", policy: "fangpin-monthlyreports", write: changes("mrep"), sign: func(r rights) bool { return r.submits },
			try: signature("mrep", `{"spec":{"dutyRecords":[{"duty":"dispatch","date":"2021-04-20",`, `}]}}`)},
	}
}

// patch tries a merge patch.
func patch(kind, purpose, body string, subresources ...string) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
	return func(ctx context.Context, _ *testing.T, by dynamic.Interface, _, namespace string) error {
		_, err := on(by, kind, namespace).Patch(ctx, named(kind, purpose), types.MergePatchType, []byte(body), metav1.PatchOptions{DryRun: dryRun}, subresources...)
		return err
	}
}

func remove(kind, purpose string) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
	return func(ctx context.Context, _ *testing.T, by dynamic.Interface, _, namespace string) error {
		return on(by, kind, namespace).Delete(ctx, named(kind, purpose), metav1.DeleteOptions{DryRun: dryRun})
	}
}

// operation is one of a JSON patch.
type operation struct {
	Op    string `json:"op"`
	Path  string `json:"path"`
	Value any    `json:"value,omitempty"`
}

// send tries a JSON patch.
func send(ctx context.Context, to dynamic.ResourceInterface, name string, operations ...operation) error {
	body, err := json.Marshal(slices.Clone(operations))
	if err != nil {
		return err
	}
	_, err = to.Patch(ctx, name, types.JSONPatchType, body, metav1.PatchOptions{DryRun: dryRun})
	return err
}
