// SPDX-License-Identifier: Apache-2.0

// Package conditions writes the conditions of an object so that equal
// conclusions are equal bytes: sorted by type, and with the first day of an
// unbroken run of answers in place of the moment of writing.
package conditions

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/civil"
)

// List collects the conditions of one object.
type List struct {
	Generation int64
	Zone       *time.Location // in which days begin
	conditions []metav1.Condition
}

// Answer is what a condition says, since which day, and why.
type Answer struct {
	Holds  bool
	Since  civil.Day
	Reason string
	// Message tells a person what to do next; "" where there is nothing to do.
	Message string
}

// Set states a condition.
func (l *List) Set(kind string, a Answer) {
	status := metav1.ConditionFalse
	if a.Holds {
		status = metav1.ConditionTrue
	}
	l.conditions = append(l.conditions, metav1.Condition{
		Type: kind, Status: status, ObservedGeneration: l.Generation,
		LastTransitionTime: metav1.NewTime(a.Since.In(l.Zone)), Reason: a.Reason, Message: clip(a.Message),
	})
}

// Fail states that the object was not judged and waits for a person:
// Ready=False and Stalled=True.
func (l *List) Fail(since civil.Day, reason, message string) {
	l.Set(v1alpha1.ConditionReady, Answer{false, since, reason, message})
	l.Set(v1alpha1.ConditionStalled, Answer{true, since, reason, message})
}

// Keep takes over those of other conditions whose types were not stated here.
func (l *List) Keep(others []metav1.Condition) {
	for _, other := range others {
		if !slices.ContainsFunc(l.conditions, func(c metav1.Condition) bool { return c.Type == other.Type }) {
			l.conditions = append(l.conditions, other)
		}
	}
}

// Sorted returns the conditions by type.
func (l *List) Sorted() []metav1.Condition {
	slices.SortFunc(l.conditions, func(a, b metav1.Condition) int { return strings.Compare(a.Type, b.Type) })
	return l.conditions
}

// maxMessage bounds a message, in bytes: a policy may have many problems, and a
// family may lack many facts. The command lists them all.
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

// RestsSince is the first day of a condition that rests on no dated fact: the
// earliest date in its object's own spec, else the first day of its policy,
// else 1970-01-01. A zero day is none.
func RestsSince(inSpec, policy civil.Day) civil.Day {
	switch {
	case !inSpec.IsZero():
		return inSpec
	case !policy.IsZero():
		return policy
	}
	return epoch
}
