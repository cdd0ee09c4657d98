// The chain of factors from the cost to one weight or bias: one product for each path through the
// network, and the sum of them.

import { slopeAt } from "./layers.js";
import { superscript } from "./words.js";

// More paths than this are not written out.
const MOST_PATHS = 12;

// The paths of one example from the cost to a parameter: { paths: [{ factors, product }], sum }.
// Each factor is [name, value]. Where there are too many paths, one factor stands for all that lies
// downstream.
export function pathsTo(now, { which, entry }, example) {
  const position = Math.floor(which / 2);
  const { columns } = now.parameters[which];
  const neuron = which % 2 ? entry : Math.floor(entry / columns);
  const last =
    which % 2
      ? ["1", 1]
      : [
          symbol("a", position, entry % columns),
          now.traces[position].upstream_activations.at(entry % columns, example),
        ];
  const slopes = now.network.layers.map((layer, each) => slopeAt(layer, now.traces[each]));
  const downstream = now.network.layers.slice(position + 1).map((layer) => layer.weights.rows);
  const isLong = downstream.reduce((count, size) => count * size, 1) > MOST_PATHS;
  const arriving = isLong
    ? [[arrivingFactor(now, position, neuron, example)]]
    : arrivingPaths(now, slopes, position, neuron, example);
  const own = [symbol("σ′(z", position + 1, neuron, ")"), slopes[position].at(neuron, example)];
  const paths = arriving.map((factors) => withProduct([...factors, own, last]));
  return { paths, isLong, sum: paths.reduce((sum, path) => sum + path.product, 0) };
}

// The factors that lead from the cost to the activation of a neuron: a list for each path.
function arrivingPaths(now, slopes, position, neuron, example) {
  if (position === now.network.layers.length - 1) {
    return [[arrivingFactor(now, position, neuron, example)]];
  }
  const { weights } = now.network.layers[position + 1];
  const next = Array.from({ length: weights.rows }, (_, j) => j);
  return next.flatMap((j) => {
    const slope = [symbol("σ′(z", position + 2, j, ")"), slopes[position + 1].at(j, example)];
    const weight = [`w${superscript(position + 2)}[${j}, ${neuron}]`, weights.at(j, neuron)];
    return arrivingPaths(now, slopes, position + 1, j, example).map((path) => [
      ...path,
      slope,
      weight,
    ]);
  });
}

// dC/da of a neuron, as a right backprop has it.
function arrivingFactor(now, position, neuron, example) {
  const gradient = now.right[position].gradient_wrt_downstream_activations;
  return [symbol("∂C/∂a", position + 1, neuron), gradient.at(neuron, example)];
}

function symbol(name, layer, neuron, end = "") {
  return `${name}${superscript(layer)}[${neuron}]${end}`;
}

function withProduct(factors) {
  return { factors, product: factors.reduce((result, [, value]) => result * value, 1) };
}
