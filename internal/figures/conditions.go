// SPDX-License-Identifier: Apache-2.0

package figures

import (
	"reflect"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/conditions"
)

// restsSince is the first day of a condition that rests on no dated fact, by the
// dates that stand in a spec and the first day of the policy.
func restsSince(spec any, policy civil.Day) civil.Day {
	first := civil.Never
	visitDates(reflect.ValueOf(spec), func(d civil.Day) { first = min(first, d) })
	if first == civil.Never {
		first = 0
	}
	return conditions.RestsSince(first, policy)
}

// visitDates visits every date that stands in a spec.
func visitDates(v reflect.Value, visit func(civil.Day)) {
	if v.Type() == reflect.TypeFor[v1alpha1.Date]() {
		if day, err := civil.ParseDay(v.String()); err == nil {
			visit(day)
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			visitDates(v.Elem(), visit)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visitDates(v.Index(i), visit)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			visitDates(v.Field(i), visit)
		}
	}
}
