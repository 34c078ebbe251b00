// SPDX-License-Identifier: Apache-2.0

package gitops

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// office is a clone of a policy repository, on a branch with a change.
type office struct {
	t      *testing.T
	folder string // the policy repository
	top    string // of the clone; the repository itself, or above it
}

// newOffice commits config/gitops on main, in a folder of the clone or at its top,
// and begins a branch.
func newOffice(t *testing.T, within string) *office {
	t.Helper()
	top := t.TempDir()
	o := &office{t, filepath.Join(top, within), top}
	if err := os.CopyFS(o.folder, os.DirFS(repository)); err != nil {
		t.Fatal(err)
	}
	for _, made := range []string{"built", "report"} { // what is ignored is not in a clone
		if err := os.RemoveAll(filepath.Join(o.folder, made)); err != nil {
			t.Fatal(err)
		}
	}
	o.git("init", "-q", "-b", "main")
	o.commit("Begin")
	o.git("switch", "-q", "-c", "change")
	return o
}

func (o *office) git(args ...string) {
	o.t.Helper()
	identity := []string{"-C", o.top, "-c", "user.name=office", "-c", "user.email=office@example.gov", "-c", "commit.gpgsign=false"}
	run(o.t, 0, []string{"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1"}, "git", append(identity, args...)...)
}

func (o *office) commit(message string) {
	o.t.Helper()
	o.git("add", "-A")
	o.git("commit", "-q", "-m", message)
}

// edit exchanges a piece of a file of the repository.
func (o *office) edit(path, old, with string) {
	o.t.Helper()
	write(o.t, replaced(o.t, read(o.t, o.folder, path), old, with), o.folder, path)
}

// check runs ci/check.sh from elsewhere, with the built command and the kustomize in kubectl.
func (o *office) check(variables ...string) (string, int) {
	o.t.Helper()
	environment := append([]string{
		"BASE=main", "FANGPIN=" + fangpin(o.t), "KUSTOMIZE=" + kubectl(o.t) + " kustomize",
		"LANG=C.UTF-8", "KUBECONFIG=" + os.DevNull,
	}, variables...)
	return runIn(o.t, o.t.TempDir(), environment, "sh", filepath.Join(o.folder, "ci", "check.sh"))
}

func (o *office) expect(wantStatus int, wantOut string, variables ...string) {
	o.t.Helper()
	out, status := o.check(variables...)
	if status != wantStatus {
		o.t.Errorf("exit status %d, want %d\n%s", status, wantStatus, out)
	}
	if !regexp.MustCompile(wantOut).MatchString(out) {
		o.t.Errorf("the output does not match %s:\n%s", wantOut, out)
	}
}

func (o *office) preview() string { return read(o.t, o.folder, "report", "preview.md") }

// recorder is a kubectl-fangpin that validates and tests, and of a preview writes
// down with what it was asked for and what the files were.
func (o *office) recorder(exitStatus string) (program, record string) {
	record = filepath.Join(o.t.TempDir(), "record")
	program = write(o.t, `#!/bin/sh
set -eu
[ "$1" = preview ] || exec `+fangpin(o.t)+` "$@"
printf '%s\n' "$@" > `+record+`
for argument; do
  [ ! -d "$argument" ] || ls "$argument" >> `+record+`
done
echo '| a table |'
exit `+exitStatus+`
`, o.t.TempDir(), "fangpin")
	if err := os.Chmod(program, 0o700); err != nil { //nolint:gosec // it is to be run
		o.t.Fatal(err)
	}
	return program, record
}

func TestAnUnchangedRepositoryPasses(t *testing.T) {
	for _, within := range []string{"", "config/gitops"} {
		o := newOffice(t, within)
		o.expect(0, `(?s)== build.*valid +jia-2020.*valid +province-2021.*15 passed, 0 failed.*== preview`)
		if got, want := o.preview(), "No plan and no jurisdiction changes.\n"; got != want {
			t.Errorf("the report is %q, want %q", got, want)
		}
		if report := read(t, o.folder, "report", "tests.xml"); strings.Count(report, "<testcase") != 15 {
			t.Errorf("the tests' report is\n%s", report)
		}
		if out, _ := runIn(t, o.top, nil, "git", "status", "--porcelain"); out != "" {
			t.Errorf("the check leaves files behind:\n%s", out)
		}
	}
}

