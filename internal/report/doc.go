// SPDX-License-Identifier: Apache-2.0

// Package report adds judged families up to the figures of a month, a quarter or
// a year, for one jurisdiction or a tree of them, and hides what is so small that
// it would point at a family.
//
// It is pure: it reads no clock and no file, and what it returns is in an order
// of its own that no order of input changes. It holds no words for people: those
// are put by the command, and drawn by the packages below.
package report
