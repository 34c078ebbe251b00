// SPDX-License-Identifier: Apache-2.0

// Package crd carries the generated CustomResourceDefinitions, so that the
// command refuses offline what the API server would refuse.
package crd

import "embed"

// Bases holds the definitions of all kinds, in the folder bases.
//
//go:embed bases/*.yaml
var Bases embed.FS
