// SPDX-License-Identifier: Apache-2.0

package rights

import (
	"context"
	"fmt"
	"testing"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/kubernetes"
)

// annotate says why a paper is to be deleted.
func annotate(kind, purpose, why string) func(context.Context, *testing.T, dynamic.Interface, string, string) error {
	return patch(kind, purpose, fmt.Sprintf(`{"metadata":{"annotations":{%q:%q}}}`, reason, why))
}

func TestADeletionIsAnnouncedWithItsReason(t *testing.T) {
	const rule = "says why in 1 to 1024 characters, without identity numbers"
	run(t, []signing{
		{name: "blank", by: "purger", try: annotate("rev", "signed", "   "), wants: []string{rule}},
		{name: "an identity number", by: "purger", try: annotate("rev", "signed", "same as 123456789012345678"), wants: []string{rule}},
		{name: "too long", by: "purger", try: annotate("rev", "signed", fmt.Sprintf("%01025d", 0)), wants: []string{rule}},
		{name: "a reason in Chinese", by: "purger", try: annotate("rev", "signed", "重复建档")},
		{name: "another reason than the one that stands", by: "purger", try: annotate("rev", "announced", "moved to the next township")},
		{name: "another reason, by who may not purge", by: "writer", try: annotate("rev", "announced", "moved to the next township"),
			wants: []string{"announces a deletion, and writer may not delete what people signed"}},
		{name: "the reason taken back, by who may not purge", by: "writer", try: patch("rev", "announced", `{"metadata":{"annotations":null}}`)},
		{name: "a further label beside the reason, by who may not purge", by: "writer", try: patch("rev", "announced", `{"metadata":{"labels":{"village":"east"}}}`)},
		{name: "a deletion without reason by who may purge", by: "purger", try: remove("rev", "signed"),
			wants: []string{"signed holds what people signed", "kubectl annotate reviews signed -n town " + reason}},
		{name: "a deletion with a reason by who may not purge", by: "writer", try: remove("rev", "announced"),
			wants: []string{"writer may not delete such objects", "purge on reviews in the namespace town"}},
		{name: "what was entered by mistake, by the township", by: "township-officer", try: remove("rev", "mistake")},
		{name: "what was signed, by the township", by: "township-officer", try: remove("rev", "announced"), wants: []string{"township-officer may not delete such objects"}},
	})
}

