// SPDX-License-Identifier: Apache-2.0

//go:build !linux

package controlplane

import "syscall"

// endWithParent has no counterpart here: the servers end at Stop and when the
// context of Start is cancelled, and outlive a process that is killed.
func endWithParent(*syscall.SysProcAttr) {}
