// SPDX-License-Identifier: Apache-2.0

// Staticadmission prints the admission policies as static manifests for an API
// server; `make manifests` writes them to config/admission/static.
package main

import (
	"fmt"
	"os"

	"fangpin.io/fangpin/config/admission"
)

func main() {
	manifests, err := admission.Static()
	if err == nil {
		_, err = os.Stdout.Write(manifests)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "staticadmission:", err)
		os.Exit(1)
	}
}
