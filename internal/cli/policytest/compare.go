// SPDX-License-Identifier: Apache-2.0

package policytest

// Compare compares what is expected of a status with what it says, both as JSON
// decodes them, by the rules of policy tests. It returns what was found in the
// form of what was expected: the two are equal exactly if ok.
func Compare(want, got any) (found any, ok bool) { return match(want, got) }
