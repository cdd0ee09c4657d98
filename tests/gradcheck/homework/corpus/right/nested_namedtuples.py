"""Parameters as a tree of named tuples, nothing is ever changed in place (functional style)."""
from typing import NamedTuple

import numpy as np


class DenseParams(NamedTuple):
    kernel: np.ndarray
    offset: np.ndarray


class NetParams(NamedTuple):
    encoder: DenseParams
    decoder: DenseParams
    temperature: np.ndarray      # shape (1,)


def fresh(rng, n_in, n_code, n_out):
    def dense(a, b):
        return DenseParams(rng.normal(size=(a, b)) / np.sqrt(a), np.zeros(b))
    return NetParams(dense(n_in, n_code), dense(n_code, n_out), np.ones(1))


def apply(params, inputs):
    code = np.tanh(inputs @ params.encoder.kernel + params.encoder.offset)
    scores = code @ params.decoder.kernel + params.decoder.offset
    return scores * params.temperature, (code, scores)


def objective(params, inputs, wanted):
    out, _ = apply(params, inputs)
    return np.mean(np.sum((out - wanted) ** 2, axis=1))


def pullback(params, inputs, wanted):
    """the gradient has the same tree as params"""
    out, (code, scores) = apply(params, inputs)
    g_out = 2 * (out - wanted) / len(inputs)
    g_temperature = np.array([np.sum(g_out * scores)])
    g_scores = g_out * params.temperature
    g_decoder = DenseParams(code.T @ g_scores, g_scores.sum(axis=0))
    g_pre = (g_scores @ params.decoder.kernel.T) * (1 - code ** 2)
    g_encoder = DenseParams(inputs.T @ g_pre, g_pre.sum(axis=0))
    return NetParams(g_encoder, g_decoder, g_temperature)


def descend(params, grads, rate):
    step = lambda p, g: DenseParams(p.kernel - rate * g.kernel, p.offset - rate * g.offset)
    return NetParams(step(params.encoder, grads.encoder), step(params.decoder, grads.decoder),
                     params.temperature - rate * grads.temperature)
