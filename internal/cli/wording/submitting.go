// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of submitting a monthly report and recording that a duty was done.
const (
	firstOfSubmitting Key = 4000
)

const (
	endOfSubmitting = firstOfSubmitting + iota
)

var submitting = texts{}
