// SPDX-License-Identifier: Apache-2.0

package policytest

import (
	"fmt"
	"maps"
	"reflect"
	"slices"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/wording"
)

const (
	// subject is the name of the household that a case describes in short form.
	subject          = "subject"
	kindHousehold    = "Household"
	kindPlan         = "AssistancePlan"
	kindSignal       = "RiskSignal"
	kindReview       = "Review"
	kindJurisdiction = "Jurisdiction"
	kindPolicy       = "MonitoringPolicy"
	kindReport       = "MonthlyReport"
)

var apiVersion = v1alpha1.SchemeGroupVersion.String()

// loadCase reads a case; what is wrong with it stays with it.
func loadCase(place manifest.Place, index int, doc *caseDocument) Case {
	place.Within = fmt.Sprintf("case %d %q", index+1, doc.Name)
	c := Case{Name: doc.Name, Place: place, household: doc.Household, objects: doc.Objects}
	c.fault = c.read(doc)
	return c
}

func (c *Case) read(doc *caseDocument) (err error) {
	if c.Name == "" {
		return c.wrong(wording.Fault(wording.CaseWithoutName))
	}
	if c.asOf, err = day(doc.AsOf); err != nil {
		return c.wrong(fmt.Errorf("asOf: %w", err))
	}
	if c.knownAt, err = day(doc.KnownAt); err != nil {
		return c.wrong(fmt.Errorf("knownAt: %w", err))
	}
	if c.expect, err = c.expectations(doc.Expect); err != nil {
		return c.wrong(err)
	}
	return nil
}

// wrong says of a fault in which case it is.
func (c *Case) wrong(err error) error { return wording.Fault(wording.InDocument, c.Place, err) }

// day reads a date that may be absent.
func day(text string) (civil.Day, error) {
	if text == "" {
		return 0, nil
	}
	return civil.ParseDay(text)
}

// expectations reads what a case expects: the status of the subject, or a list
// of objects with theirs.
func (c *Case) expectations(expect any) ([]expectation, error) {
	var all []expectation
	switch e := expect.(type) {
	case map[string]any:
		if c.household == nil {
			return nil, wording.Fault(wording.NoSubject)
		}
		all = append(all, expectation{kind: kindHousehold, name: subject, status: e})
	case []any:
		for i, item := range e {
			one, err := c.longForm(fmt.Sprintf("expect[%d]", i), item)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
	case nil:
	default:
		return nil, wording.Fault(wording.ExpectNeither)
	}
	for _, e := range all {
		if len(e.status) == 0 {
			return nil, wording.Fault(wording.ExpectNothing)
		}
		if err := checkStatus(e); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, wording.Fault(wording.ExpectNothing)
	}
	return all, nil
}

func (c *Case) longForm(path string, item any) (expectation, error) {
	if err := manifest.Shape(item, reflect.TypeFor[expectDocument](), path); err != nil {
		return expectation{}, err
	}
	fields, _ := item.(map[string]any)
	text := func(name string) string { s, _ := fields[name].(string); return s }
	e := expectation{kind: text("kind"), namespace: text("namespace"), name: text("name")}
	e.status, _ = fields["status"].(map[string]any)
	if e.name == "" && (e.kind == kindHousehold || e.kind == kindPlan) && c.household != nil {
		e.name = subject
	}
	if e.kind == "" || e.name == "" {
		return expectation{}, wording.Fault(wording.ExpectWhom, path)
	}
	return e, nil
}

// checkStatus refuses what no status can hold, such as a mistyped field: it
// could never fail the case, or never pass.
func checkStatus(e expectation) error {
	status, known := manifest.StatusOf(e.kind)
	if !known {
		_, err := manifest.FindKind(e.kind)
		return err
	}
	return manifest.Shape(e.status, status, "expect")
}

// merged is the case's household upon the defaults: maps are merged, lists and
// everything else replace; each survey that is not unchanged stands upon the
// default survey.
func (d defaults) merged(household map[string]any) map[string]any {
	spec := merge(d.Household, household)
	surveys, ok := spec["surveys"].([]any)
	if !ok {
		return spec
	}
	surveys = slices.Clone(surveys)
	for i, item := range surveys {
		survey, ok := item.(map[string]any)
		if ok && survey["unchanged"] != true {
			surveys[i] = merge(d.Survey, survey)
		}
	}
	spec["surveys"] = surveys
	return spec
}

// merge lays one tree over another. A null takes away what lies below it.
func merge(below, above map[string]any) map[string]any {
	out := maps.Clone(below)
	if out == nil {
		out = make(map[string]any, len(above))
	}
	for key, value := range above {
		over, isMap := value.(map[string]any)
		under, onMap := out[key].(map[string]any)
		switch {
		case value == nil:
			delete(out, key)
		case isMap && onMap:
			out[key] = merge(under, over)
		default:
			out[key] = value
		}
	}
	return out
}
