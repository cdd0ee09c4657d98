import numpy as np


def gated_forward(inp, kern, gate, shift):
    """highway-like unit: inp * (1 - g) + tanh(inp kern) * g, g = sigmoid(inp * gate + shift)"""
    h = np.tanh(inp @ kern)
    g = 1 / (1 + np.exp(-(inp * gate + shift)))
    out = inp * (1 - g) + h * g
    memory = {"inp": inp, "kern": kern, "gate": gate, "h": h, "g": g}
    return out, memory


def gated_backward(grad, memory):
    inp, kern, gate = memory["inp"], memory["kern"], memory["gate"]
    h, g = memory["h"], memory["g"]
    grad_h = grad * g * (1 - h ** 2)
    grad_a = grad * (h - inp) * g * (1 - g)
    grad_inp = grad * (1 - g) + grad_h @ kern.T + grad_a * gate
    grad_kern = inp.T @ grad_h
    grad_gate = np.sum(grad_a * inp, axis=0)
    grad_shift = np.sum(grad_a, axis=0)
    return grad_inp, grad_kern, grad_gate, grad_shift