// TestEverySignatureProtectsItsPaper tries to delete papers that hold one signature
// each, and some that hold none.
func TestEverySignatureProtectsItsPaper(t *testing.T) {
	c := setUp(t)
	const namespace = "variants"
	c.makeNamespace(t, namespace)
	for i, test := range []struct {
		name, kind, spec string
		wants            []string
	}{
		{name: "a cancelled measure", kind: "aplan", spec: `{householdRef: {name: %s}, measures: [{name: first, kind: Other}, {name: second, kind: Other, cancelled: {date: "2021-05-02", by: former-clerk, reason: moved}}]}`,
			wants: []string{"holds what people signed"}},
		{name: "a delivered measure", kind: "aplan", spec: `{householdRef: {name: %s}, measures: [{name: first, kind: Other}, {name: second, kind: Other, delivered: {date: "2021-05-02", by: former-clerk}}]}`,
			wants: []string{"holds what people signed"}},
		{name: "measures alone", kind: "aplan", spec: `{householdRef: {name: %s}, measures: [{name: first, kind: Other}]}`},
		{name: "a signed survey after one that nobody signed", kind: "hh", spec: `{registration: None, persons: 3, surveys: [{date: "2021-04-01", income: "4800"}, {date: "2021-04-02", by: former-clerk}]}`,
			wants: []string{"holds what people signed"}},
		{name: "surveys that nobody signed", kind: "hh", spec: `{registration: None, persons: 3, surveys: [{date: "2021-04-01", income: "4800"}]}`},
		{name: "a review without records", kind: "rev", spec: `{householdRef: {name: hh-1}, purpose: Identification, opened: "2021-04-10", records: []}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := fmt.Sprintf("v%d", i)
			c.create(t, c.as(t, masters), manifest(t, test.kind, namespace, name, test.spec), test.kind)
			expect(t, on(c.as(t, masters), test.kind, namespace).Delete(t.Context(), name, metav1.DeleteOptions{DryRun: dryRun}), test.wants...)
		})
	}
	t.Run("a duty record", func(t *testing.T) {
		spec := `{jurisdictionRef: {name: town}, period: %s, dutyRecords: [{duty: dispatch, date: "2021-04-20", by: former-clerk}]}`
		c.create(t, c.as(t, masters), manifest(t, "mrep", namespace, "town-2021-07", spec), "mrep")
		expect(t, on(c.as(t, masters), "mrep", namespace).Delete(t.Context(), "town-2021-07", metav1.DeleteOptions{DryRun: dryRun}), "holds what people signed")
	})
}

// TestANewPaperDoesNotAnnounceItsDeletion: its creator may hold no right to purge.
func TestANewPaperDoesNotAnnounceItsDeletion(t *testing.T) {
	announced := func(ctx context.Context, t *testing.T, by dynamic.Interface, _, namespace string) error {
		object := manifest(t, "rev", namespace, "new", unsigned["rev"])
		object.SetAnnotations(map[string]string{reason: "entered twice"})
		_, err := on(by, "rev", namespace).Create(ctx, object, metav1.CreateOptions{DryRun: dryRun})
		return err
	}
	run(t, []signing{
		{name: "by who may not purge", by: "village-worker", try: announced, wants: []string{"announces a deletion, and village-worker may not delete"}},
		{name: "from a backup", by: "restorer", try: announced},
	})
}

// TestPurgersDeleteForGood goes the whole way, with each kind.
func TestPurgersDeleteForGood(t *testing.T) {
	c := setUp(t)
	for _, kind := range papers {
		t.Run(kind, func(t *testing.T) {
			name := named(kind, "purged")
			c.create(t, c.as(t, masters), manifest(t, kind, town, name, signed[kind]), kind)
			to := on(c.people["purger"], kind, town)
			expect(t, to.Delete(t.Context(), name, metav1.DeleteOptions{}), "lacks the reason for deleting it")
			if _, err := to.Patch(t.Context(), name, types.MergePatchType, []byte(`{"metadata":{"annotations":{"`+reason+`":"entered twice"}}}`), metav1.PatchOptions{}); err != nil {
				t.Fatal(err)
			}
			expect(t, to.Delete(t.Context(), name, metav1.DeleteOptions{}))
			if _, err := to.Get(t.Context(), name, metav1.GetOptions{}); !apierrors.IsNotFound(err) {
				t.Errorf("it is still there: %v", err)
			}
		})
	}
}

// TestACollectionIsDeletedOneByOne deletes all reviews of a township at once.
func TestACollectionIsDeletedOneByOne(t *testing.T) {
	c := setUp(t)
	const namespace = "collection"
	c.makeNamespace(t, namespace)
	admin := c.as(t, masters)
	c.create(t, admin, manifest(t, "rev", namespace, "signed", signed["rev"]), "rev")
	all := func() error {
		return on(admin, "rev", namespace).DeleteCollection(t.Context(), metav1.DeleteOptions{}, metav1.ListOptions{})
	}
	expect(t, all(), "signed holds what people signed")
	if _, err := on(admin, "rev", namespace).Patch(t.Context(), "signed", types.MergePatchType, []byte(`{"metadata":{"annotations":{"`+reason+`":"entered twice"}}}`), metav1.PatchOptions{}); err != nil {
		t.Fatal(err)
	}
	expect(t, all())
	left, err := on(admin, "rev", namespace).List(t.Context(), metav1.ListOptions{})
	if err != nil || len(left.Items) > 0 {
		t.Errorf("%v reviews are left (%v)", left, err)
	}
}

// TestNothingIsSignedInWhatIsBeingDeleted holds a deleted paper by a finalizer,
// signs it, and would lose the signature with the finalizer.
func TestNothingIsSignedInWhatIsBeingDeleted(t *testing.T) {
	c := setUp(t)
	held := manifest(t, "rev", town, "held", unsigned["rev"])
	held.SetFinalizers([]string{"example.com/hold"})
	c.create(t, c.people["writer"], held, "rev")
	to := on(c.people["writer"], "rev", town)
	if err := to.Delete(t.Context(), "held", metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	_, err := on(c.people["village-worker"], "rev", town).Patch(t.Context(), "held", types.MergePatchType,
		[]byte(`{"spec":{"records":[`+record("home-visit", "village-worker")+`]}}`), metav1.PatchOptions{})
	expect(t, err, "held is being deleted since", "sign in another object")
	_, err = to.Patch(t.Context(), "held", types.MergePatchType, []byte(`{"metadata":{"finalizers":null}}`), metav1.PatchOptions{})
	expect(t, err)
	if _, err := to.Get(t.Context(), "held", metav1.GetOptions{}); !apierrors.IsNotFound(err) {
		t.Errorf("it is still there: %v", err)
	}
}

// TestOwnersDoNotTakePapersWithThem deletes as the garbage collector, which may
// delete everything, would do after the owner of a paper is gone.
func TestOwnersDoNotTakePapersWithThem(t *testing.T) {
	c := setUp(t)
	collector := c.as(t, "system:serviceaccount:kube-system:generic-garbage-collector")
	expect(t, on(collector, "rev", town).Delete(t.Context(), "mistake", metav1.DeleteOptions{DryRun: dryRun}))
	for _, purpose := range []string{"signed", "announced"} {
		expect(t, on(collector, "rev", town).Delete(t.Context(), purpose, metav1.DeleteOptions{DryRun: dryRun}),
			"generic-garbage-collector may not delete such objects")
	}
}

// TestANamespaceGoesOnlyForAReason deletes a township's namespace and then its
// papers as the namespace controller, of which the local control plane has none.
func TestANamespaceGoesOnlyForAReason(t *testing.T) {
	c := setUp(t)
	const namespace = "going"
	c.makeNamespace(t, namespace)
	admin := c.as(t, masters)
	// An annotation of others, and ours without a word, are no reason. These two are
	// deleted first, so that the API server has seen it when it has seen the third.
	unexplained := map[string]map[string]string{
		"going-with-others": {"example.com/owner": "somebody"},
		"going-in-silence":  {reason: ""},
	}
	for name, annotations := range unexplained {
		object := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: annotations}}
		if _, err := c.admin.CoreV1().Namespaces().Create(t.Context(), object, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
		c.create(t, admin, manifest(t, "rev", name, "signed", signed["rev"]), "rev")
		if err := admin.Resource(namespaces).Delete(t.Context(), name, metav1.DeleteOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range papers {
		c.create(t, admin, manifest(t, kind, namespace, named(kind, "signed"), signed[kind]), kind)
	}
	controller := c.as(t, "system:serviceaccount:kube-system:namespace-controller")
	sweep := func(t *testing.T, wants ...string) {
		t.Helper()
		for _, kind := range papers {
			expect(t, on(controller, kind, namespace).DeleteCollection(t.Context(), metav1.DeleteOptions{DryRun: dryRun}, metav1.ListOptions{}), wants...)
		}
	}
	say := func(by dynamic.Interface, why string) error {
		_, err := by.Resource(namespaces).Patch(t.Context(), namespace, types.MergePatchType,
			fmt.Appendf(nil, `{"metadata":{"annotations":{%q:%q}}}`, reason, why), metav1.PatchOptions{})
		return err
	}
	if err := admin.Resource(namespaces).Delete(t.Context(), namespace, metav1.DeleteOptions{}); err != nil {
		t.Fatal(err)
	}
	sweep(t, "namespace-controller may not delete such objects")

	expect(t, say(c.people["namespace-keeper"], "merged into east"), "lets all that people signed in the namespace going be deleted", "lacks the verb purge on households and reviews there")
	sweep(t, "namespace-controller may not delete such objects")

	expect(t, say(admin, "merged into east"))
	until(t, "the API server knows the reason", func(context.Context) (bool, error) {
		return on(controller, "rev", namespace).DeleteCollection(t.Context(), metav1.DeleteOptions{DryRun: dryRun}, metav1.ListOptions{}) == nil, nil
	})
	sweep(t)
	for name := range unexplained {
		expect(t, on(controller, "rev", name).Delete(t.Context(), "signed", metav1.DeleteOptions{DryRun: dryRun}), "may not delete such objects")
	}
}

// TestAReasonAloneDeletesNothing writes the reason at a namespace that stays.
func TestAReasonAloneDeletesNothing(t *testing.T) {
	c := setUp(t)
	const namespace = "staying"
	c.makeNamespace(t, namespace)
	admin := c.as(t, masters)
	c.create(t, admin, manifest(t, "rev", namespace, "signed", signed["rev"]), "rev")
	if _, err := admin.Resource(namespaces).Patch(t.Context(), namespace, types.MergePatchType, []byte(`{"metadata":{"annotations":{"`+reason+`":"merged"}}}`), metav1.PatchOptions{}); err != nil {
		t.Fatal(err)
	}
	controller := c.as(t, "system:serviceaccount:kube-system:namespace-controller")
	expect(t, on(controller, "rev", namespace).Delete(t.Context(), "signed", metav1.DeleteOptions{DryRun: dryRun}), "may not delete such objects")
}

// TestNamespacesOfOthersAreLeftAlone writes to a namespace what has nothing to do
// with Fangpin.
func TestNamespacesOfOthersAreLeftAlone(t *testing.T) {
	c := setUp(t)
	for _, subresource := range [][]string{nil, {"status"}} {
		_, err := c.people["namespace-keeper"].Resource(namespaces).Patch(t.Context(), "default", types.MergePatchType,
			[]byte(`{"metadata":{"annotations":{"example.com/owner":"somebody"}}}`), metav1.PatchOptions{DryRun: dryRun}, subresource...)
		expect(t, err)
		_, err = c.people["namespace-keeper"].Resource(namespaces).Patch(t.Context(), town, types.MergePatchType,
			[]byte(`{"metadata":{"annotations":{"`+reason+`":"merged"}}}`), metav1.PatchOptions{DryRun: dryRun}, subresource...)
		expect(t, err, "lacks the verb purge")
	}
}

// TestAnAnnouncedNamespaceTakesPurgeOnEveryKind writes the reason as somebody who
// may purge all kinds but one.
func TestAnAnnouncedNamespaceTakesPurgeOnEveryKind(t *testing.T) {
	c := setUp(t)
	const namespace = "announced"
	c.makeNamespace(t, namespace)
	announce := func(by dynamic.Interface) error {
		_, err := by.Resource(namespaces).Patch(t.Context(), namespace, types.MergePatchType,
			[]byte(`{"metadata":{"annotations":{"`+reason+`":"merged"}}}`), metav1.PatchOptions{DryRun: dryRun})
		return err
	}
	for _, missing := range append([]string{"none"}, papers...) {
		t.Run("all but "+missing, func(t *testing.T) {
			p := person{name: "purger-without-" + missing, role: "test-purger-without-" + missing, everywhere: true, rules: []rbacv1.PolicyRule{
				{APIGroups: []string{""}, Resources: []string{"namespaces"}, Verbs: []string{"get", "patch"}},
			}}
			for _, kind := range papers {
				if kind != missing {
					p.rules = append(p.rules, rbacv1.PolicyRule{APIGroups: []string{group}, Resources: []string{resources[kind].Resource}, Verbs: []string{"purge"}})
				}
			}
			c.bind(t, p)
			c.waitUntilKnown(t, p)
			if missing == "none" {
				expect(t, announce(c.people[p.name]))
				return
			}
			expect(t, announce(c.people[p.name]), "lacks the verb purge on ", resources[missing].Resource)
		})
	}
	created := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "announced-at-birth", Annotations: map[string]string{reason: "merged"}}}
	for _, name := range []string{"namespace-keeper", masters} {
		config := c.plane.Config()
		config.Impersonate.UserName = name
		if name == masters {
			config.Impersonate.Groups = []string{"system:masters"}
		}
		client, err := kubernetes.NewForConfig(config)
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.CoreV1().Namespaces().Create(t.Context(), created, metav1.CreateOptions{DryRun: dryRun})
		if name == masters {
			expect(t, err)
		} else {
			expect(t, err, "lacks the verb purge")
		}
	}
}

// TestFinalizingANamespaceAnnouncesNothing goes by the way on which the namespace
// controller takes its finalizer off.
func TestFinalizingANamespaceAnnouncesNothing(t *testing.T) {
	c := setUp(t)
	const namespace = "finalized"
	c.makeNamespace(t, namespace)
	keeper := c.people["namespace-keeper"].Resource(namespaces)
	object, err := keeper.Get(t.Context(), namespace, metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = keeper.Update(t.Context(), object, metav1.UpdateOptions{}, "finalize")
	expect(t, err)
	object.SetAnnotations(map[string]string{reason: "merged"})
	_, err = keeper.Update(t.Context(), object, metav1.UpdateOptions{}, "finalize")
	expect(t, err, "lacks the verb purge")
}

// TestDefinitionsAreNotDeletedByTheWay deletes definitions, and all objects of
// their kinds with them.
func TestDefinitionsAreNotDeletedByTheWay(t *testing.T) {
	c := setUp(t)
	admin := c.as(t, masters)
	for _, resource := range resources {
		name := resource.Resource + "." + group
		expect(t, admin.Resource(definitions).Delete(t.Context(), name, metav1.DeleteOptions{DryRun: dryRun}),
			"deleting the definition deletes every", "kubectl annotate crd "+name)
		expect(t, c.people["namespace-keeper"].Resource(definitions).Delete(t.Context(), name, metav1.DeleteOptions{DryRun: dryRun}),
			"lacks the verb purge on "+resource.Resource+" in all namespaces")
	}
	if _, err := admin.Resource(definitions).Patch(t.Context(), "reviews."+group, types.MergePatchType, []byte(`{"metadata":{"annotations":{"`+reason+`":"the trial is over"}}}`), metav1.PatchOptions{}); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if _, err := admin.Resource(definitions).Patch(context.Background(), "reviews."+group, types.MergePatchType, []byte(`{"metadata":{"annotations":{"`+reason+`":null}}}`), metav1.PatchOptions{}); err != nil {
			t.Error(err)
		}
	}()
	expect(t, admin.Resource(definitions).Delete(t.Context(), "reviews."+group, metav1.DeleteOptions{DryRun: dryRun}))
	expect(t, c.people["namespace-keeper"].Resource(definitions).Delete(t.Context(), "reviews."+group, metav1.DeleteOptions{DryRun: dryRun}), "lacks the verb purge")
}
