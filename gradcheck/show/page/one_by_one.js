// The engine of the book: move one entry of one parameter array, run the network forward, and look
// at how the cost changes.

import { costOf } from "./costs.js";
import { networkForward, outputOf, parametersOf } from "./network.js";

// What measures the cost of a network on a mini-batch.
export function engineFor(network, batch) {
  const parameters = parametersOf(network);
  // The layers before the one of the entry give what they gave before: they are not run again.
  const traces = networkForward(network, batch.inputs);
  const costFrom = (layer) => {
    const layers = network.layers.slice(layer);
    const moved = networkForward({ layers }, traces[layer].upstream_activations);
    return costOf(network.cost, outputOf(moved), batch.targets);
  };
  return {
    base: costOf(network.cost, outputOf(traces), batch.targets),
    parameters,
    // C(w + offset h e_j) - C(w) for one entry, its step h and a list of offsets.
    costChanges(which, entry, step, offsets) {
      const { values } = parameters[which];
      const saved = values[entry];
      const changes = offsets.map((offset) => {
        values[entry] = saved + offset * step;
        return costFrom(Math.floor(which / 2)) - this.base;
      });
      values[entry] = saved;
      return changes;
    },
  };
}
