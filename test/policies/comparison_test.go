// SPDX-License-Identifier: Apache-2.0

package policies

import (
	"os"
	"testing"
)

// TestEachOfTheNineAssetsIsCompared shows of each asset of R12.P5 that leaving it
// out or hitting it without an explanation holds the family up, and that an
// explained hit does not.
func TestEachOfTheNineAssetsIsCompared(t *testing.T) {
	text, err := os.ReadFile("../../config/policies/township-2021.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f := readingsFile{Policy: "township-2021"}
	shipped := func(c readingCase) any { return c.Shipped }
	cases := []readingCase{comparisonCase("all are clear", "", "", "Passed")}
	for _, asset := range nineAssets {
		cases = append(cases,
			comparisonCase(asset+" is not compared", asset, "", "Invalid"),
			comparisonCase(asset+" is hit", asset, "Hit", "Invalid"),
			comparisonCase(asset+" is hit and explained", asset, "Explained", "Passed"),
		)
	}
	for name, failed := range f.failures(t, cases, string(text), shipped) {
		t.Errorf("%s\n%s", name, failed)
	}
}

// R12.P5 「户籍、商品房、工商登记、公积金、银行存款、购买保险、有价证券、消费性车辆、财政供养人员」
var nineAssets = []string{
	"HouseholdRegister", "CommodityHousing", "BusinessRegistration", "HousingFund", "Deposits",
	"Insurance", "Securities", "Vehicles", "PublicPayroll",
}

// comparisonCase is a family whose comparison finds all clear but one asset, which
// has the result, or none if that is "".
func comparisonCase(name, asset, result, state string) readingCase {
	var checks []any
	for _, a := range nineAssets {
		switch {
		case a != asset:
			checks = append(checks, map[string]any{"asset": a, "result": "Clear"})
		case result != "":
			checks = append(checks, map[string]any{"asset": a, "result": result})
		}
	}
	record := func(step, date string, more map[string]any) map[string]any {
		r := map[string]any{"step": step, "date": date, "by": "liu", "outcome": "Passed"}
		for key, value := range more {
			r[key] = value
		}
		return r
	}
	came := func(role string, count int) any { return map[string]any{"role": role, "count": count} }
	records := []any{
		record("home-visit", "2021-04-11", nil),
		record("village-appraisal", "2021-04-14", map[string]any{"attendance": []any{
			came("VillageCommittee", 1), came("WorkTeam", 1), came("VillageRepresentative", 15)}}),
		record("public-notice", "2021-04-23", map[string]any{"from": "2021-04-15", "until": "2021-04-22",
			"sites": []any{"village-office", "new-village", "big-hamlet"}, "objections": 0}),
		record("office-review", "2021-04-26", nil),
		record("data-comparison", "2021-04-28", map[string]any{"checks": checks}),
	}
	return readingCase{
		Name: name, AsOf: "2021-04-28",
		Household: map[string]any{
			"jurisdictionRef": map[string]any{"name": "town-village"}, "registration": "Graduated", "persons": 3,
			"surveys": []any{map[string]any{"date": "2021-04-05", "method": "OnSite", "income": "5000"}},
		},
		Objects: []any{map[string]any{"kind": "Review", "metadata": map[string]any{"name": "r"},
			"spec": map[string]any{"purpose": "Identification", "opened": "2021-04-10", "records": records}}},
		Shipped: []any{map[string]any{"kind": "Review", "name": "r", "status": map[string]any{
			"steps": []any{map[string]any{"name": "data-comparison", "state": state}}}}},
	}
}
