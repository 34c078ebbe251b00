// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/dynamic"
)

// signing is a write that signs something, or pretends to.
type signing struct {
	name string
	by   string // a person
	try  func(context.Context, *testing.T, dynamic.Interface, string, string) error
	// wants are pieces of the refusal; none: it is allowed.
	wants []string
}

func run(t *testing.T, cases []signing) {
	t.Helper()
	c := setUp(t)
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			err := test.try(t.Context(), t, c.people[test.by], test.by, town)
			expect(t, err, test.wants...)
		})
	}
}

// expect holds a refusal against its pieces; without any there must be none.
func expect(t *testing.T, err error, wants ...string) {
	t.Helper()
	switch {
	case len(wants) == 0 && err != nil:
		t.Errorf("it is refused: %v", err)
	case len(wants) > 0 && err == nil:
		t.Errorf("it is allowed; want a refusal with %q", wants)
	}
	for _, want := range wants {
		if err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("the refusal lacks %q:\n%v", want, err)
		}
	}
}

// standing is the record that stands in the signed review.
const standing = `{"step":"home-visit","date":"2021-04-11","by":"former-clerk","outcome":"Passed"}`

// records tries to make these the records of the signed review.
func records(list ...string) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
	return patch("rev", "signed", `{"spec":{"records":[`+strings.Join(list, ",")+`]}}`)
}

// differing are records of so many different steps.
func differing(count int, by string) []string {
	var list []string
	for i := range count {
		list = append(list, record(fmt.Sprintf("step-%d", i), by))
	}
	return list
}

// newReview tries to create a review with these records.
func newReview(list ...string) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
	return func(ctx context.Context, t *testing.T, by dynamic.Interface, _, namespace string) error {
		object := manifest(t, "rev", namespace, "new", unsigned["rev"])
		object.Object["spec"].(map[string]any)["records"] = decoded(t, list)
		_, err := on(by, "rev", namespace).Create(ctx, object, metav1.CreateOptions{DryRun: dryRun})
		return err
	}
}

func TestRecordsAreSignedByWhoAddsThem(t *testing.T) {
	const prefix = "records are never changed, removed or reordered"
	run(t, []signing{
		{name: "the own name under a step that one may sign", by: "village-worker", try: records(standing, record("village-appraisal", "village-worker"))},
		{name: "another's name", by: "village-worker", try: records(standing, record("village-appraisal", "county-approver")),
			wants: []string{"spec.records[1].by is county-approver, but village-worker adds this record", "write by: village-worker"}},
		{name: "a copy of another's record", by: "village-worker", try: records(standing, standing),
			wants: []string{"spec.records[1].by is former-clerk, but village-worker adds this record"}},
		{name: "another's record after the own", by: "village-worker", try: records(standing, record("village-appraisal", "village-worker"), standing),
			wants: []string{"spec.records[2].by is former-clerk"}},
		{name: "a record inserted in front", by: "village-worker", try: records(record("home-visit", "village-worker"), standing), wants: []string{prefix}},
		{name: "another's record made the own", by: "village-worker", try: records(record("home-visit", "village-worker")), wants: []string{prefix}},
		{name: "another's record taken out", by: "village-worker", try: patch("rev", "signed", `{"spec":{"records":null}}`), wants: []string{prefix}},
		{name: "a signed review turned to another family", by: "village-worker", try: patch("rev", "signed", `{"spec":{"householdRef":{"name":"hh-2"}}}`),
			wants: []string{"householdRef is fixed for ever"}},
		{name: "a signed review turned to another purpose", by: "village-worker", try: patch("rev", "signed", `{"spec":{"purpose":"Elimination"}}`),
			wants: []string{"purpose is fixed once a record stands"}},
		{name: "another's step", by: "village-worker", try: records(standing, record("county-approval", "village-worker")),
			wants: []string{"village-worker may not sign the step county-approval in the namespace town", "a role with the verb approve on reviews/county-approval there"}},
		{name: "another's step behind an own one", by: "village-worker", try: records(standing, record("public-notice", "village-worker"), record("county-approval", "village-worker")),
			wants: []string{"may not sign the step county-approval"}},
		{name: "another's name, by who may sign everything", by: masters, try: records(standing, record("county-approval", "county-approver")),
			wants: []string{"spec.records[1].by is county-approver, but cluster-owner adds this record"}},
		{name: "eight different steps in one write", by: masters, try: records(append([]string{standing}, differing(8, masters)...)...)},
		{name: "nine different steps in one write", by: masters, try: records(append([]string{standing}, differing(9, masters)...)...),
			wants: []string{"records of 9 different steps, and at most 8 are checked in one write"}},
	})
}

// TestEachOfEightStepsIsChecked puts one step that the signer may not sign among
// seven that it may, at each place.
func TestEachOfEightStepsIsChecked(t *testing.T) {
	own := []string{"approval", "candidate-comparison", "county-approval", "county-confirmation", "county-filing", "county-review", "data-comparison"}
	var cases []signing
	for place := range 8 {
		list := []string{standing}
		for _, step := range slices.Insert(slices.Clone(own), place, "town-approval") {
			list = append(list, record(step, "county-approver"))
		}
		cases = append(cases, signing{
			name: fmt.Sprintf("at place %d", place+1), by: "county-approver", try: records(list...),
			wants: []string{"county-approver may not sign the step town-approval"},
		})
	}
	run(t, cases)
}

func TestOnlyRestorersBringWhatOthersSigned(t *testing.T) {
	full := differing(64, "former-clerk")
	run(t, []signing{
		{name: "a new review with the own record", by: "village-worker", try: newReview(record("home-visit", "village-worker"))},
		{name: "a new review with an own record of another's step", by: "village-worker", try: newReview(record("county-approval", "village-worker")),
			wants: []string{"may not sign the step county-approval"}},
		{name: "a new review with another's record", by: "writer", try: newReview(standing),
			wants: []string{"spec.records[0].by is former-clerk, but writer adds this record", "from a holder of the verb restore on reviews"}},
		{name: "a full review of 64 steps by a restorer", by: "restorer", try: newReview(full...)},
		{name: "a full review of 64 steps by somebody else", by: "writer", try: newReview(full...), wants: []string{"spec.records[0].by is former-clerk"}},
		{name: "another's record in a standing review, by a restorer who may change it", by: "importer", try: records(standing, standing),
			wants: []string{"spec.records[1].by is former-clerk", "come in with a new object alone"}},
		{name: "an own record in a standing review, by a restorer who may not sign the step", by: "importer", try: records(standing, record("home-visit", "importer")),
			wants: []string{"importer may not sign the step home-visit"}},
	})
}
