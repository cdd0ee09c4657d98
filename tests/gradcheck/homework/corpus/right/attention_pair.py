import numpy as np


def attention_forward(q, k, v):
    # scaled dot product, q: (n, d), k: (m, d), v: (m, e)
    scale = 1 / np.sqrt(q.shape[-1])
    s = q @ k.T * scale
    s = np.exp(s - s.max(axis=-1, keepdims=True))
    p = s / s.sum(axis=-1, keepdims=True)
    return p @ v, (q, k, v, p, scale)


def attention_backward(dout, cache):
    q, k, v, p, scale = cache
    dv = p.T @ dout
    dp = dout @ v.T
    ds = p * (dp - np.sum(dp * p, axis=-1, keepdims=True))
    dq = ds @ k * scale
    dk = ds.T @ q * scale
    return dq, dk, dv


if __name__ == "__main__":
    rng = np.random.default_rng()
    out, _ = attention_forward(rng.normal(size=(2, 4)), rng.normal(size=(3, 4)), rng.normal(size=(3, 5)))
    print(out)
