// The walk: every step of a forward and of a backward pass, with its formula, its shapes and its
// numbers.

import { columnOf, product, transposed } from "./arrays.js";
import { slopeAt } from "./layers.js";
import { outputOf } from "./network.js";
import { shapeText, superscript } from "./words.js";

// All steps in their order: { layer, name } each.
export function stepsOf(network) {
  const last = network.layers.length;
  const steps = [{ layer: 0, name: "start" }];
  for (let layer = 1; layer <= last; layer += 1) {
    steps.push({ layer, name: "z" }, { layer, name: "downstream_activations" });
  }
  steps.push({ layer: last, name: "cost" });
  for (let layer = last; layer >= 1; layer -= 1) {
    const first = layer === last ? "gradient_wrt_output" : "gradient_wrt_downstream_activations";
    for (const name of [first, "gradient_wrt_z", "gradient_wrt_weights", "gradient_wrt_biases"]) {
      steps.push({ layer, name });
    }
    if (layer > 1) {
      steps.push({ layer, name: "gradient_wrt_upstream_activations" });
    }
  }
  return steps;
}

// The number of a step among the five of backward; 0 in the forward pass.
export const STEP_NUMBERS = {
  gradient_wrt_output: 1,
  gradient_wrt_downstream_activations: 1,
  gradient_wrt_z: 2,
  gradient_wrt_weights: 3,
  gradient_wrt_biases: 4,
  gradient_wrt_upstream_activations: 5,
};

// How many multiply-adds a step takes: only matrix products count, as in the book.
export function multiplyAdds(network, { layer, name }, examples) {
  const products = ["z", "gradient_wrt_weights", "gradient_wrt_upstream_activations"];
  return products.includes(name) ? network.layers[layer - 1].weights.values.length * examples : 0;
}

// (46) for all parameters: one forward pass for each, and one for C(w).
export function bookMultiplyAdds(network, examples) {
  const sizes = network.layers.map((layer) => layer.weights.values.length);
  const parameters = network.layers.reduce((sum, { weights }) => sum + weights.rows, 0);
  const forward = sizes.reduce((sum, size) => sum + size, 0);
  return { passes: parameters + forward + 1, forward: forward * examples };
}

// A step in words and numbers. `example` is the number of an example, or null for all of them.
//
// terms are [sign before it, name, matrix]; the last one is the result. note says what else counts.
export function described(step, now, example) {
  const layer = step.layer ? now.network.layers[step.layer - 1] : null;
  const trace = step.layer ? now.traces[step.layer - 1] : null;
  const found = step.layer ? now.gradients[step.layer - 1] : null;
  const part = (matrix) => (example === null ? matrix : columnOf(matrix, example));
  const description = STEPS[step.name]({ step, now, layer, trace, found, part, example });
  return { book: "", note: "", ...description };
}

const up = (layer) => superscript(layer);

