// The chain rule as a table of steps, and a backprop that can do one of them wrong on purpose. As
// gradcheck/bugs/chain_rule.py and planting.py.
//
// A moment is what the steps of one layer can use: the network, the batch, the traces of the
// forward pass, and the results of the steps before.

import { columnOf, product, rowSums, times, transposed } from "./arrays.js";
import { gradientWrtOutput } from "./costs.js";
import { slopeAt } from "./layers.js";
import { networkForward, outputOf, parameterGradients } from "./network.js";

// In the order in which backprop takes them; `right` is the result of the chain rule.
export const CHAIN_RULE = {
  gradient_wrt_output: {
    right: ({ network, traces, batch }) =>
      gradientWrtOutput(network.cost, outputOf(traces), batch.targets),
    isTaken: (layer, last) => layer === last,
  },
  gradient_wrt_downstream_activations: {
    right: (moment) => moment.handed_on,
    isTaken: (layer, last) => layer < last,
  },
  gradient_wrt_z: {
    right: (moment) => times(moment.downstream, momentSlope(moment)),
    isTaken: () => true,
  },
  gradient_wrt_weights: {
    right: (moment) =>
      product(moment.gradient_wrt_z, transposed(moment.trace.upstream_activations)),
    isTaken: () => true,
  },
  gradient_wrt_biases: {
    right: (moment) => rowSums(moment.gradient_wrt_z),
    isTaken: () => true,
  },
  gradient_wrt_upstream_activations: {
    right: (moment) => product(transposed(moment.layer.weights), moment.gradient_wrt_z),
    isTaken: (layer) => layer > 1,
  },
};

// The derivative of the activation function at the layer's z.
export function momentSlope({ layer, trace }) {
  return slopeAt(layer, trace);
}

// What the steps of a right backprop can use: a moment for each layer, upstream to downstream.
export function momentsOf(network, batch, previous = null) {
  const before = previous === null ? [] : momentsOf(network, previous);
  const traces = networkForward(network, batch.inputs);
  const moments = network.layers.map((layer, position) => ({
    network,
    batch,
    traces,
    layer,
    position,
    trace: traces[position],
    isLast: position === network.layers.length - 1,
    previous: before[position] ?? null,
  }));
  const right = walkedBack(moments, (moment, name) => CHAIN_RULE[name].right(moment));
  return moments.map((moment, position) => ({
    ...moment,
    handed_on: right[position + 1]?.gradient_wrt_upstream_activations ?? null,
    downstream: right[position].gradient_wrt_downstream_activations,
    gradient_wrt_z: right[position].gradient_wrt_z,
  }));
}

// The five steps of every layer, upstream to downstream. `result` does a step; later steps use it.
function walkedBack(moments, result) {
  const gradients = [];
  let handed_on = null;
  for (const known of [...moments].reverse()) {
    const moment = { ...known, handed_on };
    const first = moment.isLast ? "gradient_wrt_output" : "gradient_wrt_downstream_activations";
    moment.downstream = result(moment, first);
    moment.gradient_wrt_z = result(moment, "gradient_wrt_z");
    handed_on = moment.position > 0 ? result(moment, "gradient_wrt_upstream_activations") : null;
    gradients.unshift({
      gradient_wrt_downstream_activations: moment.downstream,
      gradient_wrt_z: moment.gradient_wrt_z,
      gradient_wrt_weights: result(moment, "gradient_wrt_weights"),
      gradient_wrt_biases: result(moment, "gradient_wrt_biases"),
      gradient_wrt_upstream_activations: handed_on,
    });
  }
  return gradients;
}

// What a backprop returns that makes a mistake in one layer, counted from 1.
export function gradientsWith(bug, layer, moments) {
  return walkedBack(moments, (moment, name) => {
    const right = CHAIN_RULE[name].right(moment);
    return bug.step === name && moment.position + 1 === layer ? bug.wrong(moment, right) : right;
  });
}

// The layers, from 1, in which a mistake changes the gradient of some parameter.
export function layersToPlant(bug, moments) {
  const right = walkedBack(moments, (moment, name) => CHAIN_RULE[name].right(moment));
  const layers = moments.filter(
    (moment) =>
      CHAIN_RULE[bug.step].isTaken(moment.position + 1, moments.length) &&
      (bug.fits ?? (() => true))(moment) &&
      !equalGradients(right, gradientsWith(bug, moment.position + 1, moments)),
  );
  return layers.map((moment) => moment.position + 1);
}

// Two backprops may differ by this part of an array's largest entry and still count as equal.
const ROUND_OFF = 1e-10;

function equalGradients(some, others) {
  const pairs = parameterGradients(some).map((one, which) => [
    one,
    parameterGradients(others)[which],
  ]);
  return pairs.every(([one, other]) => equalToRounding(one, other));
}

// Whether no entry of two matrices of one shape differs by more than rounding.
export function equalToRounding(one, other) {
  const size = (matrix) => matrix.values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const allowed = ROUND_OFF * Math.max(size(one), size(other));
  return one.values.every((x, i) => Math.abs(x - other.values[i]) <= allowed);
}

// One example's part of a sum over the examples.
export function weightsOfExample(which) {
  return ({ gradient_wrt_z, trace }) =>
    product(
      columnOf(gradient_wrt_z, which),
      transposed(columnOf(trace.upstream_activations, which)),
    );
}

export function biasesOfExample(which) {
  return ({ gradient_wrt_z }) => columnOf(gradient_wrt_z, which);
}
