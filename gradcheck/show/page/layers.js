// One fully connected layer: forward and, right under it, backward. As nets/layers.py.
//
// Upstream is towards the data, downstream towards the cost. Arrays have the names that they have
// in Python; a column is an example.

import { filled, mapped, plusColumn, product, rowSums, times, transposed } from "./arrays.js";

// (n_upstream, batch) to the trace: what backward needs (book, equation 25).
export function forward(layer, upstream_activations) {
  const weighted = product(layer.weights, upstream_activations); // (n_downstream, batch)
  const z = plusColumn(weighted, layer.biases); // (n_downstream, batch)
  const downstream_activations = mapped(z, layer.activation.value); // (n_downstream, batch)
  return { upstream_activations, z, downstream_activations };
}

// The chain rule, step by step, for one forward. Step 2 is BP1 in the last layer, and BP2 together
// with step 5 of the next layer in the others; step 3 is BP4, step 4 is BP3.
export function backward(layer, trace, gradient_wrt_downstream_activations, wantsUpstream = true) {
  // 1. dC/da arrives from downstream: (n_downstream, batch).
  // 2. Through the activation function, entry by entry (BP1, BP2): (n_downstream, batch).
  const gradient_wrt_z = times(gradient_wrt_downstream_activations, slopeAt(layer, trace));
  // 3. A weight multiplies its upstream activation in every example (BP4):
  //    (n_downstream, batch) @ (batch, n_upstream) = (n_downstream, n_upstream).
  const gradient_wrt_weights = product(gradient_wrt_z, transposed(trace.upstream_activations));
  // 4. A bias multiplies a 1 in every example (BP3): (n_downstream, 1).
  const gradient_wrt_biases = rowSums(gradient_wrt_z);
  // 5. Back through the weights to the upstream activations:
  //    (n_upstream, n_downstream) @ (n_downstream, batch) = (n_upstream, batch).
  const gradient_wrt_upstream_activations = wantsUpstream
    ? product(transposed(layer.weights), gradient_wrt_z)
    : null;
  return {
    gradient_wrt_downstream_activations,
    gradient_wrt_z,
    gradient_wrt_weights,
    gradient_wrt_biases,
    gradient_wrt_upstream_activations,
  };
}

// The derivative of the activation function at every z: (n_downstream, batch).
export function slopeAt(layer, trace) {
  const { z, downstream_activations } = trace;
  return filled(z.rows, z.columns, (j, i) =>
    layer.activation.derivative(z.at(j, i), downstream_activations.at(j, i)),
  );
}
