// SPDX-License-Identifier: Apache-2.0

package figures

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/rollup"
)

// OfMonth writes a month's sums as the figures of a report. Every list is sorted by
// its keys (policy, category, standard, kind, name, state), so that equal sums are
// equal bytes whatever order a policy gives its tiers.
func OfMonth(f *rollup.MonthFigures) *v1alpha1.Figures {
	out := &v1alpha1.Figures{
		Monitored: &v1alpha1.MonitoredFigures{
			Opening: both(f.Opening), Added: both(f.Added), Eliminated: both(f.Removed), Closing: both(f.Closing),
		},
		Tiers:      groups(f.Tiers, unranked),
		Categories: groups(f.Categories, unranked),
		Signals:    stateCounts(f.Signals),
		Reviews:    stateCounts(f.Reviews),
		Overdue:    new(number(f.Overdue)),
	}
	for _, c := range f.CategoryCauses {
		out.Causes = append(out.Causes, v1alpha1.CategoryCauseCount{
			Category: v1alpha1.Word(c.Category), Name: v1alpha1.Cause(c.Cause), Households: number(c.Households), Persons: number(c.Persons),
		})
	}
	out.Shortfalls = shortfallCounts(f.Shortfalls)
	for _, m := range f.Measures {
		out.Measures = append(out.Measures, v1alpha1.MeasureCount{
			Kind: v1alpha1.MeasureKind(m.Kind), Measures: number(m.Measures), Households: number(m.Households),
		})
	}
	if f.SurveyAsked+f.Surveyed > 0 {
		out.Surveys = &v1alpha1.SurveyFigures{Done: number(f.Surveyed), Missing: number(f.SurveyMissing)}
	}
	return out
}

func unranked(string, string) int { return 0 }

func both(c rollup.HouseholdsPersons) v1alpha1.HouseholdsPersons {
	return v1alpha1.HouseholdsPersons{Households: number(c.Households), Persons: number(c.Persons)}
}

func stateCounts(in []rollup.PaperCount) []v1alpha1.StateCount {
	var out []v1alpha1.StateCount
	for _, p := range in {
		out = append(out, v1alpha1.StateCount{Name: v1alpha1.Word(p.Name), State: v1alpha1.Word(p.State), Count: number(p.Count)})
	}
	return out
}

// Canonical is the canonical JSON of figures, of which Digest is the hash. Anyone
// can make it again from the figures as they stand in a report: JSON with the
// members of every object in ascending order of their names, without any space,
// and without members that are absent, null or an empty list; the lists in the
// order in which they stand; numbers in decimal without exponent or fraction. It is
// what RFC 8785 prescribes for such values. `jq -cjS .spec.submitted.figures`
// prints it.
func Canonical(f *v1alpha1.Figures) ([]byte, error) {
	typed, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(typed))
	decoder.UseNumber()
	var members map[string]any // encoded in order of the names
	if err := decoder.Decode(&members); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(members); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// Digest is sha256: and the hexadecimal SHA-256 of the figures' canonical JSON.
func Digest(f *v1alpha1.Figures) string {
	text, err := Canonical(f)
	if err != nil {
		// Figures are numbers and words; there is nothing that JSON could not hold.
		panic(fmt.Sprintf("encoding figures: %v", err))
	}
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:])
}
