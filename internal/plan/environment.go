// SPDX-License-Identifier: Apache-2.0

package plan

import (
	"sync"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/env"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/ext"
	"github.com/google/cel-go/interpreter"
)

// What a rule may measure. The longest rule of the plans at hand has some 120
// characters.
const (
	maxCharacters = 2048
	maxDepth      = 100 // of the parser: brackets within brackets
	maxNesting    = 2   // of exists, all, map and filter within each other
	maxRange      = 1000
)

// knownName is the function by which an author asks whether a fact was stated.
const knownName = "known"

// baseEnvironment holds the rule language without the parameters of a plan. It
// takes milliseconds to build, so it is built once.
var baseEnvironment = sync.OnceValues(func() (*cel.Env, error) {
	registry, err := types.NewRegistry()
	if err != nil {
		return nil, err
	}
	options := []cel.EnvOption{
		cel.CustomTypeAdapter(adapter{registry}),
		cel.CustomTypeProvider(provider{registry}),
		cel.StdLib(cel.StdLibSubset(&env.LibrarySubset{
			// has() would turn a missing fact into a false, dyn() would
			// switch the checking of types off.
			ExcludeMacros:    []string{"has"},
			ExcludeFunctions: []*env.Function{{Name: "dyn"}, {Name: "type"}},
		})),
		ext.Strings(),
		ext.Lists(ext.ListsMaxRangeSize(maxRange)),
		costCorrections(),
		cel.CrossTypeNumericComparisons(true),
		cel.EnableMacroCallTracking(),
		cel.ParserExpressionSizeLimit(maxCharacters),
		cel.ParserRecursionLimit(maxDepth),
		cel.ASTValidators(
			cel.ValidateDurationLiterals(),
			cel.ValidateTimestampLiterals(),
			cel.ValidateRegexLiterals(),
			cel.ValidateHomogeneousAggregateLiterals(),
			cel.ValidateComprehensionNestingLimit(maxNesting),
		),
		cel.Function(knownName, cel.Overload("known_any", []*cel.Type{cel.TypeParamType("T")}, cel.BoolType,
			cel.OverloadIsNonStrict(), cel.UnaryBinding(known))),
	}
	options = append(options, moneyFunctions()...)
	for _, f := range facts {
		options = append(options, cel.Variable(f.name, f.typ))
	}
	return cel.NewCustomEnv(options...)
})

func known(v ref.Val) ref.Val { return types.Bool(!types.IsUnknownOrError(v)) }

// environmentFor is the rule language with a plan's parameters.
func environmentFor(parameters []*fact) (*cel.Env, error) {
	base, err := baseEnvironment()
	if err != nil || len(parameters) == 0 {
		return base, err
	}
	options := make([]cel.EnvOption, len(parameters))
	for i, p := range parameters {
		options[i] = cel.Variable(p.name, p.typ)
	}
	return base.Extend(options...)
}

// adapter passes what is boxed already.
type adapter struct{ base types.Adapter }

// NativeToValue implements types.Adapter.
func (a adapter) NativeToValue(value any) ref.Val {
	if v, ok := value.(ref.Val); ok {
		return v
	}
	return a.base.NativeToValue(value)
}

// provider adds the classes of objects to CEL's own types.
type provider struct{ types.Provider }

// FindStructType implements types.Provider.
func (p provider) FindStructType(name string) (*types.Type, bool) {
	switch name {
	case memberClass.name():
		return types.NewTypeTypeWithParam(memberClass.typ), true
	case markClass.name():
		return types.NewTypeTypeWithParam(markClass.typ), true
	case signalClass.name():
		return types.NewTypeTypeWithParam(signalClass.typ), true
	}
	return p.Provider.FindStructType(name)
}

// FindStructFieldNames implements types.Provider.
func (p provider) FindStructFieldNames(name string) ([]string, bool) {
	switch name {
	case memberClass.name():
		return memberClass.fieldNames(), true
	case markClass.name():
		return markClass.fieldNames(), true
	case signalClass.name():
		return signalClass.fieldNames(), true
	}
	return p.Provider.FindStructFieldNames(name)
}

// FindStructFieldType implements types.Provider.
func (p provider) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	switch name {
	case memberClass.name():
		return memberClass.fieldType(field)
	case markClass.name():
		return markClass.fieldType(field)
	case signalClass.name():
		return signalClass.fieldType(field)
	}
	return p.Provider.FindStructFieldType(name, field)
}

// fieldWords returns the only values that a field of a class can have, nil for
// any.
func fieldWords(class, field string) []string {
	switch class {
	case memberClass.name():
		return memberClass.fieldWords(field)
	case markClass.name():
		return markClass.fieldWords(field)
	case signalClass.name():
		return signalClass.fieldWords(field)
	}
	return nil
}

// allFieldNames is every field of every class, for hints.
func allFieldNames() []string {
	return append(append(memberClass.fieldNames(), markClass.fieldNames()...), signalClass.fieldNames()...)
}

// foldAmounts makes yuan(5000) a constant when the rule is compiled, so that
// the amount is not parsed again with every family.
func foldAmounts(i interpreter.InterpretableV2) (interpreter.InterpretableV2, error) {
	call, ok := i.(interpreter.InterpretableCall)
	if !ok || call.Function() != yuanName || len(call.Args()) != 1 {
		return i, nil
	}
	if _, constant := call.Args()[0].(interpreter.InterpretableConst); !constant {
		return i, nil
	}
	v := call.Eval(interpreter.EmptyActivation())
	if types.IsUnknownOrError(v) {
		return i, nil
	}
	return interpreter.NewConstValue(call.ID(), v), nil
}
