// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"fmt"
	"reflect"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"

	"fangpin.io/fangpin/internal/money"
)

// moneyType is a type of its own, so that a bare number beside an amount does
// not compile: 5000 could be yuan or fen.
var moneyType = cel.ObjectType("fangpin.Money",
	traits.ComparerType|traits.AdderType|traits.SubtractorType|traits.MultiplierType|traits.DividerType)

// yuanName is the function that makes an amount of a literal.
const yuanName = "yuan"

// yuan is an amount as a rule sees it. It is used by pointer, into the facts
// where possible, so that reading an amount allocates nothing.
type yuan money.Amount

// What can go wrong with money while a rule is worked out.
const (
	faultSum          = "the sum of money is too large"
	faultDifference   = "the difference of money is too large"
	faultProduct      = "the product of money is too large"
	faultAmount       = "the amount is too large"
	faultZeroDivision = "money cannot be divided by zero"
)

func newYuan(a money.Amount) *yuan { y := yuan(a); return &y }

func yuanOr(a money.Amount, ok bool, fault string) ref.Val {
	if !ok {
		return types.NewErr("%s", fault)
	}
	return newYuan(a)
}

// Compare implements traits.Comparer.
func (y *yuan) Compare(other ref.Val) ref.Val {
	o, ok := other.(*yuan)
	switch {
	case !ok:
		return types.MaybeNoSuchOverloadErr(other)
	case *y < *o:
		return types.IntNegOne
	case *y > *o:
		return types.IntOne
	}
	return types.IntZero
}

// Add implements traits.Adder.
func (y *yuan) Add(other ref.Val) ref.Val {
	o, ok := other.(*yuan)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	sum, fits := money.Amount(*y).Add(money.Amount(*o))
	return yuanOr(sum, fits, faultSum)
}

// Subtract implements traits.Subtractor. A difference may be negative.
func (y *yuan) Subtract(other ref.Val) ref.Val {
	o, ok := other.(*yuan)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	negative, fits := money.Amount(*o).Mul(-1)
	if !fits {
		return types.NewErr(faultDifference)
	}
	difference, fits := money.Amount(*y).Add(negative)
	return yuanOr(difference, fits, faultDifference)
}

// Multiply implements traits.Multiplier for an integer factor.
func (y *yuan) Multiply(other ref.Val) ref.Val {
	n, ok := other.(types.Int)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	product, fits := money.Amount(*y).Mul(int64(n))
	return yuanOr(product, fits, faultProduct)
}

// Divide implements traits.Divider for an integer divisor: to the fen, toward
// zero.
func (y *yuan) Divide(other ref.Val) ref.Val {
	n, ok := other.(types.Int)
	if !ok {
		return types.MaybeNoSuchOverloadErr(other)
	}
	quotient, fits := money.Amount(*y).Div(int64(n))
	return yuanOr(quotient, fits, faultZeroDivision)
}

// ConvertToNative implements ref.Val.
func (y *yuan) ConvertToNative(t reflect.Type) (any, error) {
	if reflect.TypeFor[money.Amount]().AssignableTo(t) {
		return money.Amount(*y), nil
	}
	return nil, fmt.Errorf("money does not convert to %v", t)
}

// ConvertToType implements ref.Val.
func (y *yuan) ConvertToType(t ref.Type) ref.Val {
	switch t {
	case moneyType:
		return y
	case types.TypeType:
		return moneyType
	case types.StringType:
		return types.String(money.Amount(*y).String())
	}
	return types.NewErr("money does not convert to %s", t.TypeName())
}

// Equal implements ref.Val.
func (y *yuan) Equal(other ref.Val) ref.Val {
	o, ok := other.(*yuan)
	return types.Bool(ok && *y == *o)
}

// Type implements ref.Val.
func (y *yuan) Type() ref.Type { return moneyType }

// Value implements ref.Val.
func (y *yuan) Value() any { return money.Amount(*y) }

// moneyFunctions declares what rules may do with money. The comparisons and
// arithmetic reuse the standard functions, which go by the operand's traits.
func moneyFunctions() []cel.EnvOption {
	pair := []*cel.Type{moneyType, moneyType}
	scaled := []*cel.Type{moneyType, cel.IntType}
	return []cel.EnvOption{
		cel.Function("_<_", cel.Overload("less_money", pair, cel.BoolType)),
		cel.Function("_<=_", cel.Overload("less_equals_money", pair, cel.BoolType)),
		cel.Function("_>_", cel.Overload("greater_money", pair, cel.BoolType)),
		cel.Function("_>=_", cel.Overload("greater_equals_money", pair, cel.BoolType)),
		cel.Function("_+_", cel.Overload("add_money", pair, moneyType)),
		cel.Function("_-_", cel.Overload("subtract_money", pair, moneyType)),
		cel.Function("_*_", cel.Overload("multiply_money_int", scaled, moneyType)),
		cel.Function("_/_", cel.Overload("divide_money_int", scaled, moneyType)),
		cel.Function(yuanName,
			cel.Overload("yuan_int", []*cel.Type{cel.IntType}, moneyType, cel.UnaryBinding(yuanOfInt)),
			cel.Overload("yuan_string", []*cel.Type{cel.StringType}, moneyType, cel.UnaryBinding(yuanOfText))),
	}
}

func yuanOfInt(v ref.Val) ref.Val {
	n, ok := v.(types.Int)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	a, fits := money.Yuan(int64(n))
	return yuanOr(a, fits, faultAmount)
}

func yuanOfText(v ref.Val) ref.Val {
	s, ok := v.(types.String)
	if !ok {
		return types.MaybeNoSuchOverloadErr(v)
	}
	a, err := money.Parse(string(s))
	if err != nil {
		return types.WrapErr(err)
	}
	return newYuan(a)
}
