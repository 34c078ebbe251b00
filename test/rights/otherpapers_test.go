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

// spec tries to merge this into the spec of a paper.
func spec(kind, purpose, body string) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
	return patch(kind, purpose, `{"spec":`+body+`}`)
}

// born tries to create a paper with this spec, in YAML.
func born(kind, body string) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
	return func(ctx context.Context, t *testing.T, by dynamic.Interface, _, namespace string) error {
		_, err := on(by, kind, namespace).Create(ctx, manifest(t, kind, namespace, named(kind, "new"), body), metav1.CreateOptions{DryRun: dryRun})
		return err
	}
}

func TestVerificationsAreSignedByWhoAddsThem(t *testing.T) {
	lead := strings.TrimSuffix(unsigned["sig"], "}")
	run(t, []signing{
		{name: "another's name", by: "village-worker", try: spec("sig", "open", `{"verification":{"date":"2021-04-10","by":"township-officer","outcome":"Confirmed"}}`),
			wants: []string{"spec.verification.by is township-officer, but village-worker adds this verification"}},
		{name: "without the verb", by: "health-clerk", try: spec("sig", "open", `{"verification":{"date":"2021-04-10","by":"health-clerk","outcome":"Confirmed"}}`),
			wants: []string{"health-clerk may not verify leads in the namespace town", "a role with the verb verify on risksignals"}},
		{name: "a lead verified at once", by: "village-worker", try: born("sig", lead+`, verification: {date: "2021-04-10", by: village-worker, outcome: Dismissed}}`)},
		{name: "a lead verified at once by who may not", by: "health-clerk", try: born("sig", lead+`, verification: {date: "2021-04-10", by: health-clerk, outcome: Dismissed}}`),
			wants: []string{"may not verify leads"}},
		{name: "another's verification made the own", by: "village-worker", try: spec("sig", "signed", `{"verification":{"by":"village-worker"}}`), wants: []string{"final once set"}},
		{name: "another's verification taken out", by: "village-worker", try: spec("sig", "signed", `{"verification":null}`), wants: []string{"final once set"}},
		{name: "a further fact of a verified lead", by: "health-clerk", try: spec("sig", "signed", `{"document":"ref-17"}`)},
	})
}

func TestDeliveriesAreSignedByWhoAddsThem(t *testing.T) {
	at := func(measure int, field string, value map[string]string, more ...operation) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
		return func(ctx context.Context, _ *testing.T, by dynamic.Interface, _, namespace string) error {
			path := fmt.Sprintf("/spec/measures/%d/%s", measure, field)
			return send(ctx, on(by, "aplan", namespace), "open", append(more, operation{Op: "add", Path: path, Value: value})...)
		}
	}
	by := func(name string) map[string]string { return map[string]string{"date": "2021-05-02", "by": name} }
	cancelled := func(name string) map[string]string {
		return map[string]string{"date": "2021-05-02", "by": name, "reason": "moved away"}
	}
	housing := operation{Op: "add", Path: "/spec/measures/0/department", Value: "housing"}
	plan := func(delivered int) string {
		var measures []string
		for i := range delivered {
			measures = append(measures, fmt.Sprintf(`{name: m%d, kind: Other, department: d-%d, delivered: {date: "2021-05-02", by: %s}}`, i, i, masters))
		}
		return "{householdRef: {name: %s}, measures: [" + strings.Join(measures, ", ") + "]}"
	}
	run(t, []signing{
		{name: "another's name", by: "housing-clerk", try: at(3, "delivered", by("township-officer")),
			wants: []string{"spec.measures[m3].delivered.by is township-officer, but housing-clerk adds this delivery"}},
		{name: "another department's measure", by: "housing-clerk", try: at(0, "delivered", by("housing-clerk")),
			wants: []string{"housing-clerk may not deliver for the department civil-affairs in the namespace town", "deliver on assistanceplans/civil-affairs"}},
		{name: "another department's measure, taken over in the same write", by: "housing-clerk", try: at(0, "delivered", by("housing-clerk"), housing),
			wants: []string{"department is fixed with the delivery"}},
		{name: "a measure without a department, by a department", by: "housing-clerk", try: at(7, "delivered", by("housing-clerk")),
			wants: []string{"spec.measures[m7] names no department", "may not deliver such measures"}},
		{name: "a measure without a department, by the township", by: "township-officer", try: at(7, "delivered", by("township-officer"))},
		{name: "a department's measure, by the township", by: "township-officer", try: at(3, "delivered", by("township-officer")),
			wants: []string{"may not deliver for the department housing"}},
		{name: "cancelled in another's name", by: "village-worker", try: at(3, "cancelled", cancelled("housing-clerk")),
			wants: []string{"spec.measures[m3].cancelled.by is housing-clerk, but village-worker adds this cancellation"}},
		{name: "a new plan of the own department, delivered", by: "water-clerk",
			try: born("aplan", `{householdRef: {name: %s}, measures: [{name: tap, kind: Water, department: water, delivered: {date: "2021-05-02", by: water-clerk}}]}`)},
		{name: "a new plan of another department, delivered", by: "water-clerk",
			try:   born("aplan", `{householdRef: {name: %s}, measures: [{name: tap, kind: Water, department: housing, delivered: {date: "2021-05-02", by: water-clerk}}]}`),
			wants: []string{"may not deliver for the department housing"}},
		{name: "a new plan cancelled in another's name", by: "water-clerk",
			try:   born("aplan", `{householdRef: {name: %s}, measures: [{name: tap, kind: Water, cancelled: {date: "2021-05-02", by: housing-clerk, reason: moved away}}]}`),
			wants: []string{"spec.measures[tap].cancelled.by is housing-clerk"}},
		{name: "a new plan cancelled in another's name, by a restorer", by: "restorer",
			try: born("aplan", `{householdRef: {name: %s}, measures: [{name: tap, kind: Water, cancelled: {date: "2021-05-02", by: housing-clerk, reason: moved away}}]}`)},
		{name: "a full plan of 64 departments by a restorer", by: "restorer", try: born("aplan", plan(64))},
		{name: "a plan of eight departments by who may deliver for all", by: "cluster-administrator", try: born("aplan", strings.ReplaceAll(plan(8), masters, "cluster-administrator"))},
		{name: "a standing delivery taken out", by: "housing-clerk", try: spec("aplan", "signed", `{"measures":[{"name":"training","kind":"Training"}]}`), wants: []string{"delivered is final once set"}},
		{name: "a delivered measure taken out", by: "housing-clerk", try: spec("aplan", "signed", `{"measures":null}`), wants: []string{"a measure is never removed"}},
		{name: "a further measure beside a delivered one", by: "housing-clerk",
			try: spec("aplan", "signed", `{"measures":[{"name":"training","kind":"Training","delivered":{"date":"2021-05-02","by":"former-clerk"}},{"name":"roof","kind":"Housing"}]}`)},
	})
}

