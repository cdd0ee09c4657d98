import numpy as np


def dropout_forward(x, dropout_param):
    """dropout_param: p = probability to KEEP, mode, seed (fixes the mask)"""
    p, mode = dropout_param['p'], dropout_param['mode']
    if 'seed' in dropout_param:
        np.random.seed(dropout_param['seed'])
    if mode == 'test':
        return x, (dropout_param, None)
    mask = (np.random.random_sample(x.shape) < p) / p
    return x * mask, (dropout_param, mask)


def dropout_backward(dout, cache):
    dropout_param, mask = cache
    dx = dout if dropout_param['mode'] == 'test' else dout * mask
    return dx


def leaky_relu_forward(x, slope=0.2):
    out = x * (x > 0) + slope * x * (x <= 0)
    return out, (x, slope)


def leaky_relu_backward(dout, cache):
    x, slope = cache
    factor = np.ones_like(x)
    factor[x <= 0] = slope
    dx = dout * factor
    return dx
