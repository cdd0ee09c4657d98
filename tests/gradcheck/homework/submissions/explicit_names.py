"""Right: the five steps of the chain rule by name, weights first."""

import numpy as np


class Network:
    def __init__(self, layer_sizes):
        self.weights, self.biases = [], []
        for upstream_size, downstream_size in zip(layer_sizes[:-1], layer_sizes[1:]):
            self.biases.append(np.random.randn(downstream_size, 1))
            self.weights.append(np.random.randn(downstream_size, upstream_size))

    def feedforward(self, feature):
        activations = feature
        for weights, biases in zip(self.weights, self.biases):
            activations = sigmoid(np.dot(weights, activations) + biases)
        return activations

    def cost_gradient_wrt_output(self, output_activations, label):
        return output_activations - label

    def backprop(self, feature, label):
        activations = [feature]
        for weights, biases in zip(self.weights, self.biases):
            activations.append(sigmoid(np.dot(weights, activations[-1]) + biases))
        gradient_wrt_weights, gradient_wrt_biases = [], []
        gradient_wrt_activations = self.cost_gradient_wrt_output(activations[-1], label)
        for layer in reversed(range(len(self.weights))):
            downstream = activations[layer + 1]
            gradient_wrt_z = gradient_wrt_activations * downstream * (1 - downstream)
            gradient_wrt_biases.insert(0, gradient_wrt_z)
            gradient_wrt_weights.insert(0, np.dot(gradient_wrt_z, activations[layer].transpose()))
            gradient_wrt_activations = np.dot(self.weights[layer].transpose(), gradient_wrt_z)
        return (gradient_wrt_weights, gradient_wrt_biases)


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))
