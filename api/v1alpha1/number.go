// SPDX-License-Identifier: Apache-2.0

package v1alpha1

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// UnmarshalJSON takes a number with and without quotes, digit by digit as it is
// written: 15 and "15" are the same, and no decimal passes through a float.
func (n *Number) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, (*string)(n))
	}
	var written json.Number
	if err := json.Unmarshal(data, &written); err != nil {
		return fmt.Errorf(`a number is a whole number such as 15, or a decimal in quotes such as "0.5", not %s`, data)
	}
	*n = Number(written)
	return nil
}
