// SPDX-License-Identifier: Apache-2.0

package entry

import (
	"slices"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/wording"
	"fangpin.io/fangpin/internal/translate"
)

// mostRecords is how many records a review holds.
const mostRecords = 64

// Record adds the record of a step to a review of the family.
func Record(p translate.Papers, s Stamp, review *v1alpha1.Review, record *v1alpha1.StepRecord) (*Entry, error) {
	s.sign(record)
	if len(review.Spec.Records) >= mostRecords {
		return nil, wording.Fault(wording.ReviewFull, review.Name, mostRecords)
	}
	signed := review.DeepCopy()
	signed.Spec.Records = append(signed.Spec.Records, *record)
	n := len(review.Spec.Records)
	e := &Entry{
		Object: signed, Path: "spec.records", Fact: record,
		Patch: appended(review, "/spec/records", n, record), Papers: p,
	}
	e.Papers.Reviews = slices.Clone(p.Reviews)
	for i, r := range e.Papers.Reviews {
		if r.Name == review.Name {
			e.Papers.Reviews[i] = signed
		}
	}
	return e, nil
}

func (s Stamp) sign(record *v1alpha1.StepRecord) {
	record.By, record.Date, record.Entered = s.By, s.date(), s.entered()
}

// Opening is a review to be opened.
type Opening struct {
	Purpose   v1alpha1.Purpose
	Standards []v1alpha1.Word
	Record    *v1alpha1.StepRecord // the first, nil for none yet
}

// Open opens a review of the family, with its first record if there is one.
func Open(p translate.Papers, s Stamp, o Opening) (*Entry, error) {
	name, err := freeName(p.Household.Name, kebab(string(o.Purpose))+"-"+compact(s.date()), func(name string) bool {
		return slices.ContainsFunc(p.Reviews, func(r *v1alpha1.Review) bool { return r.Name == name })
	})
	if err != nil {
		return nil, err
	}
	review := &v1alpha1.Review{
		TypeMeta:   typeOf("Review"),
		ObjectMeta: metav1.ObjectMeta{Namespace: p.Household.Namespace, Name: name},
		Spec: v1alpha1.ReviewSpec{
			HouseholdRef: reference(p.Household), Purpose: o.Purpose,
			Opened: s.date(), Entered: s.entered(), Standards: o.Standards,
		},
	}
	if o.Record != nil {
		s.sign(o.Record)
		review.Spec.Records = []v1alpha1.StepRecord{*o.Record}
	}
	e := &Entry{Object: review, New: true, Fact: review, Papers: p}
	e.Papers.Reviews = append(slices.Clone(p.Reviews), review)
	return e, nil
}

func typeOf(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: kind}
}

func reference(h *v1alpha1.Household) v1alpha1.HouseholdReference {
	return v1alpha1.HouseholdReference{Name: v1alpha1.ObjectName(h.Name)}
}

// compact is a date without hyphens, as it stands in names.
func compact(d v1alpha1.Date) string { return strings.ReplaceAll(string(d), "-", "") }

// kebab turns PublicPost into public-post; a word in kebab-case stays.
func kebab(word string) string {
	var b strings.Builder
	for i, r := range word {
		if r >= 'A' && r <= 'Z' {
			if i > 0 && !strings.HasSuffix(b.String(), "-") {
				b.WriteByte('-')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return strings.Trim(b.String(), "-")
}
