// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"

	v1alpha1 "fangpin.io/fangpin/api/v1alpha1"
)

// decodeCommand is the argument by which this program becomes the arm that only
// decodes.
const decodeCommand = "decode"

// decodeStream decodes every household of a stream of YAML documents, on all
// cores, and returns how many there are.
func decodeStream(in io.Reader) (int, error) {
	documents := make(chan []byte, 64)
	counts := make([]int, runtime.GOMAXPROCS(0))
	var group errgroup.Group
	for worker := range counts {
		group.Go(func() error {
			var failed error
			for document := range documents { // to the end, or the reader would wait for ever
				household := &v1alpha1.Household{}
				if err := yaml.Unmarshal(document, household); err != nil {
					failed = errors.Join(failed, err)
				}
				if household.Kind == "Household" {
					counts[worker]++
				}
			}
			return failed
		})
	}
	err := split(in, documents)
	close(documents)
	err = errors.Join(err, group.Wait())
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum, err
}

func split(in io.Reader, documents chan<- []byte) error {
	reader := utilyaml.NewYAMLReader(bufio.NewReaderSize(in, 1<<16))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("splitting the stream: %w", err)
		}
		documents <- document
	}
}