// TestEachOfEightDepartmentsIsChecked puts a department for which the signer may
// not deliver among seven for which it may, at each place.
func TestEachOfEightDepartmentsIsChecked(t *testing.T) {
	var cases []signing
	for place := range 8 {
		var measures []string
		for i, department := range slices.Insert(slices.Clone(departments[:7]), place, "forestry") {
			measures = append(measures, fmt.Sprintf(`{name: m%d, kind: Other, department: %s, delivered: {date: "2021-05-02", by: all-departments}}`, i, department))
		}
		cases = append(cases, signing{
			name: fmt.Sprintf("at place %d", place+1), by: "all-departments",
			try:   born("aplan", "{householdRef: {name: %s}, measures: ["+strings.Join(measures, ", ")+"]}"),
			wants: []string{"all-departments may not deliver for the department forestry"},
		})
	}
	run(t, cases)
}

func TestNineDepartmentsDoNotDeliverInOneWrite(t *testing.T) {
	var measures, additions []string
	for i := range 9 {
		measures = append(measures, fmt.Sprintf(`{name: m%d, kind: Other, department: d-%d}`, i, i))
		additions = append(additions, fmt.Sprintf(`{"name":"m%d","kind":"Other","department":"d-%d","delivered":{"date":"2021-05-02","by":%q}}`, i, i, masters))
	}
	c := setUp(t)
	admin := c.as(t, masters)
	c.create(t, admin, manifest(t, "aplan", town, "nine", "{householdRef: {name: %s}, measures: ["+strings.Join(measures, ", ")+"]}"), "aplan")
	err := spec("aplan", "nine", `{"measures":[`+strings.Join(additions, ",")+`]}`)(t.Context(), t, admin, "", town)
	expect(t, err, "delivers for 9 different departments, and at most 8 are checked in one write")
}

