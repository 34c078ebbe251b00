// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of reports.
const (
	firstOfReports Key = 3000
)

const (
	endOfReports = firstOfReports + iota
)

var reports = texts{}
