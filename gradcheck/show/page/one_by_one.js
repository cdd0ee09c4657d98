// The engine of the book: move one entry of one parameter array, run the network forward, and look
// at how the cost changes.

import { rowOf } from "./arrays.js";
import { costOf } from "./costs.js";
import { forward } from "./layers.js";
import { networkForward, outputOf, parametersOf } from "./network.js";

// What measures the cost of a network on a mini-batch.
export function engineFor(network, batch) {
  const parameters = parametersOf(network);
  const traces = networkForward(network, batch.inputs);
  // The layers before the one of the entry give what they gave before, and so do the other neurons
  // of its layer: they are not run again.
  const costWithMoved = (position, neuron) => {
    const { upstream_activations, downstream_activations } = traces[position];
    const moved = forward(oneNeuron(network.layers[position], neuron), upstream_activations);
    const activations = downstream_activations.copy();
    activations.values.set(moved.downstream_activations.values, neuron * activations.columns);
    const rest = networkForward({ layers: network.layers.slice(position + 1) }, activations);
    const output = rest.length ? outputOf(rest) : activations;
    return costOf(network.cost, output, batch.targets);
  };
  return {
    base: costOf(network.cost, outputOf(traces), batch.targets),
    parameters,
    // C(w + offset h e_j) - C(w) for one entry, its step h and a list of offsets.
    costChanges(which, entry, step, offsets) {
      const { values, columns } = parameters[which];
      const saved = values[entry];
      const changes = offsets.map((offset) => {
        values[entry] = saved + offset * step;
        return costWithMoved(Math.floor(which / 2), Math.floor(entry / columns)) - this.base;
      });
      values[entry] = saved;
      return changes;
    },
  };
}

// A layer of only this neuron, with the same numbers.
function oneNeuron({ weights, biases, activation }, neuron) {
  return { weights: rowOf(weights, neuron), biases: rowOf(biases, neuron), activation };
}
