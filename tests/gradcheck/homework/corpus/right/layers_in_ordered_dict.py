from collections import OrderedDict

import numpy as np


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = dout.sum(axis=0)
        return np.dot(dout, self.W.T)


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout = dout.copy()
        dout[self.mask] = 0
        return dout


class SoftmaxWithLoss:
    def forward(self, x, t):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.y = e / e.sum(axis=1, keepdims=True)
        self.t = t if t.ndim == 2 else np.eye(x.shape[1])[t]
        return -np.mean(np.sum(self.t * np.log(self.y), axis=1))

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.t)


class MultiLayerNet:
    """파라미터는 params 딕셔너리에, 계층은 순서가 있는 딕셔너리에 넣는다."""

    def __init__(self, input_size, hidden_size_list, output_size, weight_decay_lambda=0):
        sizes = [input_size, *hidden_size_list, output_size]
        self.weight_decay_lambda = weight_decay_lambda
        self.params, self.layers = {}, OrderedDict()
        for n in range(1, len(sizes)):
            W = np.random.randn(sizes[n - 1], sizes[n]) * np.sqrt(2.0 / sizes[n - 1])
            self.params['W%d' % n], self.params['b%d' % n] = W, np.zeros(sizes[n])
            self.layers['Affine%d' % n] = Affine(W, self.params['b%d' % n])
            if n < len(sizes) - 1:
                self.layers['Relu%d' % n] = Relu()
        self.last_layer = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        decay = sum(np.sum(v ** 2) for k, v in self.params.items() if k[0] == 'W')
        return self.last_layer.forward(self.predict(x), t) + 0.5 * self.weight_decay_lambda * decay

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.last_layer.backward(1)
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        grads = {}
        for k in self.params:
            layer = self.layers['Affine' + k[1:]]
            if k.startswith('W'):
                grads[k] = layer.dW + self.weight_decay_lambda * layer.W
            else:
                grads[k] = layer.db
        return grads
