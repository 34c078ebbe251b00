// SPDX-License-Identifier: Apache-2.0

package v1alpha1_test

import (
	"encoding/json"
	"testing"

	"fangpin.io/fangpin/api/v1alpha1"
)

func TestNumberIsKeptAsWritten(t *testing.T) {
	tests := []struct {
		name string
		give string
		want v1alpha1.Number
	}{
		{"a whole number", `{"from":"2020-01-01","number":15}`, "15"},
		{"a whole number in quotes", `{"from":"2020-01-01","number":"15"}`, "15"},
		{"a decimal in quotes", `{"from":"2020-01-01","number":"0.5"}`, "0.5"},
		{"a decimal that no float holds", `{"from":"2020-01-01","number":0.1000000000000000000001}`, "0.1000000000000000000001"},
		{"a whole number that no float holds", `{"from":"2020-01-01","number":9007199254740993}`, "9007199254740993"},
		{"null as absent", `{"from":"2020-01-01","number":null}`, ""},
		{"nothing", `{"from":"2020-01-01"}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var value v1alpha1.ParameterValue
			if err := json.Unmarshal([]byte(tt.give), &value); err != nil {
				t.Fatal(err)
			}
			if value.Number != tt.want {
				t.Errorf("the number is %q, want %q", value.Number, tt.want)
			}
		})
	}
}

func TestWhatIsNoNumberIsRefused(t *testing.T) {
	for _, give := range []string{`true`, `[1]`, `{"a":1}`, `"open`, `1e`} {
		var value v1alpha1.ParameterValue
		if err := json.Unmarshal([]byte(`{"number":`+give+`}`), &value); err == nil {
			t.Errorf("%s is taken as the number %q", give, value.Number)
		}
	}
}
