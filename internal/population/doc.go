// SPDX-License-Identifier: Apache-2.0

// Package population invents towns of families for rehearsals, load and
// benchmarks: facts as a village would write them down, and the year that
// happens to them.
//
// It is pure: the same options give the same bytes on every machine, it reads no
// clock and no file. It knows no policy. What a family lives on, what befalls it
// and when somebody visits follow from figures alone, so that what a policy
// concludes is a result and not an assumption. No family is that of any person:
// there are no names, no identity digests, and everybody who signs is a role.
package population
