// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/api/v1alpha1"
)

// ledgerHeader is that of a ledger with a row a family.
const ledgerHeader = "农户编号,户主姓名,所在村,户类型,家庭人口数,监测日期,监测人,人均纯收入"

// ledgerFolder is where a test keeps its ledgers.
type ledgerFolder struct {
	live
	t    *testing.T
	path string
}

func (l ledgerFolder) write(name string, lines ...string) string {
	l.t.Helper()
	path := filepath.Join(l.path, name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\r\n")+"\r\n"), 0o600); err != nil {
		l.t.Fatal(err)
	}
	return path
}

// imports brings a ledger in as a user, and expects an exit status and patterns
// in the output.
func (l ledgerFolder) imports(user string, want int, patterns []string, args ...string) string {
	l.t.Helper()
	return l.importsOn("2021-05-20", user, want, patterns, args...)
}

func (l ledgerFolder) importsOn(date, user string, want int, patterns []string, args ...string) string {
	l.t.Helper()
	status, out, errOut := l.on(date, user, nil, append([]string{"import"}, args...)...)
	if status != want {
		l.t.Errorf("%v: exit status %d, want %d\n%s%s", args, status, want, out, errOut)
	}
	expect(l.t, "output", out+errOut, patterns)
	return out + errOut
}

// count is how many households have names that begin so.
func (l ledgerFolder) count(prefix string) int {
	l.t.Helper()
	var list v1alpha1.HouseholdList
	if err := l.client.List(context.Background(), &list, client.InNamespace("gates")); err != nil {
		l.t.Fatal(err)
	}
	n := 0
	for i := range list.Items {
		if strings.HasPrefix(list.Items[i].Name, prefix) {
			n++
		}
	}
	return n
}

func testLedgers(t *testing.T, g live) {
	l := ledgerFolder{g, t, t.TempDir()}
	t.Run("dry run, writing, and a second time", func(t *testing.T) { l.t = t; testLedgerWritten(l) })
	t.Run("what the server refuses goes into the error file", func(t *testing.T) { l.t = t; testLedgerRefused(l) })
	t.Run("stopped between two writes", func(t *testing.T) { l.t = t; testLedgerResumed(l) })
	t.Run("others write meanwhile", func(t *testing.T) { l.t = t; testLedgerConflict(l) })
	t.Run("entered in another township", func(t *testing.T) { l.t = t; testLedgerElsewhere(l) })
	t.Run("out and in again", func(t *testing.T) { l.t = t; testLedgerRoundTrip(l) })
}

func testLedgerWritten(l ledgerFolder) {
	path := l.write("a.csv", ledgerHeader,
		"la-1,张某,gates-village,脱贫户,4,2021-05-20,,4800", "la-2,李某,gates-village,一般农户,3,2021-05-19,zhang,5200", "hh-new,,,,4,,,")
	l.imports("zhang", exitFine, []string{`a\.csv +3 +2 +1 +0 +0`, `(?m)^a\.csv +4 +Household/hh-new +persons +3 +4$`, `dry run on the server; nothing was written`}, path)
	if n := l.count("la-"); n != 0 {
		l.t.Fatalf("a dry run wrote %d families", n)
	}
	l.imports("zhang", exitFine, []string{`written: 2 created, 1 changed, 0 left`}, path, "--apply")
	h := l.household(l.t, "la-2")
	if s := h.Spec.Surveys; len(s) != 1 || s[0].By != "zhang" || s[0].Entered != "2021-05-20" || l.household(l.t, "hh-new").Spec.Persons != 4 {
		l.t.Errorf("%+v", h.Spec)
	}
	l.imports("zhang", exitFine, []string{`written: 0 created, 0 changed, 3 left`}, path, "--apply")
	if after := l.household(l.t, "la-2"); after.ResourceVersion != h.ResourceVersion {
		l.t.Error("a second time writes")
	}
	l.imports("zhang", exitFine, []string{`nothing to write`}, path)
	l.imports("hu", exitNo, []string{`user hu lacks the right: create households in namespace gates`}, path)
	l.imports("zhang", exitFine, []string{`measures\.csv +1 +1 +0 +0 +0`, `leads\.csv +1 +1 +0 +0 +0`},
		l.write("measures.csv", "农户编号,措施类别,针对短板,计划日期", "la-1,培训,收入,2021-05-20"),
		l.write("leads.csv", "农户编号,线索来源,原因,线索日期", "la-1,干部排查,因病,2021-05-20"), "--apply")
	status, out, _ := l.on("2021-05-20", "zhang", strings.NewReader("y\n"), "import", l.write("b.csv", ledgerHeader, "la-1,,,,5,,,"))
	if status != exitFine || !strings.Contains(out, "written: 0 created, 1 changed, 0 left") {
		l.t.Errorf("asked: exit status %d, %s", status, out)
	}
}

