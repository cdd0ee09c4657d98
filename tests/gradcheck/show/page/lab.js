// What the tests ask of the page's arithmetic: everything as plain numbers and lists.

import { ACTIVATIONS } from "./activations.js";
import { COSTS } from "./costs.js";
import { BUGS } from "./bugs.js";
import { CHAIN_RULE, gradientsWith, layersToPlant, momentsOf } from "./chain_rule.js";
import { Matrix } from "./arrays.js";
import { computed } from "./experiment.js";
import { judgedNetwork } from "./judged_entries.js";
import { createNetwork, networkBackward, networkCost, networkForward } from "./network.js";
import { noiseBesidePolynomials } from "./noise.js";
import { engineFor } from "./one_by_one.js";
import { entriesOf } from "./slopes.js";

const listed = (matrix) => (matrix === null ? null : Array.from(matrix.values));
const batchOf = (given) => ({ inputs: Matrix.of(given.inputs), targets: Matrix.of(given.targets) });

// C, the trace and the five steps of every layer.
function backprop(given) {
  const network = createNetwork(given.layers, given.activation, given.cost);
  const batch = batchOf(given);
  const traces = networkForward(network, batch.inputs);
  const gradients = networkBackward(network, traces, batch.targets);
  const record = (each) =>
    Object.fromEntries(Object.entries(each).map(([name, x]) => [name, listed(x)]));
  return {
    cost: networkCost(network, batch),
    traces: traces.map(record),
    gradients: gradients.map(record),
    again: gradientsWith({ step: "" }, 0, momentsOf(network, batch)).map(record),
  };
}

// (46) for every entry of every array, and the verdicts on the claims of backprop. `log` gets every
// cost change that was computed: [which, entry, distance, change].
function check(given, log = null) {
  const network = createNetwork(given.layers, given.activation, given.cost);
  const batch = batchOf(given);
  const previous = given.previous ? batchOf(given.previous) : null;
  const now = computed({ network, batch, previous }, { bug: given.bug ?? "", layer: given.layer });
  const engine = engineFor(network, batch);
  if (log) {
    const claims = now.arrays.map((judged) => ({ values: judged.map(({ claim }) => claim) }));
    const writing = writingEngine(engine, log);
    const entries = now.parameters.map((_, which) => entriesOf(writing, which, now.roundOff.cost));
    judgedNetwork(entries, claims, now.roundOff);
  }
  return {
    base: engine.base,
    costRoundOff: now.roundOff.cost,
    verdict: now.verdict,
    wrongSteps: now.wrongSteps.map(({ layer, name }) => [layer, name]),
    arrays: now.arrays.map(judgedRecord),
  };
}

function judgedRecord(judged) {
  return {
    claim: judged.map((each) => each.claim),
    estimate: judged.map((each) => each.estimate),
    bar: judged.map((each) => each.bar),
    truncation: judged.map((each) => each.measured.truncation),
    noise: judged.map((each) => each.measured.noise),
    epsilon: judged.map((each) => each.measured.epsilon),
    roundOff: judged.map((each) => each.roundOff),
    verdict: judged.map((each) => each.verdict),
  };
}

// The same for C = sum((large + w) - large), in which each w is rounded to the last digit of its
// own large number. The claims are 1.
function roundedCoarsely(values, large) {
  const weights = Matrix.of([values]);
  const cost = () => weights.values.reduce((sum, w, i) => sum + (large[i] + w - large[i]), 0);
  const base = cost();
  const changesOf = (which, entry, step, offsets) => {
    const saved = weights.values[entry];
    const changes = offsets.map((offset) => {
      weights.values[entry] = saved + offset * step;
      return cost() - base;
    });
    weights.values[entry] = saved;
    return changes;
  };
  const log = [];
  const engine = writingEngine({ base, parameters: [weights], costChanges: changesOf }, log);
  const ones = { values: values.map(() => 1) };
  const roundOff = { parameters: [{ values: values.map(() => 0) }] };
  const arrays = judgedNetwork([entriesOf(engine, 0, 0)], [ones], roundOff);
  return { check: { base, costRoundOff: 0, arrays: arrays.map(judgedRecord) }, log };
}

// The engine, writing down what it is asked.
function writingEngine(engine, log) {
  const writing = (which, entry, step, offsets) => {
    const changes = engine.costChanges(which, entry, step, offsets);
    offsets.forEach((offset, i) => log.push([which, entry, offset * step, changes[i]]));
    return changes;
  };
  return { ...engine, costChanges: writing };
}

// Everything about many networks at once.
function study(many) {
  studied = many;
  return many.map((given) => {
    const log = [];
    return { ...backprop(given), check: check(given, log), log };
  });
}

let studied = [];

// More cost changes in one of them, for [which, entry, distance] each.
function costChanges(number, asked) {
  const given = studied[number];
  const engine = engineFor(
    createNetwork(given.layers, given.activation, given.cost),
    batchOf(given),
  );
  return asked.map(
    ([which, entry, distance]) => engine.costChanges(which, entry, distance, [1])[0],
  );
}

const places = (given) =>
  Object.entries(BUGS).flatMap(([name, bug]) => {
    const network = createNetwork(given.layers, given.activation, given.cost);
    return layersToPlant(bug, momentsOf(network, batchOf(given), batchOf(given.previous))).map(
      (layer) => [name, layer],
    );
  });

const names = () => [Object.keys(ACTIVATIONS), Object.keys(COSTS), Object.keys(CHAIN_RULE)];

globalThis.lab = {
  names,
  costChanges,
  study,
  check,
  places,
  roundedCoarsely,
  noiseBesidePolynomials,
};
