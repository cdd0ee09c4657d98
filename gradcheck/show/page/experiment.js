// What is on the page: from what was chosen to all numbers that are shown.

import { Matrix, filled, firstColumns } from "./arrays.js";
import { BUGS } from "./bugs.js";
import {
  CHAIN_RULE,
  equalToRounding,
  gradientsWith,
  layersToPlant,
  momentsOf,
} from "./chain_rule.js";
import {
  createNetwork,
  networkBackward,
  networkCost,
  networkForward,
  parameterGradients,
  parametersOf,
} from "./network.js";
import { judgedNetwork } from "./judged_entries.js";
import { engineFor } from "./one_by_one.js";
import { roundOffOf } from "./rounding.js";
import { entriesOf } from "./slopes.js";
import { verdictOfAll } from "./verdicts.js";
import { stepsOf } from "./walk.js";

// The network and the mini-batches that were drawn with a seed; `data` is what Python wrote.
export function drawn(data, { activation, cost, examples, seed }) {
  const numbers = data.seeds.find((each) => each.seed === seed);
  const network = createNetwork(numbers.layers, activation, cost);
  const inputs = firstColumns(Matrix.of(numbers.inputs), examples);
  const targets = firstColumns(Matrix.of(numbers.targets), examples);
  // The mini-batch before has other inputs, and the targets of the neighbours.
  const before = firstColumns(Matrix.of(numbers.previous_inputs), examples);
  const moved = filled(targets.rows, examples, (j, i) =>
    targets.at(j, (i + examples - 1) % examples),
  );
  return { network, batch: { inputs, targets }, previous: { inputs: before, targets: moved } };
}

// Everything that follows from a network, its mini-batches, and a mistake { bug, layer } or none.
export function computed({ network, batch, previous }, { bug, layer }) {
  const traces = networkForward(network, batch.inputs);
  const right = networkBackward(network, traces, batch.targets);
  const gradients = bug
    ? gradientsWith(BUGS[bug], layer, momentsOf(network, batch, previous))
    : right;
  const roundOff = roundOffOf(network, traces, right, batch.targets, Boolean(bug));
  const engine = engineFor(network, batch);
  const entries = engine.parameters.map((_, which) => entriesOf(engine, which, roundOff.cost));
  const arrays = judgedNetwork(entries, parameterGradients(gradients), roundOff);
  return {
    network,
    batch,
    traces,
    right,
    gradients,
    roundOff,
    engine,
    entries,
    arrays,
    parameters: parametersOf(network),
    cost: networkCost(network, batch),
    steps: stepsOf(network),
    wrongSteps: wrongSteps(right, gradients),
    verdict: verdictOfAll(arrays),
  };
}

// The mistakes that this network can show: [name, layers] each.
export function possibleBugs({ network, batch, previous }) {
  const moments = momentsOf(network, batch, previous);
  const all = Object.entries(BUGS).map(([name, bug]) => [name, layersToPlant(bug, moments)]);
  return all.filter(([, layers]) => layers.length > 0);
}

// The steps with wrong numbers, in the order of backprop: [{ layer, name }]. The first of them is
// the one to mend; the others may only go on from its numbers.
function wrongSteps(right, gradients) {
  const wrong = [];
  for (let layer = right.length; layer >= 1; layer -= 1) {
    for (const [name, step] of Object.entries(CHAIN_RULE)) {
      const field = name === "gradient_wrt_output" ? "gradient_wrt_downstream_activations" : name;
      const one = right[layer - 1][field];
      if (step.isTaken(layer, right.length) && !equalToRounding(one, gradients[layer - 1][field])) {
        wrong.push({ layer, name });
      }
    }
  }
  return wrong;
}
