// SPDX-License-Identifier: Apache-2.0

package figures

import (
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// conditions collects the conditions of one object.
type conditions struct {
	generation int64
	zone       *time.Location
	list       []metav1.Condition
}

// answer is what a condition says, and why.
type answer struct {
	holds           bool
	since           civil.Day
	reason, message string
}

func (c *conditions) set(kind string, a answer) {
	status := metav1.ConditionFalse
	if a.holds {
		status = metav1.ConditionTrue
	}
	c.list = append(c.list, metav1.Condition{
		Type: kind, Status: status, ObservedGeneration: c.generation,
		LastTransitionTime: metav1.NewTime(a.since.In(c.zone)), Reason: a.reason, Message: clip(a.message),
	})
}

// fail sets Ready=False, and Stalled=True: it waits for a person.
func (c *conditions) fail(since civil.Day, reason, message string) {
	c.set(v1alpha1.ConditionReady, answer{false, since, reason, message})
	c.set(v1alpha1.ConditionStalled, answer{true, since, reason, message})
}

// sorted returns the conditions by type.
func (c *conditions) sorted() []metav1.Condition {
	slices.SortFunc(c.list, func(a, b metav1.Condition) int { return strings.Compare(a.Type, b.Type) })
	return c.list
}

// maxMessage bounds a condition's message, in bytes: a policy may have many
// problems, and `kubectl fangpin validate` lists them all.
const maxMessage = 4096

// clip shortens a message on the border of a character.
func clip(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	cut := maxMessage - len("…")
	for cut > 0 && !utf8.RuneStart(message[cut]) {
		cut--
	}
	return message[:cut] + "…"
}

// epoch is the day of a condition that rests on no date at all.
var epoch, _ = civil.DayOf(1970, time.January, 1)

// restsSince is the first day of a condition that rests on no dated fact: the
// earliest date in its object's own spec, else the first day of its policy,
// else 1970-01-01.
func restsSince(spec any, policy civil.Day) civil.Day {
	first := civil.Never
	visitDates(reflect.ValueOf(spec), func(d civil.Day) { first = min(first, d) })
	switch {
	case first != civil.Never:
		return first
	case !policy.IsZero():
		return policy
	}
	return epoch
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
