// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	clocktesting "k8s.io/utils/clock/testing"
)

// townPolicy is the shipped plan that stream's families live under.
const townPolicy = "../../config/policies/town-2020.yaml"

// stream writes a plan and n families of nine surveys each as one stream of YAML
// documents.
func stream(tb testing.TB, n int) []byte {
	tb.Helper()
	policy, err := os.ReadFile(filepath.FromSlash(townPolicy))
	if err != nil {
		tb.Fatal(err)
	}
	b := bytes.NewBuffer(policy)
	for i := range n {
		fmt.Fprintf(b, `---
apiVersion: fangpin.io/v1alpha1
kind: Household
metadata:
  name: hh-%06d
  namespace: town
spec:
  registration: Graduated
  persons: %d
  surveys:
`, i, i%6+1)
		for month := 4; month <= 12; month++ {
			survey(b, i, month)
		}
	}
	return b.Bytes()
}

func survey(b *bytes.Buffer, family, month int) {
	if (family+month)%3 != 0 && month > 4 {
		fmt.Fprintf(b, "  - {date: \"2020-%02d-12\", by: village-worker, method: OnSite, unchanged: true}\n", month)
		return
	}
	housing := "Met"
	if (family*7+month)%23 == 0 {
		housing = "AtRisk"
	}
	fmt.Fprintf(b, `  - date: "2020-%02d-12"
    by: village-worker
    method: OnSite
    income: "%d"
    labour: Full
    risk: None
    hardship: None
    guarantees:
    - {name: Food, state: Met}
    - {name: Clothing, state: Met}
    - {name: Water, state: Met}
    - {name: Education, state: Met}
    - {name: Medical, state: Met}
    - {name: Housing, state: %s}
`, month, 3000+(family*997+month*131)%9000, housing)
}

// environment is a session on a fixed day.
func environment(in io.Reader, out, errOut io.Writer) Environment {
	return Environment{
		In: in, Out: out, ErrOut: errOut,
		Getenv: func(string) string { return "" },
		Clock:  clocktesting.NewFakePassiveClock(time.Date(2020, 12, 20, 2, 0, 0, 0, time.UTC)),
	}
}

// BenchmarkEvaluate judges families of one YAML stream and prints them.
func BenchmarkEvaluate(b *testing.B) {
	const families = 500
	text := stream(b, families)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		var errOut bytes.Buffer
		if status := Main(context.Background(), []string{"evaluate", "-f", "-"}, environment(bytes.NewReader(text), io.Discard, &errOut)); status != exitFine {
			b.Fatalf("exit status %d: %s", status, errOut.String())
		}
	}
	b.ReportMetric(float64(b.N*families)/b.Elapsed().Seconds(), "families/s")
}
