// SPDX-License-Identifier: Apache-2.0

// The manager judges the families of a cluster and keeps their statuses.
package main

import (
	"flag"
	"fmt"
	"os"

	"k8s.io/klog/v2"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/log/zap"
	"sigs.k8s.io/controller-runtime/pkg/manager/signals"

	"fangpin.io/fangpin/controllers"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "manager:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	var f managerFlags
	var logging zap.Options
	set := flag.NewFlagSet("manager", flag.ExitOnError)
	f.bind(set)
	logging.BindFlags(set)
	if err := set.Parse(args); err != nil {
		return err
	}
	if set.NArg() > 0 {
		return fmt.Errorf("%q is no flag: every argument begins with --", set.Arg(0))
	}
	ctrl.SetLogger(zap.New(zap.UseFlagOptions(&logging)))
	klog.SetLogger(ctrl.Log) // leader election logs by klog

	base, err := f.base()
	if err != nil {
		return err
	}
	options, err := f.options()
	if err != nil {
		return err
	}
	config, err := ctrl.GetConfig()
	if err != nil {
		return fmt.Errorf("finding the cluster: %w", err)
	}
	operator, err := controllers.New(config, base, options)
	if err != nil {
		return err
	}
	if err := addProbes(operator); err != nil {
		return err
	}
	if err := operator.Start(signals.SetupSignalHandler()); err != nil {
		return fmt.Errorf("running: %w", err)
	}
	return nil
}
