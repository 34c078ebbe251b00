// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

func TestAStatusThatIsNotTheCoresIsFound(t *testing.T) {
	review := &v1alpha1.Review{}
	review.Name = "hh-000127-review-1"
	c := course{kind: reviews, object: review, first: []byte(`{"stage":"Blocked"}`), second: []byte(`{"stage":"Completed"}`)}
	for name, tt := range map[string]struct {
		own, twin string
		changed   bool
		want      string
	}{
		"both as judged at first":         {own: `{"stage":"Blocked"}`, twin: `{"stage":"Blocked"}`},
		"both as judged after the change": {own: `{"stage":"Completed"}`, twin: `{"stage":"Completed"}`, changed: true},
		"both as before the change, after it": {own: `{"stage":"Blocked"}`, twin: `{"stage":"Blocked"}`, changed: true,
			want: "Review hh-000127-review-1 was written otherwise than the core judges:\n{\"stage\":\"Blocked\"}\nand not\n{\"stage\":\"Completed\"}"},
		"a twin that was written otherwise": {own: `{"stage":"Blocked"}`, twin: `{}`,
			want: "Review hh-000127-review-1's twin was written otherwise than the core judges:\n{}\nand not\n{\"stage\":\"Blocked\"}"},
		"an object that is not there": {twin: `{"stage":"Blocked"}`,
			want: "Review hh-000127-review-1 was written otherwise than the core judges:\n\nand not\n{\"stage\":\"Blocked\"}"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if err := c.hold([]byte(tt.own), []byte(tt.twin), tt.changed); err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
