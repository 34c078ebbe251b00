// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of duties of jurisdictions and departments.
const (
	firstOfDuties Key = 2000
)

const (
	endOfDuties = firstOfDuties + iota
)

var duties = texts{}
