import numpy as np


def everything(X, y, a, b, c, d, slope=0.3, want_plot=False):
    """
    One function for the whole network. a: (n, k), b: (k,), c: (k, q), d: (q,)
    Returns (probabilities, loss, accuracy, gradient of d, of c, of b, of a, gradient of X).
    """
    n_examples = X.shape[0]
    u = X.dot(a) + b
    v = np.where(u > 0, u, slope * u)
    r = v.dot(c) + d
    r = r - r.max(axis=1, keepdims=True)
    e = np.exp(r)
    prob = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(n_examples)
    loss = -np.log(prob[rows, y]).sum() / n_examples
    accuracy = (prob.argmax(axis=1) == y).mean()

    t = prob.copy()
    t[rows, y] -= 1
    t /= n_examples
    gd = t.sum(axis=0)
    gc = v.T.dot(t)
    back = t.dot(c.T)
    back[u <= 0] *= slope
    gb = back.sum(axis=0)
    ga = X.T.dot(back)
    gX = back.dot(a.T)

    if want_plot:
        import matplotlib.pyplot as plt

        plt.scatter(X[:, 0], X[:, 1], c=y)
        plt.show()
    return prob, loss, accuracy, gd, gc, gb, ga, gX


if __name__ == "__main__":
    X = np.random.randn(30, 2)
    y = (X[:, 0] > X[:, 1]) * 1
    a, b, c, d = np.random.randn(2, 6), np.zeros(6), np.random.randn(6, 2), np.zeros(2)
    for k in range(100):
        p, loss, acc, gd, gc, gb, ga, gX = everything(X, y, a, b, c, d)
        a, b, c, d = a - ga, b - gb, c - gc, d - gd
    print(loss, acc)
