// SPDX-License-Identifier: Apache-2.0

package controlplane

import "syscall"

// endWithParent asks the kernel to kill the child when we end, however we end.
func endWithParent(attributes *syscall.SysProcAttr) {
	attributes.Pdeathsig = syscall.SIGKILL
}
