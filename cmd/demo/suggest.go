// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/terminal"
	"fangpin.io/fangpin/internal/population"
	"fangpin.io/fangpin/internal/rehearsal"
)

// command is something to type, and why.
type command struct {
	run, why string
	finds    string // stands in what it prints; empty: it may print nothing
}

// suggest says that everything has happened and which commands to try.
func (s *stage) suggest() {
	s.say(sayYearOver, rounded(time.Since(s.began)), fmt.Sprint(s.town.Writes.Done()))
	s.say(sayTry, s.town.Today())
	fmt.Fprintf(s.out, "\n  export KUBECONFIG=%s PATH=%s:$PATH\n", s.cp.Kubeconfig(), strings.Join(folders(), ":"))
	s.list(s.commands())
	s.say(sayCtrlC)
}

// part is what the commands of one title show.
type part struct {
	title    string
	commands []command
}

// commands are those that show the town, and then each chapter of the story.
func (s *stage) commands() []part {
	end, town := population.YearEnds.String(), " -n town"
	parts := []part{{sayTown.in(s.language), []command{
		{"kubectl get jur -o wide", explainTown.in(s.language), "town-village"},
		{"kubectl get mpol", explainPolicies.in(s.language), "city-tiers-2021"},
		{"kubectl get hh" + town + " --field-selector status.stage=Monitored", explainList.in(s.language), "Monitored"},
		{"kubectl fangpin explain hh/" + s.family + town + " --as-of " + end, explainRed.in(s.language), s.family},
		{"kubectl fangpin timeline hh/" + s.family + town + " --as-of " + end, explainStory.in(s.language), end},
		{"kubectl get aplan -A", explainPlans.in(s.language), "hh-900001"},
		{"kubectl get events.events.k8s.io" + town + " --field-selector reason=TierChanged", explainNews.in(s.language), ""},
		{
			"kubectl patch hh " + s.family + town + " --subresource=status --type=merge -p '{\"status\":null}' --as=" + rehearsal.ManagerAccount + " --as-group=system:masters",
			explainErase.in(s.language), "patched",
		},
		{"kubectl explain hh.status.shortfalls", explainDoc.in(s.language), "shortfalls"},
	}}}
	for _, chapter := range s.town.Story().Chapters {
		p := part{title: chapter.Title.In(s.language)}
		for _, c := range chapter.Show {
			p.commands = append(p.commands, command{c.Run, c.Says.In(s.language), c.Finds})
		}
		parts = append(parts, p)
	}
	return parts
}

// longCommand is the length from which a command has its line for itself.
const longCommand = 80

func (s *stage) list(parts []part) {
	painter := terminal.NewPainter(s.out, os.Getenv)
	for _, p := range parts {
		fmt.Fprintf(s.out, "\n  %s\n", painter.Paint(terminal.Bold, p.title))
		for _, c := range p.commands {
			separator := "  "
			if len(c.run) > longCommand {
				separator = "\n      "
			}
			fmt.Fprintf(s.out, "  %s%s%s\n", c.run, separator, painter.Paint(terminal.Grey, "# "+c.why))
		}
	}
	fmt.Fprintln(s.out)
}

// checkCommands runs what the demo tells its users to type: each must work, and
// show what it is said to.
func (s *stage) checkCommands(ctx context.Context, parts []part) error {
	search := append(folders(), filepath.SplitList(os.Getenv("PATH"))...)
	for _, program := range []string{"kubectl", "kubectl-fangpin"} {
		if !stands(program, search) {
			s.say(sayNoProgram, program)
			return nil
		}
	}
	environment := append(os.Environ(), "KUBECONFIG="+s.cp.Kubeconfig(), "LC_ALL=C", "PATH="+strings.Join(search, string(os.PathListSeparator)))
	n := 0
	for _, p := range parts {
		for _, c := range p.commands {
			shell := exec.CommandContext(ctx, "sh", "-c", c.run)
			shell.Env = environment
			output, err := shell.CombinedOutput()
			if err == nil && !strings.Contains(string(output), c.finds) {
				err = fmt.Errorf("it does not print %q", c.finds)
			}
			if err != nil {
				return fmt.Errorf("%s: %w\n%s", c.run, err, output)
			}
			n++
		}
	}
	s.passedCheck(sayCommands, n)
	return nil
}

// stands reports whether a program is in one of the folders.
func stands(program string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		info, err := os.Stat(filepath.Join(folder, program))
		return err == nil && info.Mode().IsRegular()
	})
}

// folders are those that the shell needs besides, to find kubectl and its plugin.
func folders() []string {
	var list []string
	if path := kubectl(); filepath.IsAbs(path) {
		list = append(list, filepath.Dir(path))
	}
	if program, err := os.Executable(); err == nil {
		list = append(list, filepath.Dir(program))
	}
	return list
}

// interesting picks a family that is worth a look: one that is overdue, if
// there is one.
func (s *stage) interesting(ctx context.Context) (string, error) {
	var households v1alpha1.HouseholdList
	if err := s.town.Reader().List(ctx, &households, client.InNamespace("town")); err != nil {
		return "", err
	}
	name, most := "hh-000001", -1
	for i := range households.Items {
		h := &households.Items[i]
		score := len(h.Status.Shortfalls)*2 + len(h.Status.History)
		if h.Status.Overdue != nil {
			score += 4 * int(*h.Status.Overdue)
		}
		if score > most || score == most && h.Name < name {
			name, most = h.Name, score
		}
	}
	return name, nil
}
