// Cost functions, as in nets/costs.py: the cost of each example, and the gradient wrt the output.
//
// C is the mean over the mini-batch. A fused cost contains the activation function of the last
// layer: it takes z, and the last layer of the network is the identity.

import { combined, filled } from "./arrays.js";
import { sigmoid } from "./activations.js";

// (n_output, batch) and the targets of the same shape, to the cost of one example.
function quadratic(output, targets, example) {
  let sum = 0;
  for (let j = 0; j < output.rows; j += 1) {
    const distance = output.at(j, example) - targets.at(j, example);
    sum += distance * distance;
  }
  return 0.5 * sum;
}

// -sum(y ln a + (1 - y) ln(1 - a)) with a = sigmoid(z), written so that exp never overflows.
function sigmoidCrossEntropy(z, targets, example) {
  let sum = 0;
  for (let j = 0; j < z.rows; j += 1) {
    const zj = z.at(j, example);
    const y = targets.at(j, example);
    const linear = zj * (zj > 0 ? 1 - y : -y);
    sum += linear + Math.log1p(Math.exp(zj > 0 ? -zj : zj));
  }
  return sum;
}

// -sum(y ln a) with a = softmax(z). The largest z is subtracted from all.
function softmaxCrossEntropy(z, targets, example) {
  const winner = largestRow(z, example);
  const shift = z.at(winner, example);
  let rest = 0;
  for (let j = 0; j < z.rows; j += 1) {
    rest += j === winner ? 0 : Math.exp(z.at(j, example) - shift);
  }
  let sum = 0;
  for (let j = 0; j < z.rows; j += 1) {
    sum += targets.at(j, example) * (Math.log1p(rest) - (z.at(j, example) - shift));
  }
  return sum;
}

// The row of the largest entry in a column, the first of several.
function largestRow(matrix, column) {
  let winner = 0;
  for (let row = 1; row < matrix.rows; row += 1) {
    if (matrix.at(row, column) > matrix.at(winner, column)) {
      winner = row;
    }
  }
  return winner;
}

// exp(z) / sum(exp(z)) of each column.
export function softmax(z) {
  const result = filled(z.rows, z.columns, (row, column) =>
    Math.exp(z.at(row, column) - z.at(largestRow(z, column), column)),
  );
  return filled(z.rows, z.columns, (row, column) => {
    let sum = 0;
    for (let j = 0; j < z.rows; j += 1) {
      sum += result.at(j, column);
    }
    return result.at(row, column) / sum;
  });
}

// Two terms whose difference is the derivative of the cost per example. Each has all its digits.
function sigmoidTerms(z, targets) {
  return [
    combined(z, targets, (zj, y) => (1 - y) * sigmoid(zj)),
    combined(z, targets, (zj, y) => y * sigmoid(-zj)),
  ];
}

// softmax(z) - y, written as softmax (sum(y) - y) - y (1 - softmax), where both brackets are sums
// of the other neurons for the largest one: so no digits are lost.
function softmaxTerms(z, targets) {
  const a = softmax(z);
  const others = (matrix, row, column) => {
    let sum = 0;
    for (let j = 0; j < matrix.rows; j += 1) {
      sum += j === row ? 0 : matrix.at(j, column);
    }
    return sum;
  };
  const rest = filled(z.rows, z.columns, (row, column) =>
    a.at(row, column) > 0.5 ? others(a, row, column) : 1 - a.at(row, column),
  );
  const otherTargets = filled(z.rows, z.columns, (row, column) => others(targets, row, column));
  return [combined(a, otherTargets, (x, y) => x * y), combined(targets, rest, (x, y) => x * y)];
}

export const COSTS = {
  quadratic: {
    name: "quadratic",
    perExample: quadratic,
    gradientTerms: (output, targets) => [output, targets],
    separable: true,
    fused: null,
    formula: "C = 1/m Σ ½ |a − y|²",
    gradient: "(a − y) / m",
    line: "(output - targets) / m",
  },
  "fused-sigmoid-cross-entropy": {
    name: "fused-sigmoid-cross-entropy",
    perExample: sigmoidCrossEntropy,
    gradientTerms: sigmoidTerms,
    separable: true,
    fused: "sigmoid",
    formula: "C = −1/m Σ (y ln a + (1 − y) ln(1 − a)), a = sigmoid(z)",
    gradient: "(sigmoid(z) − y) / m",
    line: "(sigmoid(output) - targets) / m",
  },
  "fused-softmax-cross-entropy": {
    name: "fused-softmax-cross-entropy",
    perExample: softmaxCrossEntropy,
    gradientTerms: softmaxTerms,
    separable: false,
    fused: "softmax",
    formula: "C = −1/m Σ y ln a, a = softmax(z)",
    gradient: "(softmax(z) − y) / m",
    line: "(softmax(output) - targets) / m",
  },
};

// C: the mean over the mini-batch.
export function costOf(cost, output, targets) {
  let sum = 0;
  for (let example = 0; example < output.columns; example += 1) {
    sum += cost.perExample(output, targets, example);
  }
  return sum / output.columns;
}

// dC/d(output), (n_output, batch). The 1/m of the mean is in here and nowhere else.
export function gradientWrtOutput(cost, output, targets) {
  const [positive, negative] = cost.gradientTerms(output, targets);
  return combined(positive, negative, (x, y) => (x - y) / output.columns);
}
