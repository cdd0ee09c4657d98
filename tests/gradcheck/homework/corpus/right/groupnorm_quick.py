import numpy as np

# spatial group normalisation, the last part of the sheet


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param=None):
    """x: (N, C, H, W), gamma and beta: (1, C, 1, 1), G groups of channels"""
    eps = (gn_param or {}).get("eps", 1e-5)
    N, C, H, W = x.shape
    if C % G:
        raise ValueError("C must be a multiple of G")
    groups = x.reshape(N, G, -1)
    mu = groups.mean(axis=2, keepdims=True)
    inv = 1 / np.sqrt(groups.var(axis=2, keepdims=True) + eps)
    normed = ((groups - mu) * inv).reshape(x.shape)
    return gamma * normed + beta, (normed, inv, gamma, G)


def spatial_groupnorm_backward(dout, cache):
    normed, inv, gamma, G = cache
    N, C, H, W = dout.shape
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    dgamma = (dout * normed).sum(axis=(0, 2, 3), keepdims=True)
    d = (dout * gamma).reshape(N, G, -1)
    n = normed.reshape(N, G, -1)
    dx = d - d.mean(axis=2, keepdims=True) - n * (d * n).mean(axis=2, keepdims=True)
    return (dx * inv).reshape(N, C, H, W), dgamma, dbeta
