// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sigs.k8s.io/controller-runtime/pkg/client"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/terminal"
)

// suggest says that the year is over and which commands to try.
func (s *stage) suggest(ctx context.Context) error {
	family, err := s.interesting(ctx)
	if err != nil {
		return err
	}
	painter := terminal.NewPainter(s.out, os.Getenv)
	s.say(sayYearOver, rounded(time.Since(s.began)), fmt.Sprint(s.town.Writes.Done()))
	s.say(sayTry, s.town.Today())
	fmt.Fprintf(s.out, "\n  export KUBECONFIG=%s PATH=%s:$PATH\n", s.cp.Kubeconfig(), strings.Join(folders(), ":"))
	for _, line := range []struct {
		command string
		why     word
	}{
		{"kubectl get jur -o wide", explainTown},
		{"kubectl get hh -n town --field-selector status.tier=Red", explainList},
		{"kubectl fangpin explain hh/" + family + " -n town --as-of " + s.town.Today().String(), explainRed},
		{"kubectl fangpin timeline hh/" + family + " -n town --as-of " + s.town.Today().String(), explainStory},
		{"kubectl get aplan -n town", explainPlans},
		{"kubectl get events.events.k8s.io -n town --field-selector reason=TierChanged", explainNews},
		{"kubectl patch hh " + family + " -n town --subresource=status --type=merge -p '{\"status\":null}'", explainErase},
		{"kubectl explain hh.status.shortfalls", explainDoc},
	} {
		fmt.Fprintf(s.out, "  %s  %s\n", line.command, painter.Paint(terminal.Grey, "# "+line.why.in(s.language)))
	}
	fmt.Fprintln(s.out)
	s.say(sayCtrlC)
	return nil
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
