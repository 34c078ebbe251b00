// SPDX-License-Identifier: Apache-2.0

// Package shell is what stands between the pure judgment of a family and the
// cluster: it wakes families when their day comes, keeps the compiled policies
// at hand, writes statuses with the smallest write that is safe, and keeps the
// cache small. It decides nothing about a family.
package shell