func TestAChangeThatIsWrongIsStopped(t *testing.T) {
	const jia, yi = "overlays/county-jia/kustomization.yaml", "overlays/county-yi/kustomization.yaml"
	o := newOffice(t, "")
	tests := []struct {
		name       string
		change     func()
		wantStatus int
		wantOut    string
	}{
		{"a rule that does not compile", func() {
			o.edit(jia, `- {op: replace, path: /spec/jurisdictionRef/name, value: jia}`,
				"- {op: replace, path: /spec/jurisdictionRef/name, value: jia}\n    - {op: replace, path: /spec/standards/0/met, value: survey.income >= 5000}")
		}, 1, `(?s)invalid +jia-2020.*yuan\(5000\)`},
		{"a field that does not exist", func() {
			o.edit(yi, "op: replace, path: /spec/effectiveFrom", "op: add, path: /spec/effectiveForm")
		}, 2, `effectiveForm`},
		{"a figure that a test holds fast", func() { o.edit("base/line/kustomization.yaml", "6500", "6100") },
			1, `(?s)FAIL +from 2022 the province's line counts here too.*FAIL +from the first day of 2022`},
		{"a list that has moved under a patch", func() { o.edit("base/plans/township-2021/township-2021.yaml", "{name: line,", "{name: limit,") },
			2, `kustomize does not build overlays/county-yi`},
		{"a plan that is taken away", func() { o.edit(jia, "- ../../base/plans/county-notice-2021\n", "") },
			1, `A plan is taken away.*effectiveUntil: MonitoringPolicy jia-2021`},
		{"one object in two overlays", func() { o.edit(yi, "- jurisdictions.yaml\n", "- jurisdictions.yaml\n- ../../base/tree\n") },
			1, `Two overlays build one object.*Jurisdiction bing`},
		{"another kind", func() {
			write(t, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n", o.folder, "overlays/county-yi/other.yaml")
			o.edit(yi, "- jurisdictions.yaml\n", "- jurisdictions.yaml\n- other.yaml\n")
		}, 1, `other things than Jurisdictions and MonitoringPolicies: ConfigMap x`},
		{"a family", func() { write(t, family, o.folder, "overlays/county-jia/families.yaml") }, 1, `do not belong into Git.*families\.yaml`},
		{"an exported list of families", func() {
			write(t, `{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "fangpin.io/v1alpha1", "kind": "Household"}]}`, o.folder, "export.json")
		}, 1, `do not belong into Git.*export\.json`},
		{"a ledger", func() { write(t, "code,name\n", o.folder, "ledger.csv") }, 1, `do not belong into Git.*ledger\.csv`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o.t = t
			test.change()
			o.commit(test.name)
			o.expect(test.wantStatus, test.wantOut)
			o.git("reset", "-q", "--hard", "main")
		})
	}
}

// TestThePreviewComparesWithTheMergeBase looks at what the preview is asked.
func TestThePreviewComparesWithTheMergeBase(t *testing.T) {
	o := newOffice(t, "")
	// A change that went into main meanwhile is none of this one's.
	o.git("switch", "-q", "main")
	o.edit("overlays/county-yi/jurisdictions.yaml", "某村", "另一村")
	o.commit("Rename a village")
	o.git("switch", "-q", "change")
	o.edit("overlays/county-jia/kustomization.yaml", `value: "2020-04-01"`, `value: "2020-03-26"`)
	o.edit("overlays/county-jia/county-jia.test.yaml", `asOf: "2020-03-31"`, `asOf: "2020-03-25"`)
	o.edit("overlays/county-jia/county-jia.test.yaml", `date: "2020-03-28"`, `date: "2020-03-24"`)
	o.commit("Begin the plan earlier")
	families := t.TempDir()
	write(t, family, families, "families.yaml")

	t.Run("over exported families", func(t *testing.T) {
		o.t = t
		program, record := o.recorder("0")
		o.expect(0, `\| a table \|`, "FANGPIN="+program, "FAMILIES="+families, "BUDGET=3%")
		got := strings.Split(strings.TrimSpace(read(t, record)), "\n")
		want := []string{
			"preview", "-f", filepath.Join(o.folder, "built", "county-jia.yaml"), "-f", "BEFORE", "-f", families, "--budget", "3%", "-o", "markdown",
			"county-jia.yaml", "county-yi.yaml", "province.yaml", "families.yaml",
		}
		if len(got) > 4 {
			got[4] = regexp.MustCompile(`^/.*/before$`).ReplaceAllString(got[4], "BEFORE")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("asked (-want +got):\n%s", diff)
		}
		if got := o.preview(); got != "| a table |\n" {
			t.Errorf("the report is %q", got)
		}
	})
	t.Run("over a cluster", func(t *testing.T) {
		o.t = t
		program, record := o.recorder("0")
		o.expect(0, `\| a table \|`, "FANGPIN="+program, "FAMILIES=cluster")
		want := strings.Join([]string{"preview", "-f", filepath.Join(o.folder, "built", "county-jia.yaml"), "--budget", "5%", "-o", "markdown", ""}, "\n")
		if diff := cmp.Diff(want, read(t, record)); diff != "" {
			t.Errorf("asked (-want +got):\n%s", diff)
		}
	})
	t.Run("over the budget", func(t *testing.T) {
		o.t = t
		program, _ := o.recorder("1")
		o.expect(1, `(?s)\| a table \|.*moves more than 5% of the families`, "FANGPIN="+program, "FAMILIES="+families)
		if got := o.preview(); got != "| a table |\n" {
			t.Errorf("the report is %q", got)
		}
	})
	t.Run("that cannot be made", func(t *testing.T) {
		o.t = t
		program, _ := o.recorder("2")
		o.expect(2, `The preview could not be made`, "FANGPIN="+program, "FAMILIES="+families)
	})
	t.Run("without families it says so", func(t *testing.T) {
		o.t = t
		o.expect(0, `Not previewed: there are no families`)
		if got := o.preview(); !strings.HasPrefix(got, "Not previewed") {
			t.Errorf("the report is %q", got)
		}
	})
	t.Run("without a merge base it cannot be asked", func(t *testing.T) {
		o.t = t
		o.expect(2, `There is no merge base with origin/elsewhere: fetch it`, "BASE=origin/elsewhere")
	})
}

