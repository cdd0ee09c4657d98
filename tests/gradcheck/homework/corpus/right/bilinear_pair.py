import numpy as np

"""
score of pairs: out[n] = left[n] M right[n] + c . left[n]
(knowledge graph exercise)
"""


def bilinear_forward(left, M, right, c):
    half = left @ M
    out = (half * right).sum(axis=1) + left @ c
    return out, (left, M, right, c, half)


def bilinear_backward(upstream, cache):
    left, M, right, c, half = cache
    u = upstream[:, None]
    d_left = u * (right @ M.T + c)
    d_M = left.T @ (u * right)
    d_right = u * half
    d_c = left.T @ upstream
    return d_left, d_M, d_right, d_c


def check_by_loops(left, M, right, c):
    out = []
    for l, r in zip(left, right):
        out.append(l @ M @ r + c @ l)
    return np.array(out)


if __name__ == "__main__":
    a, b, c, d = np.random.randn(4, 5), np.random.randn(5, 3), np.random.randn(4, 3), np.random.randn(5)
    assert np.allclose(bilinear_forward(a, b, c, d)[0], check_by_loops(a, b, c, d))
    print("forward is fine")
