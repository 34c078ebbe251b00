// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"fmt"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// TestThePoliciesAffordTheFullestPapers writes the papers that make the policies
// compare most: an expression that runs out of its budget refuses the write.
func TestThePoliciesAffordTheFullestPapers(t *testing.T) {
	c := setUp(t)
	admin := c.as(t, masters)
	change := func(kind, name, body string) error {
		_, err := on(admin, kind, town).Patch(t.Context(), name, types.MergePatchType, []byte(`{"spec":`+body+`}`), metav1.PatchOptions{DryRun: dryRun})
		return err
	}
	t.Run("60 surveys, each changed", func(t *testing.T) {
		surveys := func(by, income string) string {
			var list []string
			for i := range 60 {
				list = append(list, fmt.Sprintf(`{"date":"2021-%02d-%02d","by":%q,"method":"OnSite","income":%q,"causes":["Illness","Schooling"],"guarantees":[{"name":"Food","state":"Met"},{"name":"Housing","state":"AtRisk"}]}`,
					1+i/28, 1+i%28, by, income))
			}
			return `{"registration":"None","persons":3,"surveys":[` + strings.Join(list, ",") + `]}`
		}
		c.create(t, admin, manifest(t, "hh", town, "full", surveys("former-clerk", "4800")), "hh")
		expect(t, change("hh", "full", surveys(masters, "5200")))
		expect(t, change("hh", "full", surveys("former-clerk", "5200")), "spec.surveys[0].by is former-clerk")
	})
	t.Run("63 records after one", func(t *testing.T) {
		added := []string{standing}
		for i := range 63 {
			added = append(added, record(fmt.Sprintf("step-%d", i%8), masters))
		}
		expect(t, change("rev", "signed", `{"records":[`+strings.Join(added, ",")+`]}`))
		added[63] = record("step-1", "former-clerk")
		expect(t, change("rev", "signed", `{"records":[`+strings.Join(added, ",")+`]}`), "spec.records[63].by is former-clerk")
	})
	t.Run("64 measures of eight departments, all delivered and cancelled", func(t *testing.T) {
		measures := func(signatures string) string {
			var list []string
			for i := range 64 {
				list = append(list, fmt.Sprintf(`{"name":"m%d","kind":"Other","department":"d-%d"%s}`, i, i%8, signatures))
			}
			return `{"householdRef":{"name":"full"},"measures":[` + strings.Join(list, ",") + `]}`
		}
		signature := func(by string) string {
			return fmt.Sprintf(`,"delivered":{"date":"2021-05-02","by":%q},"cancelled":{"date":"2021-05-02","by":%q,"reason":"moved"}`, by, by)
		}
		plan := manifest(t, "aplan", town, "full", strings.Replace(measures(""), `"full"`, "%s", 1))
		c.create(t, admin, plan, "aplan")
		expect(t, change("aplan", "full", measures(signature(masters))))
		expect(t, change("aplan", "full", measures(signature("former-clerk"))), "spec.measures[m0].delivered.by is former-clerk")
	})
	t.Run("64 duties", func(t *testing.T) {
		var list []string
		for i := range 64 {
			list = append(list, fmt.Sprintf(`{"duty":"dispatch","date":"2021-04-%02d","by":%q}`, 1+i%30, masters))
		}
		expect(t, change("mrep", named("mrep", "signed"), `{"dutyRecords":[`+strings.Join(list, ",")+`]}`))
	})
}
