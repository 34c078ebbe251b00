// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of what a change of policy would do.
const (
	firstOfPreview Key = 6000
)

const (
	endOfPreview = firstOfPreview + iota
)

var preview = texts{}
