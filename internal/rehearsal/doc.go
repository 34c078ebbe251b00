// SPDX-License-Identifier: Apache-2.0

// Package rehearsal lets the year 2020 of an invented town pass on a real API
// server, judged by the real manager on a clock that is set from day to day:
// visits arrive, families fall and recover, officers plan what the statuses
// propose and deliver it. The demo shows it, and checks it against the core.
//
// Beside it the story of package story happens, mostly in a second township:
// leads, reviews, an elimination, each under the plan that is in force there.
//
// Everything that people assert is written through the API, in the name of who
// asserts it, with the shipped roles and admission policies in force; and
// everything that officers know they have read there.
package rehearsal