// TestAFirstPlanHasNothingBefore: main has no policy repository yet.
func TestAFirstPlanHasNothingBefore(t *testing.T) {
	o := newOffice(t, "policies")
	o.git("checkout", "-q", "--orphan", "main2")
	o.git("rm", "-rq", "--cached", ".")
	write(t, "# Ours\n", o.top, "README.md")
	o.git("add", "README.md")
	o.git("commit", "-q", "-m", "Begin")
	o.git("switch", "-q", "-c", "first")
	o.commit("Add the plans")
	program, record := o.recorder("0")
	o.expect(0, `15 passed`, "BASE=main2", "FANGPIN="+program, "FAMILIES=cluster")
	if got := read(t, record); strings.Count(got, "-f\n") != 3 {
		t.Errorf("asked\n%s", got)
	}
}

func TestBuildAloneNeedsNoGit(t *testing.T) {
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(repository)); err != nil {
		t.Fatal(err)
	}
	run(t, 0, []string{"KUSTOMIZE=" + kubectl(t) + " kustomize"}, "sh", filepath.Join(folder, "ci", "check.sh"), "build")
	run(t, 0, nil, fangpin(t), "test", filepath.Join(folder, "overlays"))
	if out, status := runIn(t, folder, nil, "sh", "ci/check.sh", "buidl"); status != 2 || !strings.Contains(out, "neither build nor check") {
		t.Errorf("exit status %d, %s", status, out)
	}
}

// TestEveryPipelineRunsTheOneScript, with the history that the merge base is in.
func TestEveryPipelineRunsTheOneScript(t *testing.T) {
	var gitlab struct {
		Policy struct {
			Script    []string
			Variables map[string]string
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, repository, "ci", "gitlab-ci.yml")), &gitlab); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"ci/check.sh"}, gitlab.Policy.Script); diff != "" || gitlab.Policy.Variables["GIT_DEPTH"] != "0" {
		t.Errorf("GitLab: %+v", gitlab)
	}
	var actions struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses, Run string
				With      map[string]any
			}
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, repository, "ci", "github-actions.yaml")), &actions); err != nil {
		t.Fatal(err)
	}
	steps := actions.Jobs["policy"].Steps
	if len(steps) < 2 || steps[0].With["fetch-depth"] != float64(0) || steps[1].Run != "ci/check.sh" {
		t.Errorf("Actions: %+v", actions)
	}
	if !strings.Contains(read(t, repository, "ci", "Jenkinsfile"), "sh 'ci/check.sh'\n") {
		t.Error("Jenkins does not run ci/check.sh")
	}
	info, err := os.Stat(filepath.Join(repository, "ci", "check.sh"))
	if err != nil || info.Mode()&0o111 == 0 {
		t.Errorf("ci/check.sh cannot be run: %v", err)
	}
	if _, err := exec.LookPath("dash"); err == nil {
		run(t, 0, nil, "dash", "-n", filepath.Join(repository, "ci", "check.sh"))
	}
}
