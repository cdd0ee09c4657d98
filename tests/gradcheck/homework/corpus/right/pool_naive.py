import numpy as np


def _positions(height, width, pool_param):
    """corners of all windows: (i, j, top, left)"""
    step = pool_param["stride"]
    ph, pw = pool_param["pool_height"], pool_param["pool_width"]
    for i in range((height - ph) // step + 1):
        for j in range((width - pw) // step + 1):
            yield i, j, i * step, j * step


def max_pool_forward(x, pool_param):
    N, C, H, W = x.shape
    ph, pw, step = pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"]
    out = np.zeros((N, C, (H - ph) // step + 1, (W - pw) // step + 1))
    for i, j, top, left in _positions(H, W, pool_param):
        out[:, :, i, j] = x[:, :, top:top + ph, left:left + pw].max(axis=(2, 3))
    return out, (x, pool_param)


def max_pool_backward(dout, cache):
    x, pool_param = cache
    N, C, H, W = x.shape
    ph, pw = pool_param["pool_height"], pool_param["pool_width"]
    dx = np.zeros_like(x)
    for i, j, top, left in _positions(H, W, pool_param):
        window = x[:, :, top:top + ph, left:left + pw]
        biggest = window == window.max(axis=(2, 3), keepdims=True)
        dx[:, :, top:top + ph, left:left + pw] += biggest * dout[:, :, i, j][:, :, None, None]
    return dx


if __name__ == "__main__":
    x = np.linspace(-0.3, 0.4, 32).reshape(2, 1, 4, 4)
    print(max_pool_forward(x, {"pool_width": 2, "pool_height": 2, "stride": 2})[0])
