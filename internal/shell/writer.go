// SPDX-License-Identifier: Apache-2.0

package shell

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	jsonpatch "github.com/evanphx/json-patch/v5"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/resourceversion"
	"sigs.k8s.io/controller-runtime/pkg/client"

	"fangpin.io/fangpin/internal/metrics"
)

// FieldOwner is the field manager of every write. It is short because it is
// stored with every object.
const FieldOwner = "fp"

// StatusWriter writes the statuses of one kind: only when they differ from
// what is stored, once each, and never over somebody else's write.
//
// A write is one merge patch of /status that names the fields that changed and
// the resourceVersion that was judged. The API server refuses it if anybody has
// written the object since: so a paused leader that comes back, and a cache
// that lags behind, cannot overwrite anything.
type StatusWriter[S any] struct {
	client client.Client
	kind   schema.GroupVersionKind

	mu     sync.Mutex
	unseen map[types.NamespacedName]written[S]
}

// written is a status that was written and has not come back by the watch.
type written[S any] struct {
	status  *S
	version string // "" while the request is under way
}

// Recorded is the outcome of recording a status.
type Recorded[S any] struct {
	// Before is the status that the decision replaces: the stored one, or one
	// that was just written and has not come back yet.
	Before *S
	// Saved says that a write was needed and succeeded.
	Saved bool
	// Stale says that somebody else wrote the object first: it is to be judged
	// again when the watch has brought what they wrote.
	Stale bool
}

// NewStatusWriter returns the writer of one kind.
func NewStatusWriter[S any](c client.Client, kind schema.GroupVersionKind) *StatusWriter[S] {
	return &StatusWriter[S]{client: c, kind: kind, unseen: map[types.NamespacedName]written[S]{}}
}

// Record makes desired the object's status. Stored is its status in object,
// which was read from the cache and is not changed. The caller must not change
// desired afterwards.
func (w *StatusWriter[S]) Record(ctx context.Context, object client.Object, stored, desired *S) (Recorded[S], error) {
	key := client.ObjectKeyFromObject(object)
	before, version := w.latest(key, object.GetResourceVersion(), stored)
	outcome := Recorded[S]{Before: before}
	if equality.Semantic.DeepEqual(before, desired) {
		return outcome, nil
	}
	patch, err := statusPatch(version, before, desired)
	if err != nil {
		return outcome, fmt.Errorf("comparing the status of %s %s: %w", w.kind.Kind, key, err)
	}
	w.begin(key, desired)
	answer, err := w.send(ctx, key, patch)
	metrics.StatusWrites.WithLabelValues(w.kind.Kind, writeResult(err)).Inc()
	switch {
	case err == nil:
		w.succeed(key, desired, version, answer)
		outcome.Saved = true
		return outcome, nil
	case apierrors.IsConflict(err):
		w.fail(key)
		outcome.Stale = true
		return outcome, nil
	case apierrors.IsNotFound(err):
		// It was deleted; the watch says so too.
		w.fail(key)
		return outcome, nil
	default:
		w.fail(key)
		return outcome, fmt.Errorf("writing the status of %s %s: %w", w.kind.Kind, key, err)
	}
}

// send asks for the object's metadata as the answer: the controller has no use
// for the rest.
func (w *StatusWriter[S]) send(ctx context.Context, key types.NamespacedName, patch []byte) (string, error) {
	answer := &metav1.PartialObjectMetadata{}
	answer.SetGroupVersionKind(w.kind)
	answer.Namespace, answer.Name = key.Namespace, key.Name
	err := w.client.Status().Patch(ctx, answer, client.RawPatch(types.MergePatchType, patch))
	return answer.ResourceVersion, err
}

// statusPatch is the merge patch that turns one status into another, valid for
// one version of the object.
func statusPatch[S any](version string, before, desired *S) ([]byte, error) {
	from, err := json.Marshal(before)
	if err != nil {
		return nil, err
	}
	to, err := json.Marshal(desired)
	if err != nil {
		return nil, err
	}
	difference, err := jsonpatch.CreateMergePatch(from, to)
	if err != nil {
		return nil, err
	}
	return json.Marshal(struct {
		Metadata struct {
			ResourceVersion string `json:"resourceVersion"`
		} `json:"metadata"`
		Status json.RawMessage `json:"status"`
	}{
		Metadata: struct {
			ResourceVersion string `json:"resourceVersion"`
		}{version},
		Status: difference,
	})
}

// latest returns the status and version to compare with: those of the object,
// unless the own last write is newer and has not come back yet. That write was
// refused if the spec had changed, so the judgment of the older object holds.
func (w *StatusWriter[S]) latest(key types.NamespacedName, version string, stored *S) (*S, string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	own, ok := w.unseen[key]
	if !ok || own.version == "" {
		return stored, version
	}
	if newer(own.version, version) {
		return own.status, own.version
	}
	delete(w.unseen, key)
	return stored, version
}

// Latest returns an object's status: the one that was read, or the own last
// write where that has not come back yet. It is not to be changed.
func (w *StatusWriter[S]) Latest(object client.Object, read *S) *S {
	status, _ := w.latest(client.ObjectKeyFromObject(object), object.GetResourceVersion(), read)
	return status
}

// Echo reports whether an update that the watch brought is the writer's own
// write, or older than that, and so nothing to be judged again. Every update
// of the kind that leaves the generation as it was goes through here.
func (w *StatusWriter[S]) Echo(key types.NamespacedName, version string, status *S) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	own, ok := w.unseen[key]
	if !ok {
		return false
	}
	if own.version == "" {
		// The watch is faster than the answer to the request.
		if !equality.Semantic.DeepEqual(own.status, status) {
			return false
		}
		delete(w.unseen, key)
		return true
	}
	if newer(own.version, version) {
		return true // from before the own write, which knew of it
	}
	delete(w.unseen, key)
	return own.version == version
}

// Gone forgets an object that was deleted.
func (w *StatusWriter[S]) Gone(key types.NamespacedName) { w.fail(key) }

// Unseen returns how many writes have not come back by the watch yet.
func (w *StatusWriter[S]) Unseen() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.unseen)
}

func (w *StatusWriter[S]) begin(key types.NamespacedName, status *S) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.unseen[key] = written[S]{status: status}
}

// succeed notes the version of a write, unless the watch has brought it back
// before the answer came, or never will because the write changed nothing.
func (w *StatusWriter[S]) succeed(key types.NamespacedName, status *S, before, version string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	own, ok := w.unseen[key]
	switch {
	case !ok || own.status != status:
	case before == version:
		delete(w.unseen, key)
	default:
		w.unseen[key] = written[S]{status: status, version: version}
	}
}

func (w *StatusWriter[S]) fail(key types.NamespacedName) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.unseen, key)
}

// newer reports whether version a is newer than b; false if the server's
// versions cannot be compared, which costs a refused write and no more.
func newer(a, b string) bool {
	order, err := resourceversion.CompareResourceVersion(a, b)
	return err == nil && order > 0
}

func writeResult(err error) string {
	switch {
	case err == nil:
		return "saved"
	case apierrors.IsConflict(err):
		return "conflict"
	case apierrors.IsNotFound(err):
		return "gone"
	default:
		return "error"
	}
}
