// SPDX-License-Identifier: Apache-2.0

package gitops

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	blocks = regexp.MustCompile("(?s)```sh\n(.*?)```")
	folder = regexp.MustCompile(`-k (\S+)`)
	inCode = regexp.MustCompile("`((?:config|base|overlays|argocd|flux|ci)/[^` *]*)`")
)

// TestThePagesAreTrue builds what the pages have applied, and looks for the files
// that they name; both languages give the same commands.
func TestThePagesAreTrue(t *testing.T) {
	for _, page := range []struct{ path, root string }{{project + "/docs/gitops", project}, {repository + "/README", repository}} {
		english, chinese := read(t, page.path+".md"), read(t, page.path+".zh-CN.md")
		commands := blocks.FindAllString(english, -1)
		if dedent(strings.Join(commands, "")) != dedent(strings.Join(blocks.FindAllString(chinese, -1), "")) || len(commands) == 0 {
			t.Errorf("%s gives other commands in Chinese", page.path)
		}
		for _, match := range folder.FindAllStringSubmatch(strings.Join(commands, ""), -1) {
			if objects := decode(t, kustomize(t, filepath.Join(page.root, match[1]))); len(objects) == 0 {
				t.Errorf("%s: nothing is in %s", page.path, match[1])
			}
		}
		for _, match := range inCode.FindAllStringSubmatch(english+chinese, -1) {
			name := strings.Fields(match[1])[0]
			if _, err := os.Stat(filepath.Join(page.root, name)); err != nil && !strings.HasSuffix(name, "/") {
				t.Errorf("%s names %s: %v", page.path, name, err)
			}
		}
	}
}

func dedent(text string) string { return strings.ReplaceAll(text, "   ", "") }

// TestTheReadmesCommandsRun takes the commands of the README's steps that need no
// cluster and runs them, with the plugin on the path as kubectl has it.
func TestTheReadmesCommandsRun(t *testing.T) {
	o := newOffice(t, "")
	block := blocks.FindStringSubmatch(read(t, repository, "README.md"))[1]
	script := strings.ReplaceAll(block, "kubectl fangpin", "kubectl-fangpin")
	out, status := runIn(t, o.folder, []string{
		"PATH=" + filepath.Dir(fangpin(t)) + string(os.PathListSeparator) + os.Getenv("PATH"), "KUSTOMIZE=" + kubectl(t) + " kustomize",
	}, "sh", "-euc", script)
	if status != 0 || !strings.Contains(out, "15 passed") {
		t.Errorf("exit status %d\n%s", status, out)
	}
}

// TestEveryFileHasAnOwner: the owners' paths exist, and each overlay has its own.
func TestEveryFileHasAnOwner(t *testing.T) {
	owned := map[string]bool{}
	for line := range strings.Lines(read(t, repository, "CODEOWNERS")) {
		fields := strings.Fields(line)
		if len(fields) == 0 || !strings.HasPrefix(fields[0], "/") {
			continue
		}
		owned[strings.Trim(fields[0], "/")] = len(fields) > 1
		if _, err := os.Stat(filepath.Join(repository, fields[0])); err != nil {
			t.Error(err)
		}
	}
	for _, overlay := range overlays(t) {
		if !owned["overlays/"+filepath.Base(overlay)] {
			t.Errorf("%s has no owner", overlay)
		}
	}
}
