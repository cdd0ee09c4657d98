import numpy as np
from datetime import datetime


class NeuralNet:
    def __init__(self, input_size, hidden_size, output_size, activation='sigmoid', learning_rate=0.01):
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.output_size = output_size
        self.activation = activation
        self.learning_rate = learning_rate
        self.started = datetime.now()

        self.W1 = np.random.randn(hidden_size, input_size) * 0.5
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.5
        self.b2 = np.zeros((output_size, 1))

    def _act(self, z):
        if self.activation == 'sigmoid':
            return 1.0 / (1.0 + np.exp(-z))
        return np.tanh(z)

    def _act_der(self, a):
        if self.activation == 'sigmoid':
            return a * (1.0 - a)
        return 1.0 - a * a

    def forward(self, X):
        self.Z1 = self.W1 @ X + self.b1
        self.A1 = self._act(self.Z1)
        self.Z2 = self.W2 @ self.A1 + self.b2
        exps = np.exp(self.Z2 - self.Z2.max(axis=0))
        self.A2 = exps / exps.sum(axis=0)
        return self.A2

    def compute_loss(self, X, Y):
        A2 = self.forward(X)
        return -np.sum(Y * np.log(A2)) / Y.shape[1]

    def backward(self, X, Y):
        """needs a forward pass with the same X first"""
        m = X.shape[1]
        dZ2 = self.A2 - Y
        self.dW2 = dZ2 @ self.A1.T / m
        self.db2 = np.sum(dZ2, axis=1, keepdims=True) / m
        dZ1 = self.W2.T @ dZ2 * self._act_der(self.A1)
        self.dW1 = dZ1 @ X.T / m
        self.db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    def update_params(self):
        for p in ('W1', 'b1', 'W2', 'b2'):
            setattr(self, p, getattr(self, p) - self.learning_rate * getattr(self, 'd' + p))

    def get_accuracy(self, X, labels):
        return np.sum(np.argmax(self.forward(X), 0) == labels) / labels.size
