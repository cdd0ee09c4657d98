import numpy as np


class Layer_Linear:
    """n_inputs x n_neurons; the video counts from the left"""

    def __init__(self, n_inputs, n_neurons, weight_l2=0.0):
        self.weights = 0.1 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))
        self.weight_l2 = weight_l2

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases
        return self.output

    def backward(self, dvalues):
        # parameters
        self.dweights = self.inputs.T @ dvalues
        self.dbiases = dvalues.sum(axis=0, keepdims=True)
        if self.weight_l2 > 0:
            self.dweights += 2 * self.weight_l2 * self.weights
        # values
        self.dinputs = dvalues @ self.weights.T
        return self.dinputs


if __name__ == "__main__":
    layer = Layer_Linear(2, 3)
    print(layer.forward(np.ones((4, 2))))
