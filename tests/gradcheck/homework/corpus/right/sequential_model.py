import numpy as np


class Module:
    def parameters(self):
        return []

    def __call__(self, *args):
        return self.forward(*args)


class Linear(Module):
    def __init__(self, d_in, d_out):
        bound = 1 / np.sqrt(d_in)
        self.w = np.random.uniform(-bound, bound, size=(d_in, d_out))
        self.b = np.random.uniform(-bound, bound, size=d_out)
        self.grad_w = np.zeros_like(self.w)
        self.grad_b = np.zeros_like(self.b)

    def forward(self, x):
        self.saved = x
        return x @ self.w + self.b

    def backward(self, grad):
        self.grad_w = self.saved.T @ grad
        self.grad_b = grad.sum(0)
        return grad @ self.w.T

    def parameters(self):
        return [(self.w, self.grad_w), (self.b, self.grad_b)]


class Tanh(Module):
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, grad):
        return grad * (1 - self.out * self.out)


class Sigmoid(Module):
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, grad):
        return grad * self.out * (1 - self.out)


class Sequential(Module):
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad):
        for layer in self.layers[::-1]:
            grad = layer.backward(grad)
        return grad

    def parameters(self):
        return [p for layer in self.layers for p in layer.parameters()]


def make_net(*sizes):
    layers = []
    for a, b in zip(sizes[:-2], sizes[1:-1]):
        layers += [Linear(a, b), Tanh()]
    return Sequential(*layers, Linear(sizes[-2], sizes[-1]), Sigmoid())


model = make_net(2, 5, 1)
print("number of parameters:", sum(p.size for p, g in model.parameters()))
