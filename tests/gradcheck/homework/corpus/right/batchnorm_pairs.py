import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    D = x.shape[1]
    r_mean = bn_param.get("running_mean", np.zeros(D))
    r_var = bn_param.get("running_var", np.zeros(D))
    if mode == "test":
        return gamma * (x - r_mean) / np.sqrt(r_var + eps) + beta, None
    if mode != "train":
        raise ValueError("mode must be train or test, not %r" % mode)
    mean, var = x.mean(axis=0), x.var(axis=0)
    std = np.sqrt(var + eps)
    xhat = (x - mean) / std
    bn_param["running_mean"] = momentum * r_mean + (1 - momentum) * mean
    bn_param["running_var"] = momentum * r_var + (1 - momentum) * var
    return gamma * xhat + beta, (xhat, std, gamma)


def batchnorm_backward(dout, cache):
    """short formula, derived on paper"""
    xhat, std, gamma = cache
    N = len(dout)
    dbeta = dout.sum(axis=0)
    dgamma = np.sum(xhat * dout, axis=0)
    dx = gamma / (N * std) * (N * dout - dbeta - xhat * dgamma)
    return dx, dgamma, dbeta


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    flat = np.moveaxis(x, 1, -1).reshape(-1, C)
    out, cache = batchnorm_forward(flat, gamma, beta, bn_param)
    return np.moveaxis(out.reshape(N, H, W, C), -1, 1), cache


def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    flat = np.moveaxis(dout, 1, -1).reshape(-1, C)
    dx, dgamma, dbeta = batchnorm_backward(flat, cache)
    return np.moveaxis(dx.reshape(N, H, W, C), -1, 1), dgamma, dbeta
