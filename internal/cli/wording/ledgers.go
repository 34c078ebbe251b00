// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of bringing ledgers in and giving them out.
const (
	firstOfLedgers Key = 5000
)

const (
	endOfLedgers = firstOfLedgers + iota
)

var ledgers = texts{}
