// SPDX-License-Identifier: Apache-2.0

package gitops

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"github.com/fluxcd/cli-utils/pkg/kstatus/status"
	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/ext"
	lua "github.com/yuin/gopher-lua"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"pgregory.net/rapid"
)

// What Argo CD says of an object.
const (
	healthy     = "Healthy"
	progressing = "Progressing"
	degraded    = "Degraded"
)

// argo runs the health check of the object's kind as Argo CD does: in a state with
// the libraries that it opens, for a second at most, on the global obj. The check
// comes out of the ConfigMap that is applied.
func argo(t rapid.TB, object *unstructured.Unstructured) (health, message string) {
	t.Helper()
	checks, err := healthChecks()
	if err != nil {
		t.Fatal(err)
	}
	check, ok := checks[object.GetKind()]
	if !ok {
		t.Fatalf("there is no health check of %s", object.GetKind())
	}
	state := lua.NewState(lua.Options{SkipOpenLibs: true})
	defer state.Close()
	for name, open := range map[string]lua.LGFunction{lua.LoadLibName: lua.OpenPackage, lua.BaseLibName: lua.OpenBase, lua.TabLibName: lua.OpenTable} {
		if err := state.CallByParam(lua.P{Fn: state.NewFunction(open), Protect: true}, lua.LString(name)); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	state.SetContext(ctx)
	state.SetGlobal("obj", luaValue(state, object.Object))
	if err := state.DoString(check); err != nil {
		t.Fatalf("the health check of %s: %v", object.GetKind(), err)
	}
	answer, ok := state.Get(-1).(*lua.LTable)
	if !ok {
		t.Fatalf("the health check of %s returns %s, not a table", object.GetKind(), state.Get(-1))
	}
	return lua.LVAsString(answer.RawGetString("status")), lua.LVAsString(answer.RawGetString("message"))
}

// luaValue is a JSON value in Lua, with numbers as Lua has them.
func luaValue(state *lua.LState, value any) lua.LValue {
	switch v := value.(type) {
	case bool:
		return lua.LBool(v)
	case int64:
		return lua.LNumber(v)
	case float64:
		return lua.LNumber(v)
	case string:
		return lua.LString(v)
	case []any:
		list := state.NewTable()
		for _, item := range v {
			list.Append(luaValue(state, item))
		}
		return list
	case map[string]any:
		table := state.NewTable()
		for key, item := range v {
			table.RawSetString(key, luaValue(state, item))
		}
		return table
	}
	return lua.LNil
}

// kstatusOf is what tools say that know kstatus alone.
func kstatusOf(t rapid.TB, object *unstructured.Unstructured) status.Status {
	t.Helper()
	result, err := status.Compute(object)
	if err != nil {
		t.Fatal(err)
	}
	return result.Status
}

// expression is a CEL expression as Flux evaluates it: parsed, not checked against
// types, with these options.
type expression struct{ cel.Program }

func parse(text string) (expression, error) {
	env, err := cel.NewEnv(
		cel.HomogeneousAggregateLiterals(), cel.EagerlyValidateDeclarations(true), cel.DefaultUTCTimeZone(true),
		cel.CrossTypeNumericComparisons(true), cel.OptionalTypes(), ext.Strings(), ext.Sets(), ext.Encoders(),
	)
	if err != nil {
		return expression{}, err
	}
	tree, issues := env.Parse(text)
	if err := issues.Err(); err != nil {
		return expression{}, fmt.Errorf("%s: %w", text, err)
	}
	program, err := env.Program(tree, cel.EvalOptions(cel.OptOptimize), cel.InterruptCheckFrequency(100))
	return expression{program}, err
}

func (e expression) holds(ctx context.Context, object map[string]any) (bool, error) {
	value, _, err := e.ContextEval(ctx, object)
	if err != nil {
		return false, err
	}
	answer, ok := value.(types.Bool)
	if !ok {
		return false, fmt.Errorf("it is %v, not a boolean", value)
	}
	return bool(answer), nil
}

// fluxCheck is an entry of a Flux Kustomization's healthCheckExprs.
type fluxCheck struct{ inProgress, failed, current expression }

// flux is what a Flux Kustomization with our expressions says of an object, asked in
// Flux's order. An expression that cannot be evaluated is Unknown: Flux goes on
// waiting.
func flux(t rapid.TB, object *unstructured.Unstructured) status.Status {
	t.Helper()
	checks, err := fluxChecks()
	if err != nil {
		t.Fatal(err)
	}
	check, ok := checks[object.GetKind()]
	if !ok {
		t.Fatalf("there is no expression for %s", object.GetKind())
	}
	observed, found, err := unstructured.NestedInt64(object.Object, "status", "observedGeneration")
	if err != nil {
		t.Fatal(err)
	}
	if found && observed != object.GetGeneration() {
		return status.InProgressStatus
	}
	for _, asked := range []struct {
		expression
		says status.Status
	}{{check.inProgress, status.InProgressStatus}, {check.failed, status.FailedStatus}, {check.current, status.CurrentStatus}} {
		holds, err := asked.holds(context.Background(), object.Object)
		if err != nil {
			return status.UnknownStatus
		}
		if holds {
			return asked.says
		}
	}
	return status.InProgressStatus
}

// healthChecks are the Lua texts by kind, out of the ConfigMap as it is built.
var healthChecks = sync.OnceValues(func() (map[string]string, error) {
	objects, err := buildAll(filepath.Join(repository, "argocd", "health"))
	if err != nil {
		return nil, err
	}
	checks := map[string]string{}
	for _, object := range objects {
		data, _, err := unstructured.NestedStringMap(object.Object, "data")
		if err != nil {
			return nil, err
		}
		for key, text := range data {
			checks[key[len(healthKey):]] = text
		}
	}
	return checks, nil
})

// healthKey begins the key of a health check in argocd-cm.
const healthKey = "resource.customizations.health.fangpin.io_"

// fluxChecks are the expressions by kind, which every Kustomization has alike.
var fluxChecks = sync.OnceValues(func() (map[string]fluxCheck, error) {
	objects, err := buildAll(filepath.Join(repository, "flux"))
	if err != nil {
		return nil, err
	}
	checks := map[string]fluxCheck{}
	for _, object := range objects {
		entries, _, err := unstructured.NestedSlice(object.Object, "spec", "healthCheckExprs")
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			fields := entry.(map[string]any)
			var check fluxCheck
			for name, to := range map[string]*expression{"inProgress": &check.inProgress, "failed": &check.failed, "current": &check.current} {
				text, _ := fields[name].(string)
				if *to, err = parse(text); err != nil {
					return nil, fmt.Errorf("%s of %s: %w", name, object.GetName(), err)
				}
			}
			checks[fields["kind"].(string)] = check
		}
	}
	return checks, nil
})
