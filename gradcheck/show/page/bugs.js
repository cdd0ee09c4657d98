// The mistakes that people make in backprop: the zoo of gradcheck/bugs/zoo.py, one record for each.
//
// `step` is the step that it does wrong, `wrong` gives the wrong result from the moment and the
// right result, and `fits` says whether the layer of a moment can have it. `line` is the wrong line
// of code; RIGHT_LINES has the right one of each step. What a mistake is called in words comes with
// the data of the page.

import {
  combined,
  filled,
  largestSize,
  mapped,
  product,
  scaled,
  times,
  transposed,
} from "./arrays.js";
import { sigmoid } from "./activations.js";
import { biasesOfExample, momentSlope, weightsOfExample } from "./chain_rule.js";
import { gradientWrtOutput, softmax } from "./costs.js";
import { outputOf } from "./network.js";

// The right line of each step, as in nets/layers.py.
export const RIGHT_LINES = {
  gradient_wrt_output: ({ network }) => `gradient = ${network.cost.line}`,
  gradient_wrt_z: () => "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(z)",
  gradient_wrt_weights: () => "gradient_wrt_weights = gradient_wrt_z @ upstream_activations.T",
  gradient_wrt_biases: () => "gradient_wrt_biases = gradient_wrt_z.sum(axis=1, keepdims=True)",
  gradient_wrt_upstream_activations: () =>
    "gradient_wrt_upstream_activations = weights.T @ gradient_wrt_z",
};

// How much of the weights a planted weight decay adds, and the step of an update that comes early.
const WEIGHT_DECAY = 0.01;
const LEARNING_RATE = 0.5;

const batchSize = ({ batch }) => batch.inputs.columns;
const hasBatch = (moment) => batchSize(moment) > 1;
const hasFunction = ({ layer }) => layer.activation.name !== "identity";
const hasQuadraticCost = ({ network }) => network.cost.fused === null;
const hasPrevious = ({ previous }) => previous !== null;
const isSquare = ({ layer }) => layer.weights.rows === layer.weights.columns;

// The derivative of an activation function as a formula in its value a, with z put into it.
const FORMULAS_IN_A = {
  sigmoid: { value: (z) => z * (1 - z), line: "z * (1 - z)" },
  tanh: { value: (z) => 1 - z * z, line: "(1 - z ** 2)" },
};
const formulaInA = ({ activation }) => FORMULAS_IN_A[activation.name];

