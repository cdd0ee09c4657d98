// How far rounding alone may move a backprop, and the cost: a running error analysis, as in
// nets/rounding.py. Every intermediate result carries the error that it has by then; errors count
// as independent, so their squares are added. Inside this file they are in units of u.

import {
  columnOf,
  combined,
  filled,
  largestSize,
  mapped,
  rowOf,
  scaled,
  transposed,
} from "./arrays.js";
import { slopeAt } from "./layers.js";
import { outputOf, parameterGradients } from "./network.js";

// u: half the distance from 1 to the next double.
export const UNIT_ROUNDOFF = 2 ** -53;
// Each entry of a product stands for 4 variances of rounding: 2 standard deviations.
const ROUNDINGS = 2;
// Every bound is multiplied by this, since errors are not quite independent.
const TO_SPARE = 2;

// Standard deviations: of the gradients of all parameters (in their order), and of C. A textbook
// backprop uses formulas such as a (1 - a) and a - y, which lose digits where those here do not.
export function roundOffOf(network, traces, gradients, targets, textbook) {
  const { errors, carried } = forwardErrors(network, traces);
  let arriving = costGradientError(network, outputOf(traces), targets, carried);
  if (textbook && network.cost.fused) {
    arriving = mapped(arriving, (x) => x + ROUNDINGS / targets.columns);
  }
  const bounds = [];
  for (let position = network.layers.length - 1; position >= 0; position -= 1) {
    const layer = network.layers[position];
    const cancelled = textbook ? layer.activation.cancellation : 0;
    const [bound, upstream] = backwardErrors(
      layer,
      traces[position],
      errors[position],
      gradients[position],
      arriving,
      cancelled,
    );
    bounds.unshift(bound);
    arriving = upstream;
  }
  return { parameters: parameterGradients(bounds), cost: costError(errors, gradients) };
}

// The errors of each layer's forward pass, and of the output.
function forwardErrors(network, traces) {
  const errors = [];
  let upstream = null;
  let carried = null;
  network.layers.forEach((layer, position) => {
    const trace = traces[position];
    const slope = slopeAt(layer, trace);
    const products = rootProduct(layer.weights, trace.upstream_activations);
    const fresh = filled(
      products.rows,
      products.columns,
      (j, i) => ROUNDINGS * Math.hypot(products.at(j, i), layer.biases.at(j, 0), trace.z.at(j, i)),
    );
    const z = carried === null ? fresh : root(rootProduct(layer.weights, carried), fresh);
    errors.push({ upstream, slope, fresh, z });
    const inherited = combined(slope, z, (x, y) => x * y);
    upstream = root(inherited, trace.downstream_activations);
    const coarse = (a) => Math.max(Math.abs(a), layer.activation.shift);
    carried = root(inherited, mapped(trace.downstream_activations, coarse));
  });
  return { errors, carried };
}

// The bounds of one layer's gradients, and the error that it hands on upstream.
function backwardErrors(layer, trace, errors, found, arriving, cancelled) {
  const size = found.gradient_wrt_z;
  const bent = mapped(errors.z, (z) => layer.activation.bend * z);
  const fromFormula = scaled(found.gradient_wrt_downstream_activations, ROUNDINGS * cancelled);
  const zError = root(
    combined(errors.slope, arriving, (x, y) => x * y),
    scaled(size, ROUNDINGS),
    combined(size, bent, (x, y) => x * y),
    fromFormula,
  );
  const terms = root(zError, scaled(size, ROUNDINGS));
  let weightsError = rootProduct(terms, transposed(trace.upstream_activations));
  if (errors.upstream !== null) {
    weightsError = root(weightsError, rootProduct(size, transposed(errors.upstream)));
  }
  const ones = filled(terms.columns, 1, () => 1);
  const bound = {
    gradient_wrt_weights: deviation(weightsError, found.gradient_wrt_weights),
    gradient_wrt_biases: deviation(rootProduct(terms, ones), found.gradient_wrt_biases),
  };
  return [bound, rootProduct(transposed(layer.weights), terms)];
}

// The standard deviation of C, which feels the rounding of each z through its gradient.
function costError(errors, gradients) {
  const felt = errors.map(({ fresh }, position) =>
    combined(gradients[position].gradient_wrt_z, fresh, (x, y) => (x * y) ** 2),
  );
  const sum = felt.reduce((total, each) => total + each.values.reduce((x, y) => x + y, 0), 0);
  return UNIT_ROUNDOFF * Math.sqrt(sum);
}

// The error of the cost's gradient, for outputs that have errors themselves.
function costGradientError(network, output, targets, carried) {
  const { cost } = network;
  let terms = root(...cost.gradientTerms(output, targets));
  if (!cost.separable) {
    // Where all outputs are seen from the largest, its own change is a difference of theirs.
    terms = filled(terms.rows, terms.columns, (j, i) =>
      output.at(j, i) === columnMaximum(output, i) ? columnMaximum(terms, i) : terms.at(j, i),
    );
  }
  const error = cost.fused
    ? root(
        scaled(terms, ROUNDINGS),
        filled(terms.rows, terms.columns, (j, i) => terms.at(j, i) * columnMaximum(carried, i)),
      )
    : root(terms, carried);
  return mapped(error, (x) => x / output.columns);
}

function columnMaximum(matrix, column) {
  let largest = -Infinity;
  for (let row = 0; row < matrix.rows; row += 1) {
    largest = Math.max(largest, matrix.at(row, column));
  }
  return largest;
}

// The root of the sum of squares, entry by entry.
function root(...parts) {
  return mapped(
    parts.reduce((total, part) => combined(total, part, Math.hypot)),
    Math.abs,
  );
}

// As left @ right, but with the root of the sum of squares in place of the sum. Rows and columns
// are scaled, since squares of tiny numbers would be 0.
function rootProduct(left, right) {
  const rows = Array.from({ length: left.rows }, (_, row) => largestSize(rowOf(left, row)) || 1);
  const columns = Array.from(
    { length: right.columns },
    (_, column) => largestSize(columnOf(right, column)) || 1,
  );
  return filled(left.rows, right.columns, (row, column) => {
    let sum = 0;
    for (let inner = 0; inner < left.columns; inner += 1) {
      const [x, y] = [left.at(row, inner) / rows[row], right.at(inner, column) / columns[column]];
      sum += x * x * (y * y);
    }
    return rows[row] * columns[column] * Math.sqrt(sum);
  });
}

// The standard deviation of a result: at least that of its own rounding.
function deviation(error, value) {
  const own = combined(error, value, (e, x) => Math.hypot(e, ROUNDINGS * Math.abs(x)));
  return scaled(own, TO_SPARE * UNIT_ROUNDOFF);
}
