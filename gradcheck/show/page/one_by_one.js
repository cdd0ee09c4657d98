// The engine of the book: move one entry of one parameter array, run the whole network forward, and
// look at how the cost changes.

import { networkCost, parametersOf } from "./network.js";

// What measures the cost of a network on a mini-batch.
export function engineFor(network, batch) {
  const parameters = parametersOf(network);
  return {
    base: networkCost(network, batch),
    parameters,
    // C(w + offset h e_j) - C(w) for one entry, its step h and a list of offsets.
    costChanges(which, entry, step, offsets) {
      const { values } = parameters[which];
      const saved = values[entry];
      const changes = offsets.map((offset) => {
        values[entry] = saved + offset * step;
        return networkCost(network, batch) - this.base;
      });
      values[entry] = saved;
      return changes;
    },
  };
}
