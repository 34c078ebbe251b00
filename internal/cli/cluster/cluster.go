// SPDX-License-Identifier: Apache-2.0

// Package cluster reads objects from a live cluster, and writes one fact at a
// time into it.
package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-logr/logr"
	admissionregistrationv1 "k8s.io/api/admissionregistration/v1"
	authenticationv1 "k8s.io/api/authentication/v1"
	authorizationv1 "k8s.io/api/authorization/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/cli-runtime/pkg/genericclioptions"
	"k8s.io/klog/v2"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/apiutil"

	"fangpin.io/fangpin/api/v1alpha1"
	"fangpin.io/fangpin/internal/cli/manifest"
	"fangpin.io/fangpin/internal/cli/wording"
)

// page is how many objects one request asks for: one large request would cost
// the API server far more memory.
const page = 500

// Cluster is a connection, with the namespace that the user means.
type Cluster struct {
	Namespace string
	client    client.Client
	scheme    *runtime.Scheme
}

// Open connects as kubectl would with the same flags.
func Open(flags *genericclioptions.ConfigFlags) (*Cluster, error) {
	klog.SetLogger(logr.Discard()) // what goes wrong is returned, and said once
	scheme := runtime.NewScheme()
	for _, add := range []func(*runtime.Scheme) error{
		v1alpha1.AddToScheme, authenticationv1.AddToScheme, authorizationv1.AddToScheme,
		rbacv1.AddToScheme, admissionregistrationv1.AddToScheme,
	} {
		if err := add(scheme); err != nil {
			return nil, err
		}
	}
	config, err := flags.ToRESTConfig()
	if err != nil {
		return nil, wording.Fault(wording.NoCluster, err)
	}
	config.QPS, config.Burst = -1, 0 // the server's priority and fairness rules decide
	namespace, _, err := flags.ToRawKubeConfigLoader().Namespace()
	if err != nil {
		return nil, wording.Fault(wording.NoCluster, err)
	}
	mapper, err := flags.ToRESTMapper()
	if err != nil {
		return nil, wording.Fault(wording.NoCluster, err)
	}
	c, err := client.New(config, client.Options{Scheme: scheme, Mapper: mapper})
	if err != nil {
		return nil, wording.Fault(wording.NoCluster, err)
	}
	return &Cluster{Namespace: namespace, client: c, scheme: scheme}, nil
}

// Shared hands on the jurisdictions and policies.
func (c *Cluster) Shared(ctx context.Context, yield Yield) error {
	return c.each(ctx, yield, nil, &v1alpha1.JurisdictionList{}, &v1alpha1.MonitoringPolicyList{})
}

// Papers hands on families' papers and reports: of one namespace, or of all for
// "".
func (c *Cluster) Papers(ctx context.Context, namespace string, yield Yield) error {
	return c.each(ctx, yield, []client.ListOption{client.InNamespace(namespace)},
		&v1alpha1.HouseholdList{}, &v1alpha1.AssistancePlanList{}, &v1alpha1.RiskSignalList{},
		&v1alpha1.ReviewList{}, &v1alpha1.MonthlyReportList{})
}

// Family hands on the papers of one family.
func (c *Cluster) Family(ctx context.Context, key types.NamespacedName, yield Yield) error {
	household := &v1alpha1.Household{}
	switch err := c.client.Get(ctx, key, household); {
	case apierrors.IsNotFound(err):
		return wording.Fault(wording.NoSuchHousehold, key)
	case err != nil:
		return c.explain(&v1alpha1.HouseholdList{}, err)
	}
	if err := yield(household); err != nil {
		return err
	}
	own := []client.ListOption{
		client.InNamespace(key.Namespace),
		client.MatchingFields{"spec.householdRef.name": key.Name},
	}
	return c.each(ctx, yield, own, &v1alpha1.AssistancePlanList{}, &v1alpha1.RiskSignalList{}, &v1alpha1.ReviewList{})
}

