// Activation functions: value and derivative of one number, as in nets/activations.py.
//
// bend is the largest |f''| / |f'| and cancellation how many units of round-off the textbook's
// formula for f' loses; both are for the error bars. kinked says whether f' jumps at 0.

export function sigmoid(z) {
  return 1 / (1 + Math.exp(-Math.max(z, SIGMOID_FLOOR)));
}

// The least z whose exp(-z) a double can hold, and 2 % above it.
const SIGMOID_FLOOR = -0.98 * Math.log(Number.MAX_VALUE);

// Not a (1 - a): 1 - a loses its digits as a comes near 1. 1 - a = exp(-z) a keeps them.
function sigmoidDerivative(z, a) {
  return Math.exp(-Math.max(z, SIGMOID_FLOOR)) * a * a;
}

export const ACTIVATIONS = {
  identity: {
    name: "identity",
    value: (z) => z,
    derivative: () => 1,
    formula: "z",
    slope: "1",
    bend: 0,
    cancellation: 0,
    shift: 0,
    kinked: false,
  },
  sigmoid: {
    name: "sigmoid",
    value: sigmoid,
    derivative: sigmoidDerivative,
    formula: "1 / (1 + exp(-z))",
    slope: "a (1 - a)",
    bend: 1,
    cancellation: 1,
    shift: 0.5, // the batched engine of gradcheck computes tanh(z / 2) / 2 + 1 / 2
    kinked: false,
  },
  tanh: {
    name: "tanh",
    value: Math.tanh,
    // Four times the sigmoid's derivative at 2 z, since tanh(z) = 2 sigmoid(2 z) - 1.
    derivative: (z) => 4 * sigmoidDerivative(2 * z, sigmoid(2 * z)),
    formula: "tanh(z)",
    slope: "1 - a²",
    bend: 2,
    cancellation: 1,
    shift: 0,
    kinked: false,
  },
  relu: {
    name: "relu",
    value: (z) => Math.max(z, 0),
    derivative: (z) => (z > 0 ? 1 : 0),
    formula: "max(z, 0)",
    slope: "1 where z > 0, else 0",
    bend: 0,
    cancellation: 0,
    shift: 0,
    kinked: true,
  },
};
