import numpy as np


def layernorm_forward(x, gamma, beta, ln_param):
    """Every ROW of x is normalised."""
    eps = ln_param.get('eps', 1e-5)
    xt = x.T
    m = xt.mean(axis=0)
    v = ((xt - m) ** 2).mean(axis=0)
    s = np.sqrt(v + eps)
    norm = (xt - m) / s
    cache = dict(norm=norm, s=s, gamma=gamma)
    return norm.T * gamma + beta, cache


def layernorm_backward(dout, cache):
    norm, s, gamma = cache['norm'], cache['s'], cache['gamma']
    D = dout.shape[1]
    dgamma = np.einsum('nd,dn->d', dout, norm)
    dbeta = np.einsum('nd->d', dout)
    dn = (dout * gamma).T
    first = D * dn
    second = dn.sum(axis=0)
    third = norm * (dn * norm).sum(axis=0)
    dx = ((first - second - third) / (D * s)).T
    return dx, dgamma, dbeta


def layernorm_loop_check(x):
    # only to compare with the fast version
    out = np.zeros_like(x)
    for i, row in enumerate(x):
        out[i] = (row - row.mean()) / np.sqrt(row.var() + 1e-5)
    return out