// HouseholdOf returns the name of the household that a review or a lead of the
// namespace is about.
func (c *Cluster) HouseholdOf(ctx context.Context, kind, name string) (string, error) {
	key := types.NamespacedName{Namespace: c.Namespace, Name: name}
	review, signal := &v1alpha1.Review{}, &v1alpha1.RiskSignal{}
	object, list := client.Object(review), client.ObjectList(&v1alpha1.ReviewList{})
	if kind == "RiskSignal" {
		object, list = signal, &v1alpha1.RiskSignalList{}
	}
	switch err := c.client.Get(ctx, key, object); {
	case apierrors.IsNotFound(err):
		return "", wording.Fault(wording.NoSuchObject, kind, key)
	case err != nil:
		return "", c.explain(list, err)
	}
	return string(review.Spec.HouseholdRef.Name) + string(signal.Spec.HouseholdRef.Name), nil
}

// Report reads a monthly report; nil if there is none.
func (c *Cluster) Report(ctx context.Context, namespace, name string) (*v1alpha1.MonthlyReport, error) {
	report := &v1alpha1.MonthlyReport{}
	switch err := c.client.Get(ctx, types.NamespacedName{Namespace: namespace, Name: name}, report); {
	case apierrors.IsNotFound(err):
		return nil, nil
	case err != nil:
		return nil, c.explain(&v1alpha1.MonthlyReportList{}, err)
	}
	return report, nil
}

// Object is an object of the cluster.
type Object = client.Object

// Yield takes an object.
type Yield func(Object) error

func (c *Cluster) each(ctx context.Context, yield Yield, opts []client.ListOption, lists ...client.ObjectList) error {
	for _, list := range lists {
		if err := c.pages(ctx, list, opts, yield); err != nil {
			return err
		}
	}
	return nil
}

func (c *Cluster) pages(ctx context.Context, list client.ObjectList, opts []client.ListOption, yield Yield) error {
	for {
		paged := append([]client.ListOption{client.Limit(page), client.Continue(list.GetContinue())}, opts...)
		if err := c.client.List(ctx, list, paged...); err != nil {
			return c.explain(list, err)
		}
		items, err := meta.ExtractList(list)
		if err != nil {
			return err
		}
		for _, item := range items {
			object, ok := item.(client.Object)
			if !ok {
				return fmt.Errorf("a list holds a %T", item)
			}
			if err := yield(object); err != nil {
				return err
			}
		}
		if list.GetContinue() == "" {
			return nil
		}
	}
}

// explain says what could not be read, and what to do where the kinds are not
// installed.
func (c *Cluster) explain(list client.ObjectList, err error) error {
	if meta.IsNoMatchError(err) {
		return wording.Fault(wording.NotInstalled)
	}
	var answered apierrors.APIStatus
	if !errors.As(err, &answered) {
		return wording.Fault(wording.NoCluster, err)
	}
	kind := "objects"
	if gvk, unknown := apiutil.GVKForObject(list, c.scheme); unknown == nil {
		kind = gvk.Kind
	}
	if shared := kind == "JurisdictionList" || kind == "MonitoringPolicyList"; shared && apierrors.IsForbidden(err) {
		return wording.Fault(wording.ForbiddenToViewers, kind, err)
	}
	return wording.Fault(wording.ReadingCluster, kind, err)
}

// Document returns an object of the cluster as if it stood in a file.
func (c *Cluster) Document(object client.Object) (manifest.Document, error) {
	gvk, err := apiutil.GVKForObject(object, c.scheme)
	if err != nil {
		return manifest.Document{}, err
	}
	object.GetObjectKind().SetGroupVersionKind(gvk)
	object.SetManagedFields(nil)
	text, err := json.Marshal(object)
	if err != nil {
		return manifest.Document{}, err
	}
	var value map[string]any
	if err := manifest.Plain(text, &value); err != nil {
		return manifest.Document{}, err
	}
	delete(value, "status")
	return manifest.NewDocument(manifest.Place{File: "cluster"}, value), nil
}
