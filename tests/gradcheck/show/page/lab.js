// What the tests ask of the page's arithmetic: everything as plain numbers and lists.

import { BUGS } from "./bugs.js";
import { gradientsWith, layersToPlant, momentsOf } from "./chain_rule.js";
import { Matrix } from "./arrays.js";
import { createNetwork, networkBackward, networkCost, networkForward, parameterGradients } from "./network.js";
import { noiseBesidePolynomials } from "./noise.js";
import { engineFor } from "./one_by_one.js";
import { roundOffOf } from "./rounding.js";
import { judgedNetwork, verdictOfAll } from "./verdicts.js";

const listed = (matrix) => (matrix === null ? null : Array.from(matrix.values));
const batchOf = (given) => ({ inputs: Matrix.of(given.inputs), targets: Matrix.of(given.targets) });

// C, the trace and the five steps of every layer.
function backprop(given) {
  const network = createNetwork(given.layers, given.activation, given.cost);
  const batch = batchOf(given);
  const traces = networkForward(network, batch.inputs);
  const gradients = networkBackward(network, traces, batch.targets);
  const record = (each) => Object.fromEntries(Object.entries(each).map(([name, x]) => [name, listed(x)]));
  return {
    cost: networkCost(network, batch),
    traces: traces.map(record),
    gradients: gradients.map(record),
    again: gradientsWith({ step: "" }, 0, momentsOf(network, batch)).map(record),
  };
}

// (46) for every entry of every array, and the verdicts on the claims of backprop.
function check(given) {
  const network = createNetwork(given.layers, given.activation, given.cost);
  const batch = batchOf(given);
  const traces = networkForward(network, batch.inputs);
  const right = networkBackward(network, traces, batch.targets);
  const previous = given.previous ? batchOf(given.previous) : null;
  const moments = momentsOf(network, batch, previous);
  const gradients = given.bug ? gradientsWith(BUGS[given.bug], given.layer, moments) : right;
  const roundOff = roundOffOf(network, traces, right, batch.targets, Boolean(given.bug));
  const arrays = judgedNetwork(engineFor(network, batch), parameterGradients(gradients), roundOff);
  return {
    costRoundOff: roundOff.cost,
    verdict: verdictOfAll(arrays),
    layers: given.bug ? layersToPlant(BUGS[given.bug], moments) : [],
    arrays: arrays.map((judged) => ({
      claim: judged.map((each) => each.claim),
      estimate: judged.map((each) => each.estimate),
      bar: judged.map((each) => each.bar),
      truncation: judged.map((each) => each.measured.truncation),
      noise: judged.map((each) => each.measured.noise),
      epsilon: judged.map((each) => each.measured.epsilon),
      roundOff: judged.map((each) => each.roundOff),
      verdict: judged.map((each) => each.verdict),
    })),
  };
}

// The page's costs as an engine for gradcheck: networks stay here, and are asked by their number.
const engines = [];

function startEngine(given) {
  engines.push(engineFor(createNetwork(given.layers, given.activation, given.cost), batchOf(given)));
  return [engines.length - 1, engines.at(-1).base];
}

function costChanges(engine, which, entries, steps, offsets) {
  return entries.map((entry, i) => engines[engine].costChanges(which, entry, steps[i], offsets));
}

globalThis.lab = { backprop, check, startEngine, costChanges, noiseBesidePolynomials, BUGS };
