// SPDX-License-Identifier: Apache-2.0

// Package rehearsal lets the year 2020 of an invented town pass on a real API
// server, judged by the real manager on a clock that is set from day to day:
// visits arrive, families fall and recover, officers plan what the statuses
// propose and deliver it. The demo shows it, and checks it against the core.
//
// Everything that the town's people assert is written through the API, and
// everything that officers know they have read there.
package rehearsal
