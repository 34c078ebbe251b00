// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"fangpin.io/fangpin/internal/civil"
	"fangpin.io/fangpin/internal/population"
)

// BenchmarkPreview previews a change of the red line over invented families, read
// as JSON from the standard input.
func BenchmarkPreview(b *testing.B) {
	policy, err := os.ReadFile(filepath.FromSlash(townPolicy))
	if err != nil {
		b.Fatal(err)
	}
	folder := b.TempDir()
	old, changed := filepath.Join(folder, "old.yaml"), filepath.Join(folder, "changed.yaml")
	for path, text := range map[string][]byte{old: policy, changed: bytes.Replace(policy, []byte(`value: "5000"`), []byte(`value: "6000"`), 1)} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	last, err := civil.ParseDay("2020-12-28")
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{1000, 10_000} {
		var stream bytes.Buffer
		for _, h := range population.New(population.Options{Seed: 1, Groups: population.OfSize(n)}).After(last) {
			h.APIVersion, h.Kind = "fangpin.io/v1alpha1", "Household"
			h.Spec.JurisdictionRef = nil
			text, err := json.Marshal(h)
			if err != nil {
				b.Fatal(err)
			}
			stream.Write(text)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var errOut bytes.Buffer
				env := environment(bytes.NewReader(stream.Bytes()), io.Discard, &errOut)
				if status := Main(context.Background(), []string{"preview", "-f", changed, "-f", old, "-f", "-", "--as-of", "2020-12-28"}, env); status != exitFine {
					b.Fatalf("exit status %d: %s", status, errOut.String())
				}
			}
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "families/s")
		})
	}
}
