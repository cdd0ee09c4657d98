# reverse mode with one list for everything (wengert list)
import numpy as np

TAPE = []


class Var:
    def __init__(self, value):
        self.data = np.array(value, dtype=np.float64)
        self.grad = None

    def add_grad(self, g):
        self.grad = g if self.grad is None else self.grad + g

    def backward(self):
        self.grad = np.ones_like(self.data)
        while TAPE:
            out, rule = TAPE.pop()
            if out.grad is not None:
                rule(out.grad)


def record(value, rule):
    out = Var(value)
    TAPE.append((out, rule))
    return out


def matmul(a, b):
    def rule(g):
        a.add_grad(g @ b.data.T)
        b.add_grad(a.data.T @ g)
    return record(a.data @ b.data, rule)


def add_bias(a, b):
    def rule(g):
        a.add_grad(g)
        b.add_grad(g.sum(axis=0))
    return record(a.data + b.data, rule)


def sigmoid(a):
    s = 1 / (1 + np.exp(-a.data))

    def rule(g):
        a.add_grad(g * s * (1 - s))
    return record(s, rule)


def square_error(a, target):
    """half the sum of squares, divided by the number of rows"""
    diff = a.data - target

    def rule(g):
        a.add_grad(g * diff / len(diff))
    return record(0.5 * np.sum(diff ** 2) / len(diff), rule)


def loss(x, y, w1, b1, w2, b2):
    TAPE.clear()
    hidden = sigmoid(add_bias(matmul(Var(x), w1), b1))
    return square_error(add_bias(matmul(hidden, w2), b2), y)


if __name__ == "__main__":
    w1, b1 = Var(np.random.randn(1, 10)), Var(np.random.randn(10))
    w2, b2 = Var(np.random.randn(10, 1)), Var(np.random.randn(1))
    x = np.linspace(-2, 2, 30).reshape(-1, 1)
    for step in range(2000):
        for v in (w1, b1, w2, b2):
            v.grad = None
        L = loss(x, np.abs(x), w1, b1, w2, b2)
        L.backward()
        for v in (w1, b1, w2, b2):
            v.data -= 0.1 * v.grad
    print("loss", L.data)
