// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"math"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/checker"
	"github.com/google/cel-go/common/types"
)

// maxCost bounds what one question may cost, in CEL's units of some 50 ns, with
// the longest lists that the API takes. To track the cost while a rule runs
// would cost microseconds a question; so it is bounded when the plan is
// compiled, from the bounds of the facts.
const maxCost = 100_000

// maxText is the API's bound of a word.
const maxText = 64

// boundCost refuses a rule that could take too long.
func (c *Compiler) boundCost(r *Rule, checked *cel.Ast) bool {
	cost, err := c.env.EstimateCost(checked, &costEstimator{names: c.rules.names})
	switch {
	case err != nil:
		c.report(Problem{Path: r.Path, Message: fmt.Sprintf("the rule's cost cannot be estimated: %v", err)})
	case cost.Max == math.MaxUint64:
		c.report(Problem{Path: r.Path, Message: "the rule could take any time: it builds texts or lists whose length has no bound",
			Hint: "compare facts directly; leave out format, flatten, and join of anything but a list of facts"})
	case cost.Max > maxCost:
		c.report(Problem{Path: r.Path, Message: fmt.Sprintf("the rule could take too long (%d units, at most %d)", cost.Max, maxCost),
			Hint: "do not go through a list within another, or divide the rule"})
	default:
		return true
	}
	return false
}

// costEstimator knows how large facts can be.
type costEstimator struct{ names map[string]*fact }

// EstimateSize implements checker.CostEstimator.
func (e *costEstimator) EstimateSize(node checker.AstNode) *checker.SizeEstimate {
	if node.Type().Kind() == types.StructKind {
		return &checker.SizeEstimate{Min: 1, Max: 1} // money, a member, a mark, a lead
	}
	if !e.isFact(node) {
		return nil
	}
	switch node.Type().Kind() {
	case types.ListKind, types.MapKind:
		return &checker.SizeEstimate{Max: e.names[node.Path()[0]].items}
	case types.StringKind:
		return &checker.SizeEstimate{Max: maxText}
	}
	return nil
}

func (e *costEstimator) isFact(node checker.AstNode) bool {
	path := node.Path()
	return len(path) > 0 && e.names[path[0]] != nil
}

// EstimateCallCost implements checker.CostEstimator.
func (*costEstimator) EstimateCallCost(string, string, *checker.AstNode, []checker.AstNode) *checker.CallEstimate {
	return nil
}

// costCorrections replaces estimates of CEL that are too low: it takes the
// elements of a list for single characters, and a list of lists for a flat one,
// so that a short rule could fill the memory.
func costCorrections() cel.EnvOption {
	return cel.CostEstimatorOptions(
		checker.OverloadCostEstimate("list_join", costOfJoin),
		checker.OverloadCostEstimate("list_join_string", costOfJoin),
		checker.OverloadCostEstimate("list_flatten", unbounded),
		checker.OverloadCostEstimate("list_flatten_int", unbounded),
		checker.OverloadCostEstimate("string_format", unbounded),
	)
}

// costOfJoin is bounded where the list is one of the facts.
func costOfJoin(estimator checker.CostEstimator, target *checker.AstNode, args []checker.AstNode) *checker.CallEstimate {
	e, ok := estimator.(*costEstimator)
	if !ok || target == nil || !e.isFact(*target) {
		return unbounded(nil, nil, nil)
	}
	separator := checker.SizeEstimate{}
	if len(args) > 0 {
		size := args[0].ComputedSize()
		if size == nil {
			return unbounded(nil, nil, nil)
		}
		separator = *size
	}
	items := checker.SizeEstimate{Max: e.names[(*target).Path()[0]].items}
	size := items.Multiply(separator.Add(checker.SizeEstimate{Max: maxText}))
	return &checker.CallEstimate{CostEstimate: size.MultiplyByCostFactor(1), ResultSize: &size}
}

func unbounded(checker.CostEstimator, *checker.AstNode, []checker.AstNode) *checker.CallEstimate {
	size := checker.UnknownSizeEstimate()
	return &checker.CallEstimate{CostEstimate: checker.UnknownCostEstimate(), ResultSize: &size}
}
