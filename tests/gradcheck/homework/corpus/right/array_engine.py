import numpy as np


def unbroadcast(grad, shape):
    """sum the gradient over the axes that broadcasting has added or stretched"""
    while grad.ndim > len(shape):
        grad = grad.sum(axis=0)
    for axis, n in enumerate(shape):
        if n == 1 and grad.shape[axis] != 1:
            grad = grad.sum(axis=axis, keepdims=True)
    return grad


class Tensor:
    def __init__(self, data, _children=()):
        self.data = np.asarray(data, dtype=float)
        self.grad = np.zeros_like(self.data)
        self._children = _children
        self._backward = lambda: None

    @property
    def shape(self):
        return self.data.shape

    def _wrap(self, other):
        return other if isinstance(other, Tensor) else Tensor(other)

    def __add__(self, other):
        other = self._wrap(other)
        out = Tensor(self.data + other.data, (self, other))

        def _backward():
            self.grad += unbroadcast(out.grad, self.shape)
            other.grad += unbroadcast(out.grad, other.shape)
        out._backward = _backward
        return out

    def __mul__(self, other):
        other = self._wrap(other)
        out = Tensor(self.data * other.data, (self, other))

        def _backward():
            self.grad += unbroadcast(out.grad * other.data, self.shape)
            other.grad += unbroadcast(out.grad * self.data, other.shape)
        out._backward = _backward
        return out

    def __sub__(self, other):
        return self + self._wrap(other) * -1.0

    def __matmul__(self, other):
        out = Tensor(self.data @ other.data, (self, other))

        def _backward():
            self.grad += out.grad @ other.data.T
            other.grad += self.data.T @ out.grad
        out._backward = _backward
        return out

    def relu(self):
        out = Tensor(np.maximum(self.data, 0), (self,))

        def _backward():
            self.grad += out.grad * (self.data > 0)
        out._backward = _backward
        return out

    def mean(self):
        out = Tensor(self.data.mean(), (self,))

        def _backward():
            self.grad += out.grad * np.ones_like(self.data) / self.data.size
        out._backward = _backward
        return out

    def backward(self):
        topo, visited = [], set()

        def build(t):
            if id(t) in visited:
                return
            visited.add(id(t))
            for c in t._children:
                build(c)
            topo.append(t)
        build(self)
        self.grad = np.ones_like(self.data)
        for t in topo[::-1]:
            t._backward()


class Net:
    def __init__(self, n_in, n_hidden, n_out):
        self.W1, self.b1 = Tensor(np.random.randn(n_in, n_hidden)), Tensor(np.zeros((1, n_hidden)))
        self.W2, self.b2 = Tensor(np.random.randn(n_hidden, n_out)), Tensor(np.zeros(n_out))

    def parameters(self):
        return [self.W1, self.b1, self.W2, self.b2]

    def loss(self, x, y):
        out = (Tensor(x) @ self.W1 + self.b1).relu() @ self.W2 + self.b2
        diff = out - Tensor(y)
        return (diff * diff).mean()