func TestSurveysAreSignedByWhoAddsOrChangesThem(t *testing.T) {
	survey := func(day int, by, income string) string {
		if by != "" {
			by = fmt.Sprintf(`"by":%q,`, by)
		}
		return fmt.Sprintf(`{"date":"2021-%02d-%02d",%s"method":"OnSite","income":%q}`, 4+day/28, 1+day%28, by, income)
	}
	surveys := func(list ...string) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
		return spec("hh", "signed", `{"surveys":[`+strings.Join(list, ",")+`]}`)
	}
	held := survey(0, "former-clerk", "4800")
	many := func(by string) string {
		var list []string
		for i := range 60 {
			list = append(list, survey(i, by, "4800"))
		}
		return "{registration: None, persons: 3, surveys: [" + strings.Join(list, ",") + "]}"
	}
	c := setUp(t)
	c.create(t, c.as(t, masters), manifest(t, "hh", town, "surveyed", "{registration: None, persons: 3, surveys: ["+held+","+survey(1, "former-clerk", "4900")+"]}"), "hh")
	run(t, []signing{
		{name: "the own after another's", by: "village-worker", try: surveys(held, survey(9, "village-worker", "5200"))},
		{name: "the own in place of the oldest", by: "village-worker", try: surveys(survey(9, "village-worker", "5200"))},
		{name: "another's survey that moves to the front as the oldest goes", by: "village-worker",
			try: spec("hh", "surveyed", `{"surveys":[`+survey(1, "former-clerk", "4900")+`,`+survey(9, "village-worker", "5200")+`]}`)},
		{name: "one that nobody signs", by: "village-worker", try: surveys(held, survey(9, "", "5200"))},
		{name: "another's name", by: "village-worker", try: surveys(held, survey(9, "township-officer", "5200")),
			wants: []string{"spec.surveys[1].by is township-officer, but village-worker adds or changes this survey"}},
		{name: "another's survey with another income", by: "village-worker", try: surveys(survey(0, "former-clerk", "6800")),
			wants: []string{"spec.surveys[0].by is former-clerk, but village-worker adds or changes this survey"}},
		{name: "another's survey on another day", by: "village-worker", try: surveys(held, survey(1, "former-clerk", "4800")),
			wants: []string{"spec.surveys[1].by is former-clerk"}},
		{name: "another's survey mended and signed", by: "village-worker", try: surveys(survey(0, "village-worker", "6800"))},
		{name: "other facts beside another's survey", by: "village-worker", try: spec("hh", "signed", `{"persons":4}`)},
		{name: "another's name, by who may do everything", by: masters, try: surveys(held, survey(9, "former-clerk", "5200")),
			wants: []string{"spec.surveys[1].by is former-clerk"}},
		{name: "60 surveys of others by a restorer", by: "restorer", try: born("hh", many("former-clerk"))},
		{name: "60 surveys of others by somebody else", by: "village-worker", try: born("hh", many("former-clerk")), wants: []string{"spec.surveys[0].by is former-clerk"}},
		{name: "60 own surveys", by: "village-worker", try: born("hh", many("village-worker"))},
	})
}

func TestSubmissionsAreSignedByWhoAddsThem(t *testing.T) {
	duty := func(by string) string {
		return fmt.Sprintf(`{"duty":"dispatch","date":"2021-04-20","by":%q}`, by)
	}
	run(t, []signing{
		{name: "submitted in another's name", by: "reporter", try: spec("mrep", "open", `{"submitted":{"date":"2021-05-02","by":"township-officer"}}`),
			wants: []string{"spec.submitted.by is township-officer, but reporter submits this report"}},
		{name: "a duty in another's name", by: "reporter", try: spec("mrep", "open", `{"dutyRecords":[`+duty("reporter")+`,`+duty("township-officer")+`]}`),
			wants: []string{"spec.dutyRecords[1].by is township-officer, but reporter adds this record"}},
		{name: "submitted without the verb", by: "writer", try: spec("mrep", "open", `{"submitted":{"date":"2021-05-02","by":"writer"}}`),
			wants: []string{"spec.submitted: writer may not submit reports or record duties in the namespace town", "submit on monthlyreports"}},
		{name: "a duty without the verb", by: "writer", try: spec("mrep", "open", `{"dutyRecords":[`+duty("writer")+`]}`),
			wants: []string{"spec.dutyRecords: writer may not submit"}},
		{name: "a submission and a duty beside it", by: "reporter", try: spec("mrep", "open", `{"submitted":{"date":"2021-05-02","by":"reporter"},"dutyRecords":[`+duty("reporter")+`]}`)},
		{name: "another's submission made the own", by: "reporter", try: spec("mrep", "signed", `{"submitted":{"by":"reporter"}}`), wants: []string{"submitted is final once set"}},
		{name: "a duty beside another's submission", by: "reporter", try: spec("mrep", "signed", `{"dutyRecords":[`+duty("reporter")+`]}`)},
		{name: "a copy of another's duty", by: "reporter", try: spec("mrep", "signed", `{"dutyRecords":[`+duty("former-clerk")+`]}`),
			wants: []string{"spec.dutyRecords[0].by is former-clerk"}},
	})
}
