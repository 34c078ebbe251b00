// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of what was entered late, and what was known when.
const (
	firstOfHindsight Key = 8000
)

const (
	endOfHindsight = firstOfHindsight + iota
)

var hindsight = texts{}