export const BUGS = {
  // The gradient of the cost.
  "sign-flipped": {
    step: "gradient_wrt_output",
    wrong: (moment, right) => scaled(right, -1),
    line: ({ network }) => `gradient = -${network.cost.line}`,
  },
  "not-divided-by-batch": {
    step: "gradient_wrt_output",
    wrong: (moment, right) => scaled(right, batchSize(moment)),
    line: ({ network }) => `gradient = ${network.cost.line.replace(" / m", "")}`,
    fits: hasBatch,
  },
  "divided-twice": {
    step: "gradient_wrt_output",
    wrong: (moment, right) => scaled(right, 1 / batchSize(moment)),
    line: ({ network }) => `gradient = ${network.cost.line} / m`,
    fits: hasBatch,
  },
  "half-missing": {
    step: "gradient_wrt_output",
    wrong: (moment, right) => scaled(right, 2),
    line: ({ network }) => `gradient = 2 * ${network.cost.line}`,
    fits: hasQuadraticCost,
  },
  "example-lost": {
    step: "gradient_wrt_output",
    wrong: (moment, right) =>
      filled(right.rows, right.columns, (j, i) => (i === right.columns - 1 ? 0 : right.at(j, i))),
    line: () => "for i in range(m - 1): ...  # the last example is never visited",
    fits: hasBatch,
  },
  "targets-shuffled": {
    step: "gradient_wrt_output",
    wrong: ({ network, traces, batch: { targets } }) => {
      const rolled = filled(targets.rows, targets.columns, (j, i) =>
        targets.at(j, (i + targets.columns - 1) % targets.columns),
      );
      return gradientWrtOutput(network.cost, outputOf(traces), rolled);
    },
    line: ({ network }) =>
      `gradient = ${network.cost.line.replace("targets", "np.roll(targets, 1, axis=1)")}`,
    fits: hasBatch,
  },
  "softmax-off-diagonal-dropped": {
    step: "gradient_wrt_output",
    wrong: (moment) =>
      combined(
        moment.batch.targets,
        softmax(outputOf(moment.traces)),
        (y, a) => (-y * (1 - a)) / batchSize(moment),
      ),
    line: () => "gradient = -targets * (1 - softmax(output)) / m",
    fits: ({ network }) => network.cost.fused === "softmax",
  },
  "fused-derivative-once-more": {
    step: "gradient_wrt_output",
    wrong: ({ network, traces }, right) => {
      const z = outputOf(traces);
      const a = network.cost.fused === "softmax" ? softmax(z) : mapped(z, sigmoid);
      return combined(right, a, (x, y) => x * y * (1 - y));
    },
    line: ({ network }) => `gradient = ${network.cost.line} * a * (1 - a)`,
    fits: ({ network }) => network.cost.fused !== null,
  },

  // Through the activation function.
  "relu-derivative-one": {
    step: "gradient_wrt_z",
    wrong: (moment) => moment.downstream,
    line: () => "gradient_wrt_z = gradient_wrt_downstream_activations * 1",
    fits: ({ layer }) => layer.activation.kinked,
  },
  "missing-activation-derivative": {
    step: "gradient_wrt_z",
    wrong: (moment) => moment.downstream,
    line: () => "gradient_wrt_z = gradient_wrt_downstream_activations",
    fits: hasFunction,
  },
  "cross-entropy-shortcut": {
    step: "gradient_wrt_z",
    wrong: (moment) => moment.downstream,
    line: () => "gradient_wrt_z = (output - targets) / m",
    fits: (moment) => moment.isLast && hasQuadraticCost(moment) && hasFunction(moment),
  },
  "derivative-at-activation": {
    step: "gradient_wrt_z",
    wrong: ({ layer: { activation }, trace, downstream }) =>
      combined(
        downstream,
        trace.downstream_activations,
        (x, a) => x * activation.derivative(a, activation.value(a)),
      ),
    line: () => "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(activations)",
    fits: hasFunction,
  },
  "derivative-formula-at-z": {
    step: "gradient_wrt_z",
    wrong: ({ layer, trace, downstream }) =>
      combined(downstream, trace.z, (x, z) => x * formulaInA(layer).value(z)),
    line: ({ layer }) =>
      `gradient_wrt_z = gradient_wrt_downstream_activations * ${formulaInA(layer).line}`,
    fits: ({ layer }) => formulaInA(layer) !== undefined,
  },
  "activation-for-derivative": {
    step: "gradient_wrt_z",
    wrong: ({ trace, downstream }) => times(downstream, trace.downstream_activations),
    line: () => "gradient_wrt_z = gradient_wrt_downstream_activations * activations",
    fits: hasFunction,
  },
  "derivative-twice": {
    step: "gradient_wrt_z",
    wrong: (moment, right) => times(right, momentSlope(moment)),
    line: () => "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(z) ** 2",
    fits: hasFunction,
  },
  "derivative-of-another-function": {
    step: "gradient_wrt_z",
    wrong: ({ layer, trace, downstream }) =>
      layer.activation.name === "sigmoid"
        ? combined(downstream, trace.downstream_activations, (x, a) => x * (1 - a * a))
        : combined(downstream, trace.z, (x, z) => x * sigmoid(z) * sigmoid(-z)),
    line: ({ layer }) =>
      layer.activation.name === "sigmoid"
        ? "gradient_wrt_z = gradient_wrt_downstream_activations * (1 - a ** 2)  # tanh's"
        : "gradient_wrt_z = gradient_wrt_downstream_activations * sigmoid(z) * sigmoid(-z)",
    fits: hasFunction,
  },
  "stale-z": {
    step: "gradient_wrt_z",
    wrong: ({ downstream, previous }) => times(downstream, momentSlope(previous)),
    line: () => "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(z_before)",
    fits: (moment) => hasFunction(moment) && hasPrevious(moment),
  },

  // The gradient of the weights.
  "weights-gradient-transposed": {
    step: "gradient_wrt_weights",
    wrong: (moment, right) => transposed(right),
    line: () => "gradient_wrt_weights = upstream_activations @ gradient_wrt_z.T",
    fits: isSquare,
  },
  "upstream-and-downstream-swapped": {
    step: "gradient_wrt_weights",
    wrong: ({ gradient_wrt_z, trace }) =>
      product(gradient_wrt_z, transposed(trace.downstream_activations)),
    line: () => "gradient_wrt_weights = gradient_wrt_z @ downstream_activations.T",
    fits: isSquare,
  },
  "z-for-activations": {
    step: "gradient_wrt_weights",
    wrong: ({ gradient_wrt_z, traces, position }) =>
      product(gradient_wrt_z, transposed(traces[position - 1].z)),
    line: () => "gradient_wrt_weights = gradient_wrt_z @ z_of_the_layer_before.T",
    fits: ({ network, position }) =>
      position > 0 && network.layers[position - 1].activation.name !== "identity",
  },
  "stale-activations": {
    step: "gradient_wrt_weights",
    wrong: ({ gradient_wrt_z, previous }) =>
      product(gradient_wrt_z, transposed(previous.trace.upstream_activations)),
    line: () => "gradient_wrt_weights = gradient_wrt_z @ upstream_activations_before.T",
    fits: hasPrevious,
  },
  accumulated: {
    step: "gradient_wrt_weights",
    wrong: ({ previous }, right) =>
      combined(
        right,
        product(previous.gradient_wrt_z, transposed(previous.trace.upstream_activations)),
        (x, y) => x + y,
      ),
    line: () => "gradient_wrt_weights += gradient_wrt_z @ upstream_activations.T  # never set to 0",
    fits: hasPrevious,
  },
  "weights-factor-two": {
    step: "gradient_wrt_weights",
    wrong: (moment, right) => scaled(right, 2),
    line: () => "gradient_wrt_weights = 2 * gradient_wrt_z @ upstream_activations.T",
  },
  "weights-last-example-only": {
    step: "gradient_wrt_weights",
    wrong: weightsOfExample(-1),
    line: () => "for i in range(m): gradient_wrt_weights = ...  # = instead of +=",
    fits: hasBatch,
  },
  "row-zeroed": {
    step: "gradient_wrt_weights",
    wrong: (moment, right) =>
      filled(right.rows, right.columns, (j, k) => (j === 0 ? 0 : right.at(j, k))),
    line: () => "for j in range(1, n_downstream): ...  # the first neuron is never visited",
    fits: ({ layer }) => layer.weights.rows > 1,
  },
  "gradient-clipped": {
    step: "gradient_wrt_weights",
    wrong: (moment, right) => {
      const limit = 0.5 * largestSize(right);
      return mapped(right, (x) => Math.min(Math.max(x, -limit), limit));
    },
    line: () => "gradient_wrt_weights = np.clip(gradient_wrt_weights, -limit, limit)",
  },
  "rounded-to-half-precision": {
    step: "gradient_wrt_weights",
    wrong: (moment, right) => mapped(right, toHalfPrecision),
    line: () =>
      "gradient_wrt_weights = (gradient_wrt_z @ upstream_activations.T).astype(np.float16)",
  },
  "weight-decay": {
    step: "gradient_wrt_weights",
    wrong: ({ layer }, right) => combined(right, layer.weights, (x, w) => x + WEIGHT_DECAY * w),
    line: () => "gradient_wrt_weights = gradient_wrt_z @ upstream_activations.T + 0.01 * weights",
  },

  // The gradient of the biases.
  "bias-not-summed": {
    step: "gradient_wrt_biases",
    wrong: biasesOfExample(-1),
    line: () => "gradient_wrt_biases = gradient_wrt_z[:, -1:]  # each example overwrites it",
    fits: hasBatch,
  },
  "bias-first-example-only": {
    step: "gradient_wrt_biases",
    wrong: biasesOfExample(0),
    line: () => "gradient_wrt_biases = gradient_wrt_z[:, :1]",
    fits: hasBatch,
  },
  "bias-averaged": {
    step: "gradient_wrt_biases",
    wrong: (moment, right) => mapped(right, (x) => x / batchSize(moment)),
    line: () => "gradient_wrt_biases = gradient_wrt_z.mean(axis=1, keepdims=True)",
    fits: hasBatch,
  },
  "bias-factor-four-over-batch": {
    step: "gradient_wrt_biases",
    wrong: (moment, right) => scaled(right, 4 / batchSize(moment)),
    line: () => "gradient_wrt_biases = 4 / m * gradient_wrt_z.sum(axis=1, keepdims=True)",
  },
  "bias-forgotten": {
    step: "gradient_wrt_biases",
    wrong: (moment, right) => scaled(right, 0),
    line: () => "gradient_wrt_biases = np.zeros_like(biases)  # never computed",
  },

  // Back through the weights.
  "weights-not-transposed": {
    step: "gradient_wrt_upstream_activations",
    wrong: ({ layer, gradient_wrt_z }) => product(layer.weights, gradient_wrt_z),
    line: () => "gradient_wrt_upstream_activations = weights @ gradient_wrt_z",
    fits: isSquare,
  },
  "wrong-layers-weights": {
    step: "gradient_wrt_upstream_activations",
    wrong: (moment) => product(transposed(layerOfSameShape(moment).weights), moment.gradient_wrt_z),
    line: () => "gradient_wrt_upstream_activations = weights_of_another_layer.T @ gradient_wrt_z",
    fits: (moment) => layerOfSameShape(moment) !== undefined,
  },
  "updated-weights": {
    step: "gradient_wrt_upstream_activations",
    wrong: ({ layer, gradient_wrt_z, trace }) => {
      const gradient = product(gradient_wrt_z, transposed(trace.upstream_activations));
      const updated = combined(layer.weights, gradient, (w, g) => w - LEARNING_RATE * g);
      return product(transposed(updated), gradient_wrt_z);
    },
    line: () =>
      "weights -= 0.5 * gradient_wrt_weights  # too early\ngradient_wrt_upstream_activations = weights.T @ gradient_wrt_z",
  },
  "gradient-stops": {
    step: "gradient_wrt_upstream_activations",
    wrong: (moment, right) => scaled(right, 0),
    line: () => "gradient_wrt_upstream_activations = np.zeros_like(upstream_activations)",
  },
};

// Another layer whose weights have the same shape, the next one downstream first.
function layerOfSameShape({ network: { layers }, position, layer }) {
  const others = [...layers.slice(position + 1), ...layers.slice(0, position)];
  const { rows, columns } = layer.weights;
  return others.find(({ weights }) => weights.rows === rows && weights.columns === columns);
}

// Rounded to float16's 11 significant bits, and below its normal numbers to 2^-24.
function toHalfPrecision(x) {
  if (Math.abs(x) < 2 ** -14) {
    return toEven(x * 2 ** 24) / 2 ** 24;
  }
  const split = x * (2 ** 42 + 1);
  return split - (split - x);
}

// The nearest whole number; of two, the even one.
function toEven(x) {
  const below = Math.floor(x);
  if (x - below === 0.5) {
    return below % 2 === 0 ? below : below + 1;
  }
  return Math.round(x);
}
