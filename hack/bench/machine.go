// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/prometheus/procfs"
)

// describeMachine says on what the figures were measured. A figure that cannot
// be read is left out.
func describeMachine() string {
	parts := []string{fmt.Sprintf("%d cores", runtime.NumCPU())}
	if fs, err := procfs.NewDefaultFS(); err == nil {
		if cpus, err := fs.CPUInfo(); err == nil && len(cpus) > 0 && cpus[0].ModelName != "" {
			parts[0] += " of " + cpus[0].ModelName
		}
		if memory, err := fs.Meminfo(); err == nil && memory.MemTotal != nil {
			parts = append(parts, fmt.Sprintf("%.0f GiB", float64(*memory.MemTotal)/(1<<20)))
		}
	}
	return strings.Join(append(parts, runtime.GOOS+"/"+runtime.GOARCH, runtime.Version()), ", ")
}

// describeLoad says how busy the machine is with other things.
func describeLoad() string {
	fs, err := procfs.NewDefaultFS()
	if err != nil {
		return "unknown"
	}
	load, err := fs.LoadAvg()
	if err != nil {
		return "unknown"
	}
	return fmt.Sprintf("%.1f", load.Load1)
}
