// SPDX-License-Identifier: Apache-2.0

package population

import (
	"fmt"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// villageName names the villages of a township: town-village, town-village-2
// and so on.
func villageName(township string, village int) string {
	if village == 0 {
		return township + "-village"
	}
	return fmt.Sprintf("%s-village-%d", township, village+1)
}

// villageWeights say how large villages are beside one another.
func villageWeights(villages int) []int {
	sizes := [...]int{12, 9, 11, 7, 10, 8, 6, 9}
	weights := make([]int, villages)
	for i := range weights {
		weights[i] = sizes[i%len(sizes)]
	}
	return weights
}

// floodedVillages draws the villages by the river, a quarter of them.
func floodedVillages(o Options) []int {
	d := newDice(o.Seed, groupCount, 0, ofFate)
	return d.Perm(o.Villages)[:max(o.Villages/4, 1)]
}

// tree is the county, the township and its villages.
func tree(o Options, families []*family) []*v1alpha1.Jurisdiction {
	registered := make([]baseline, o.Villages)
	for _, f := range families {
		if f.group != Marginal {
			registered[f.village].add(f.persons())
		}
	}
	var whole baseline
	for _, b := range registered {
		whole.households, whole.persons = whole.households+b.households, whole.persons+b.persons
	}
	nodes := []*v1alpha1.Jurisdiction{
		node(o.County, "县", v1alpha1.LevelCounty, "", o.County, whole),
		node(o.Township, "镇", v1alpha1.LevelTownship, o.County, o.Township, whole),
	}
	for i, b := range registered {
		village := node(villageName(o.Township, i), fmt.Sprintf("第%d村", i+1), v1alpha1.LevelVillage, o.Township, o.Township, b)
		village.Spec.Sites = sites(o, i)
		nodes = append(nodes, village)
	}
	return nodes
}

// baseline counts who is registered as poor (建档立卡).
type baseline struct{ households, persons int32 }

func (b *baseline) add(persons int) {
	b.households++
	b.persons += int32(persons)
}

func node(name, title string, level v1alpha1.JurisdictionLevel, parent, namespace string, registered baseline) *v1alpha1.Jurisdiction {
	j := &v1alpha1.Jurisdiction{
		TypeMeta:   metav1.TypeMeta{APIVersion: v1alpha1.SchemeGroupVersion.String(), Kind: "Jurisdiction"},
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: v1alpha1.JurisdictionSpec{
			Level: level, DisplayName: v1alpha1.Title(title), Namespace: v1alpha1.NamespaceName(namespace),
			RegisteredHouseholds: &registered.households, RegisteredPersons: &registered.persons,
		},
	}
	if parent != "" {
		j.Spec.ParentRef = &v1alpha1.JurisdictionReference{Name: v1alpha1.ObjectName(parent)}
	}
	return j
}

// sites are the places where a village puts up notices: its office, and in
// every third village a new settlement.
func sites(o Options, village int) []v1alpha1.Site {
	list := []v1alpha1.Site{{Name: "village-office", Kind: "VillageCommittee"}}
	if village%3 == 0 {
		d := newDice(o.Seed, groupCount, village+1, ofBirth)
		households := int32(d.between(20, 90))
		list = append(list, v1alpha1.Site{Name: "new-village", Kind: "ResettlementSite", Households: &households})
	}
	return list
}