const STEPS = {
  start: ({ now, part }) => ({
    title: "Start: the inputs",
    task: "Each input neuron holds one number of the example. Nothing is computed yet.",
    formula: "a⁰ = x",
    code: "activations = inputs",
    shapes: `inputs ${shapeText(now.batch.inputs)}: (n_input, examples)`,
    terms: [["", "inputs", part(now.batch.inputs)]],
  }),

  z: ({ step, layer, trace, part }) => ({
    title: `Layer ${step.layer}, forward: z`,
    book: "equation (25)",
    task: "Each neuron adds its weighted inputs and its bias.",
    formula: `z${up(step.layer)} = w${up(step.layer)} a${up(step.layer - 1)} + b${up(step.layer)}`,
    code: "z = weights @ upstream_activations + biases",
    shapes: `${shapeText(layer.weights)} @ ${shapeText(trace.upstream_activations)} + ${shapeText(layer.biases)} = ${shapeText(trace.z)}`,
    terms: [
      ["", "weights", layer.weights],
      ["@", "upstream_activations", part(trace.upstream_activations)],
      ["+", "biases", layer.biases],
      ["=", "z", part(trace.z)],
    ],
  }),

  downstream_activations: ({ step, layer, trace, part }) => ({
    title: `Layer ${step.layer}, forward: activations`,
    book: "equation (25)",
    task: `Each z goes through the activation function, here ${layer.activation.name}: ${layer.activation.formula}.`,
    formula: `a${up(step.layer)} = σ(z${up(step.layer)})`,
    code: `downstream_activations = ${layer.activation.name}(z)`,
    shapes: `${shapeText(trace.z)} entry by entry = ${shapeText(trace.downstream_activations)}`,
    terms: [
      [`${layer.activation.name} of`, "z", part(trace.z)],
      ["=", "downstream_activations", part(trace.downstream_activations)],
    ],
  }),

  cost: ({ now, part }) => ({
    title: "The cost C",
    task: "The output is compared with the targets. C is the mean over the examples.",
    formula: now.network.cost.formula,
    code: "cost = cost_function(output, targets)",
    shapes: `${shapeText(outputOf(now.traces))} and ${shapeText(now.batch.targets)} to one number`,
    terms: [
      ["", "output", part(outputOf(now.traces))],
      ["against", "targets", part(now.batch.targets)],
    ],
    cost: true,
  }),

  gradient_wrt_output: ({ step, now, found, part }) => ({
    title: `Layer ${step.layer}, step 1 of 5: the derivative of the cost`,
    book: "the first factor of BP1, ∇ₐC",
    task: "How does C change with each output? The 1/m of the mean appears here and nowhere else.",
    formula: `∂C/∂a${up(step.layer)} = ${now.network.cost.gradient}`,
    code: `gradient_wrt_downstream_activations = ${now.network.cost.line}`,
    shapes: `${shapeText(outputOf(now.traces))} and ${shapeText(now.batch.targets)} to ${shapeText(found.gradient_wrt_downstream_activations)}`,
    terms: [
      ["", "output", part(outputOf(now.traces))],
      ["and", "targets", part(now.batch.targets)],
      [
        "give",
        "gradient_wrt_downstream_activations",
        part(found.gradient_wrt_downstream_activations),
      ],
    ],
  }),

  gradient_wrt_downstream_activations: ({ step, found, part }) => ({
    title: `Layer ${step.layer}, step 1 of 5: receive the gradient from downstream`,
    task: `Nothing is computed. Step 5 of layer ${step.layer + 1} has handed this gradient on. Downstream means towards the cost, upstream towards the inputs.`,
    formula: `∂C/∂a${up(step.layer)} from layer ${step.layer + 1}`,
    code: "gradient_wrt_downstream_activations = the next layer's gradient_wrt_upstream_activations",
    shapes: shapeText(found.gradient_wrt_downstream_activations),
    terms: [
      ["", "gradient_wrt_downstream_activations", part(found.gradient_wrt_downstream_activations)],
    ],
  }),

  gradient_wrt_z: ({ step, now, layer, trace, found, part }) => ({
    title: `Layer ${step.layer}, step 2 of 5: through the activation function`,
    book:
      step.layer === now.network.layers.length
        ? "BP1"
        : `BP2, together with step 5 of layer ${step.layer + 1}`,
    task: `Each entry is multiplied by the derivative of ${layer.activation.name}: ${layer.activation.slope}.`,
    formula: `∂C/∂z${up(step.layer)} = ∂C/∂a${up(step.layer)} ⊙ σ′(z${up(step.layer)})`,
    code: "gradient_wrt_z = gradient_wrt_downstream_activations * derivative(z)",
    shapes: `${shapeText(trace.z)} * ${shapeText(trace.z)} entry by entry = ${shapeText(trace.z)}`,
    terms: [
      ["", "gradient_wrt_downstream_activations", part(found.gradient_wrt_downstream_activations)],
      ["*", "derivative(z)", part(slopeAt(layer, trace))],
      ["=", "gradient_wrt_z", part(found.gradient_wrt_z)],
    ],
  }),

  gradient_wrt_weights: ({ step, layer, trace, found, part, example }) => ({
    title: `Layer ${step.layer}, step 3 of 5: the weights`,
    book: "BP4",
    task: "A weight multiplies its upstream activation. All examples use the same weight, so their parts are added.",
    formula: `∂C/∂w${up(step.layer)} = ∂C/∂z${up(step.layer)} (a${up(step.layer - 1)})ᵀ`,
    code: "gradient_wrt_weights = gradient_wrt_z @ upstream_activations.T",
    shapes: `${shapeText(trace.z)} @ (${trace.upstream_activations.columns}, ${trace.upstream_activations.rows}) = ${shapeText(layer.weights)}`,
    terms: [
      ["", "gradient_wrt_z", part(found.gradient_wrt_z)],
      ["@", "upstream_activations.T", transposed(part(trace.upstream_activations))],
      ...ownPart(
        example,
        product(part(found.gradient_wrt_z), transposed(part(trace.upstream_activations))),
      ),
      [
        example === null ? "=" : "all examples:",
        "gradient_wrt_weights",
        found.gradient_wrt_weights,
      ],
    ],
  }),

  gradient_wrt_biases: ({ step, layer, trace, found, part, example }) => ({
    title: `Layer ${step.layer}, step 4 of 5: the biases`,
    book: "BP3",
    task: "A bias is a weight whose input is always 1. Only the sum over the examples is left.",
    formula: `∂C/∂b${up(step.layer)} = Σ ∂C/∂z${up(step.layer)} over the examples`,
    code: "gradient_wrt_biases = gradient_wrt_z.sum(axis=1, keepdims=True)",
    shapes: `${shapeText(trace.z)} summed over the examples = ${shapeText(layer.biases)}`,
    terms: [
      [
        example === null ? "the sum over" : "this example:",
        "gradient_wrt_z",
        part(found.gradient_wrt_z),
      ],
      [example === null ? "=" : "all examples:", "gradient_wrt_biases", found.gradient_wrt_biases],
    ],
  }),

  gradient_wrt_upstream_activations: ({ step, layer, found, part }) => ({
    title: `Layer ${step.layer}, step 5 of 5: back through the weights`,
    book: `the other part of BP2; step 1 of layer ${step.layer - 1} receives it`,
    task: "Each upstream activation goes into every neuron of the layer. All these paths are added.",
    formula: `∂C/∂a${up(step.layer - 1)} = (w${up(step.layer)})ᵀ ∂C/∂z${up(step.layer)}`,
    code: "gradient_wrt_upstream_activations = weights.T @ gradient_wrt_z",
    shapes: `(${layer.weights.columns}, ${layer.weights.rows}) @ ${shapeText(found.gradient_wrt_z)} = ${shapeText(found.gradient_wrt_upstream_activations)}`,
    terms: [
      ["", "weights.T", transposed(layer.weights)],
      ["@", "gradient_wrt_z", part(found.gradient_wrt_z)],
      ["=", "gradient_wrt_upstream_activations", part(found.gradient_wrt_upstream_activations)],
    ],
  }),
};

// With one example: its own part of a sum over the examples.
function ownPart(example, matrix) {
  return example === null ? [] : [["this example:", "its part", matrix]];
}
