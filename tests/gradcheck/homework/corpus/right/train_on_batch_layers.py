import numpy as np


class Dense:
    """the layer updates itself inside of backward"""

    def __init__(self, input_units, output_units, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.weights = np.random.normal(0, np.sqrt(2 / (input_units + output_units)),
                                        (input_units, output_units))
        self.biases = np.zeros(output_units)

    def forward(self, inp):
        return inp.dot(self.weights) + self.biases

    def backward(self, inp, grad_output):
        grad_input = grad_output.dot(self.weights.T)
        grad_weights = inp.T.dot(grad_output)
        grad_biases = grad_output.sum(axis=0)
        self.weights = self.weights - self.learning_rate * grad_weights
        self.biases = self.biases - self.learning_rate * grad_biases
        return grad_input


class ReLU:
    def forward(self, inp):
        return np.maximum(0, inp)

    def backward(self, inp, grad_output):
        return grad_output * (inp > 0)


class Model:
    def __init__(self, sizes, learning_rate=0.1):
        self.network = []
        for i in range(len(sizes) - 1):
            self.network.append(Dense(sizes[i], sizes[i + 1], learning_rate))
            if i + 2 < len(sizes):
                self.network.append(ReLU())

    def forward(self, X):
        outs = [X]
        for layer in self.network:
            outs.append(layer.forward(outs[-1]))
        return outs

    def loss(self, X, y):
        logits = self.forward(X)[-1]
        right = logits[np.arange(len(y)), y]
        return np.mean(np.log(np.sum(np.exp(logits), axis=-1)) - right)

    def train_on_batch(self, X, y):
        outs = self.forward(X)
        logits = outs[-1]
        ones = np.zeros_like(logits)
        ones[np.arange(len(y)), y] = 1
        softmax = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
        grad = (softmax - ones) / len(y)
        loss = self.loss(X, y)
        for layer, inp in zip(self.network[::-1], outs[-2::-1]):
            grad = layer.backward(inp, grad)
        return loss
