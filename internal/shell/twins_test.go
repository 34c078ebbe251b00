// SPDX-License-Identifier: Apache-2.0

package shell_test

import (
	"fmt"
	"slices"
	"testing"

	"k8s.io/apimachinery/pkg/types"
	"pgregory.net/rapid"

	"fangpin.io/fangpin/internal/shell"
)

// TestTwinsAreThoseWithTheSameDigest changes digests at random and compares with
// a plain list.
func TestTwinsAreThoseWithTheSameDigest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		twins := shell.NewTwins()
		digests := map[types.NamespacedName]string{}
		name := func(i int) types.NamespacedName {
			return types.NamespacedName{Namespace: "zhaotan", Name: fmt.Sprint("hh-", i)}
		}
		for range rapid.IntRange(1, 40).Draw(t, "changes") {
			household := name(rapid.IntRange(0, 4).Draw(t, "household"))
			now := rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "digest")
			twins.Change(household, digests[household], now)
			digests[household] = now
		}
		for i := range 5 {
			var want []types.NamespacedName
			for k := range 5 {
				if k != i && digests[name(k)] != "" && digests[name(k)] == digests[name(i)] {
					want = append(want, name(k))
				}
			}
			if got := twins.Of(name(i), digests[name(i)]); !slices.Equal(got, want) {
				t.Fatalf("twins of %s: %v, want %v; digests %v", name(i), got, want, digests)
			}
		}
	})
}
