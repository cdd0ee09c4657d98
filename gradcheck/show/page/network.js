// A network of dense layers and a cost: forward and, right under it, backward. As nets/network.py.

import { ACTIVATIONS } from "./activations.js";
import { Matrix } from "./arrays.js";
import { COSTS, costOf, gradientWrtOutput } from "./costs.js";
import { backward, forward } from "./layers.js";

// The trace of every layer, upstream to downstream, for inputs (n_input, batch).
export function networkForward(network, inputs) {
  const traces = [];
  let activations = inputs;
  for (const layer of network.layers) {
    traces.push(forward(layer, activations));
    activations = traces.at(-1).downstream_activations;
  }
  return traces;
}

// The five steps of every layer, upstream to downstream, from the traces of forward.
export function networkBackward(network, traces, targets) {
  const gradients = [];
  let gradient = gradientWrtOutput(network.cost, outputOf(traces), targets);
  for (let position = network.layers.length - 1; position >= 0; position -= 1) {
    gradients.unshift(backward(network.layers[position], traces[position], gradient, position > 0));
    gradient = gradients[0].gradient_wrt_upstream_activations;
  }
  return gradients;
}

// What the last layer gave, (n_output, batch).
export function outputOf(traces) {
  return traces.at(-1).downstream_activations;
}

// C of one mini-batch.
export function networkCost(network, batch) {
  return costOf(network.cost, outputOf(networkForward(network, batch.inputs)), batch.targets);
}

// A network from names and lists: layers as { weights, biases }, rows of numbers. Under a fused
// cost the last layer is the identity.
export function createNetwork(layers, activation, cost) {
  const last = layers.length - 1;
  return {
    cost: COSTS[cost],
    layers: layers.map(({ weights, biases }, position) => ({
      weights: Matrix.of(weights),
      biases: Matrix.of(biases),
      activation: ACTIVATIONS[position === last && COSTS[cost].fused ? "identity" : activation],
    })),
  };
}

// Weights and biases of layer 1, of layer 2, ...: the matrices themselves.
export function parametersOf(network) {
  return network.layers.flatMap((layer) => [layer.weights, layer.biases]);
}

// Their gradients in the same order, from the five steps of every layer.
export function parameterGradients(gradients) {
  return gradients.flatMap((each) => [each.gradient_wrt_weights, each.gradient_wrt_biases]);
}

export function parameterCount(network) {
  return parametersOf(network).reduce((sum, matrix) => sum + matrix.values.length, 0);
}
