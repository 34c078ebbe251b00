// SPDX-License-Identifier: Apache-2.0

package rollup

// MonthCount adds families up through several months, at those jurisdictions that
// are counted: a family counts at its own and at all above it.
type MonthCount struct {
	tree   Tree
	months int
	sums   map[string][]MonthSum
}

// NewMonthCount returns a count of no families yet, of so many months, at nodes of
// the tree.
func NewMonthCount(tree Tree, months int, nodes []string) *MonthCount {
	c := &MonthCount{tree: tree, months: months, sums: make(map[string][]MonthSum, len(nodes))}
	for _, node := range nodes {
		c.sums[node] = make([]MonthSum, months)
	}
	return c
}

// Add counts a family, which stands in a namespace and names a jurisdiction or "",
// by what it adds to each of the months.
func (c *MonthCount) Add(namespace, named string, months []Month) {
	for _, node := range c.tree.Way(c.tree.Home(namespace, named)) {
		sums := c.sums[node]
		for i := range min(len(sums), len(months)) {
			sums[i].Add(&months[i])
		}
	}
}

// Sum is what the families at a node and below add up to in a month, by its place
// among the months; an empty sum where the node is not counted.
func (c *MonthCount) Sum(node string, month int) *MonthSum {
	if sums := c.sums[node]; month >= 0 && month < len(sums) {
		return &sums[month]
	}
	return &MonthSum{}
}
