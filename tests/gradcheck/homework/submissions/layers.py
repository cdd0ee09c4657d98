"""Layers as people write them: each way of keeping parameters, gradients and outputs once."""

import numpy as np


class Dense:
    """Gradients in attributes; examples as rows."""

    def __init__(self, n_in, n_out):
        self.W = 0.01 * np.random.randn(n_in, n_out)
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T


class LeftBehind:
    """Returns nothing: the output and all gradients are left in attributes."""

    def __init__(self, n_inputs, n_neurons):
        self.weights = 0.1 * np.random.randn(n_inputs, n_neurons)
        self.biases = np.zeros((1, n_neurons))

    def forward(self, inputs):
        self.inputs = inputs
        self.output = inputs @ self.weights + self.biases

    def backward(self, dvalues):
        self.dweights = self.inputs.T @ dvalues
        self.dbiases = dvalues.sum(axis=0, keepdims=True)
        self.dinputs = dvalues @ self.weights.T


class Updating:
    """Updates itself, one example as a column at a time."""

    def __init__(self, input_size, output_size):
        self.weights = np.random.randn(output_size, input_size)
        self.bias = np.random.randn(output_size, 1)

    def forward(self, input):
        self.input = input
        return np.dot(self.weights, self.input) + self.bias

    def backward(self, output_gradient, learning_rate):
        input_gradient = np.dot(self.weights.T, output_gradient)
        self.weights -= learning_rate * np.dot(output_gradient, self.input.T)
        self.bias -= learning_rate * output_gradient
        return input_gradient


class ThroughOptimizer:
    """Hands its gradients to an optimizer."""

    def __init__(self, units_in, units_out):
        self.w = np.random.randn(units_in, units_out)
        self.b = np.random.randn(1, units_out)

    def forward(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, grad, optimizer):
        grad_w, grad_b = self.x.T @ grad, grad.sum(axis=0, keepdims=True)
        before = grad @ self.w.T
        self.w = optimizer.update(self.w, grad_w)
        self.b = optimizer.update(self.b, grad_b)
        return before


class Lazy:
    """Makes its weights in the first forward pass; keeps value and gradient in one dict."""

    def __init__(self, out_features, in_features=None):
        self.out_features = out_features
        self.W = {"val": None, "grad": 0}
        self.b = {"val": None, "grad": 0}

    def forward(self, x):
        if self.W["val"] is None:
            self.W["val"] = np.random.randn(self.out_features, x.shape[1])
            self.b["val"] = np.random.randn(1, self.out_features)
        self.x = x
        return x @ self.W["val"].T + self.b["val"]

    def backward(self, d_out):
        self.W["grad"] = d_out.T @ self.x
        self.b["grad"] = d_out.sum(axis=0, keepdims=True)
        return d_out @ self.W["val"]


class Parameter:
    def __init__(self, value):
        self.value = value
        self.grad = np.zeros_like(value)


class Adding:
    """Parameter objects; each backward pass adds to their gradients."""

    def __init__(self, in_features, out_features):
        self.weight = Parameter(np.random.randn(out_features, in_features))
        self.bias = Parameter(np.random.randn(out_features))

    def forward(self, x):
        self.x = x
        return x @ self.weight.value.T + self.bias.value

    def backward(self, grad):
        self.weight.grad += grad.T @ self.x
        self.bias.grad += grad.sum(axis=0)
        return grad @ self.weight.value


class LinearMean:
    """Divides the gradients of its parameters by the number of examples."""

    def __init__(self, n, m, sigma=0.01):
        self.w = np.random.randn(n, m) * sigma
        self.b = np.zeros((1, m))

    def forward(self, x):
        self.x = x
        return x @ self.w + self.b

    def backward(self, y):
        self.dw = self.x.T @ y / y.shape[0]
        self.db = np.sum(y, axis=0, keepdims=True) / y.shape[0]
        return y @ self.w.T


class ListOfGradients:
    """Parameters and gradients in two lists."""

    def __init__(self, input_dim, output_dim):
        self.params = [np.random.randn(input_dim, output_dim), np.random.randn(output_dim)]
        self.grads = [np.zeros_like(each) for each in self.params]

    def forward(self, x):
        self.x = x
        return x @ self.params[0] + self.params[1]

    def backward(self, dout):
        self.grads[0][...] = self.x.T @ dout
        self.grads[1][...] = dout.sum(axis=0)
        return dout @ self.params[0].T


class TwoArguments:
    """backward takes the input again."""

    def forward(self, input):
        return np.tanh(input)

    def backward(self, input, grad_output):
        return grad_output * (1 - np.tanh(input) ** 2)


class DropoutLayer:
    """Draws its mask in training only."""

    def __init__(self, rate):
        self.rate = rate

    def forward(self, x, training=False):
        if not training:
            self.mask = np.ones_like(x)
            return x
        self.mask = (np.random.rand(*x.shape) > self.rate) / (1 - self.rate)
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


class MeanSquaredLoss:
    def forward(self, y_pred, y_true):
        self.diff = y_pred - y_true
        return np.mean(self.diff**2)

    def backward(self):
        return 2 * self.diff / self.diff.size


class LossOfEach:
    """The loss of each example, and a method that takes the mean."""

    def calculate(self, output, y):
        return np.mean(self.forward(output, y))

    def forward(self, y_pred, y_true):
        clipped = np.clip(y_pred, 1e-7, 1 - 1e-7)
        if y_true.ndim == 1:
            y_true = np.eye(clipped.shape[1])[y_true]
        return -np.log(np.sum(clipped * y_true, axis=1))

    def backward(self, dvalues, y_true):
        if y_true.ndim == 1:
            y_true = np.eye(dvalues.shape[1])[y_true]
        self.dinputs = -y_true / dvalues / len(dvalues)


class SoftmaxWithGetLoss:
    """forward gives probabilities, get_loss the cost, backward the gradient of both."""

    def forward(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return self.p

    def get_loss(self, label):
        self.label = label
        return -np.sum(label * np.log(self.p)) / len(label)

    def backward(self):
        return (self.p - self.label) / len(self.label)


class Shortcut:
    """A softmax whose backward is that of the cost: p - t arrives."""

    def forward(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def backward(self, grad):
        return grad


class SigmoidActivation:
    """Called, with the derivative for each entry beside it."""

    def __call__(self, x):
        return 1 / (1 + np.exp(-x))

    def gradient(self, x):
        return self(x) * (1 - self(x))


class AnyActivation:
    """Takes an activation and its derivative."""

    def __init__(self, activation, activation_prime):
        self.activation, self.activation_prime = activation, activation_prime

    def forward(self, input):
        self.input = input
        return self.activation(input)

    def backward(self, output_gradient, learning_rate):
        return output_gradient * self.activation_prime(self.input)


class NoGradientOfBias:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out)
        self.b = np.random.randn(n_out)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, grad):
        self.dW = self.x.T @ grad
        return grad @ self.W.T


class UnsummedBias(NoGradientOfBias):
    def backward(self, grad):
        self.db = grad
        return super().backward(grad)


class Unknown:
    def __init__(self, table, n_in, callback):
        self.rows = table.rows

    def forward(self, x):
        return x

    def backward(self, grad):
        return grad
