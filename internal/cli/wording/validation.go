// SPDX-License-Identifier: Apache-2.0

package wording

// The sentences of what is wrong or idle in a plan, beyond its compiling.
const (
	firstOfValidation Key = 7000
)

const (
	endOfValidation = firstOfValidation + iota
)

var validation = texts{}