// testLedgerRefused: a survey in another's name is refused by admission, the
// family and its other rows go in.
func testLedgerRefused(l ledgerFolder) {
	families := l.write("hh.csv", "农户编号,户类型,人口", "lb-1,脱贫户,4", "lb-2,脱贫户,无")
	surveys := l.write("surveys.csv", "农户编号,监测日期,监测人,人均纯收入", "lb-1,2021-05-01,,1", "lb-1,2021-05-02,liu,2", "lb-1,2021-05-03,zhang,3", "lb-2,2021-05-03,,3")
	for _, apply := range []string{"--dry-run", "--apply"} {
		l.imports("zhang", exitNo, []string{
			`hh\.csv +2 +1 +0 +0 +1`, `surveys\.csv +4 +2 +0 +0 +2`, `(?m)^surveys\.csv +3 +refused by the admission policy fangpin-households: spec.surveys\[\d\].by is liu`,
			`(?m)^surveys\.csv +5 +the family's own row 3 is refused`,
		}, families, surveys, apply)
	}
	if s := l.household(l.t, "lb-1").Spec.Surveys; len(s) != 2 || s[1].Date != "2021-05-03" {
		l.t.Errorf("surveys %+v", s)
	}
	refused, err := os.ReadFile(filepath.Join(l.path, "surveys.refused.csv"))
	if err != nil {
		l.t.Fatal(err)
	}
	expect(l.t, "error file", string(refused), []string{`^农户编号,监测日期,监测人,人均纯收入,拒收原因`, `(?m)^"?lb-1,2021-05-02,liu,2,"?refused by the admission policy`, `(?m)^lb-2,2021-05-03,,3,`})
	if lines := strings.Count(string(refused), "\n"); lines != 3 {
		l.t.Errorf("%d lines: %s", lines, refused)
	}
}

// testLedgerResumed stops the command before its 8th write, as Ctrl-C does.
func testLedgerResumed(l ledgerFolder) {
	const families = 30
	lines := []string{"农户编号,户类型,人口"}
	for i := range families {
		lines = append(lines, fmt.Sprintf("lc-%02d,脱贫户,4", i))
	}
	path := l.write("c.csv", lines...)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	writes := 0
	proxied := l.live.throughPosts(l.t, "/households", func() {
		if writes++; writes == 8 {
			cancel()
		}
	})
	var out, errOut bytes.Buffer
	status := Main(ctx, []string{"--lang=en", "import", path, "--apply", "--kubeconfig", proxied.kubeconfig, "-n", "gates"}, environment(nil, &out, &errOut))
	expect(l.t, "error output", errOut.String(), []string{`stopped: .*run the same command again to do the rest`})
	there := l.count("lc-")
	if status == exitFine || there == 0 || there == families {
		l.t.Fatalf("exit status %d, %d families:\n%s%s", status, there, out.String(), errOut.String())
	}
	l.imports("", exitFine, []string{fmt.Sprintf(`written: %d created, 0 changed, %d left`, families-there, there)}, path, "--apply")
	l.imports("", exitFine, []string{fmt.Sprintf(`written: 0 created, 0 changed, %d left`, families)}, path, "--apply")
}

// testLedgerConflict: somebody writes the family between reading and writing; it
// is read again, once.
func testLedgerConflict(l ledgerFolder) {
	path := l.write("d.csv", "农户编号,户类型,人口", "la-1,脱贫户,6")
	l.live = l.live.through(l.t, func(attempt int) {
		if attempt == 1 {
			l.touch(l.t, "la-1")
		}
	})
	l.imports("", exitFine, []string{`written: 0 created, 1 changed, 0 left`}, path, "--apply")
	path = l.write("d.csv", "农户编号,户类型,人口", "la-1,脱贫户,7")
	l.live = l.live.through(l.t, func(int) { l.touch(l.t, "la-1") })
	l.imports("", exitNo, []string{`others wrote the same family meanwhile, twice`}, path, "--apply")
	if n := l.household(l.t, "la-1").Spec.Persons; n != 6 {
		l.t.Errorf("%d persons", n)
	}
}

func testLedgerElsewhere(l ledgerFolder) {
	digest := "hmac-sm3:" + strings.Repeat("0b", 32)
	other := &v1alpha1.Household{
		ObjectMeta: metav1.ObjectMeta{Name: "hh-other", Namespace: "default"},
		Spec:       v1alpha1.HouseholdSpec{Registration: "None", Persons: 1, Head: &v1alpha1.Head{IdentityDigest: digest}},
	}
	if err := l.client.Create(context.Background(), other); err != nil && !apierrors.IsAlreadyExists(err) {
		l.t.Fatal(err)
	}
	path := l.write("e.csv", "身份摘要,户类型,人口", digest+",脱贫户,4")
	l.imports("", exitNo, []string{`entered in another township: default/hh-other`}, path)
	l.imports("", exitFine, []string{`e\.csv +1 +1 +0 +0 +0`}, path, "--this-township")
	l.imports("zhang", exitFine, []string{`you may not look into other townships`}, path)
	if err := l.client.Delete(context.Background(), other); err != nil {
		l.t.Fatal(err)
	}
}

// testLedgerRoundTrip: what export gives out changes nothing when it comes in.
func testLedgerRoundTrip(l ledgerFolder) {
	path := filepath.Join(l.path, "out.xlsx")
	status, out, errOut := l.on("2021-05-20", "zhang", nil, "export", "-o", path)
	if status != exitFine || !strings.Contains(out, "written: ") {
		l.t.Fatalf("exit status %d: %s%s", status, out, errOut)
	}
	const later = "2022-06-01" // than every survey that the other tests wrote
	said := l.importsOn(later, "zhang", exitFine, []string{`nothing to write`}, path)
	expect(l.t, "output", said, []string{`(?m)^out.xlsx 农户 +\d\d +0 +0 +\d\d +0$`, `(?m)^out.xlsx 措施 +\d +0 +0 +\d +0$`, `(?m)^out.xlsx 线索 +\d +0 +0 +\d +0$`})
}
