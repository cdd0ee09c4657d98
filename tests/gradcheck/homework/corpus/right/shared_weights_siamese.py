import numpy as np


class SiameseNet:
    """two rows of x, one after the other, go through the same weights: x is (N, 2 * n)"""

    def __init__(self, n, hidden, embedding):
        self.n = n
        self.params = {"W1": np.random.randn(n, hidden) * 0.3, "b1": np.zeros(hidden),
                       "W2": np.random.randn(hidden, embedding) * 0.3, "b2": np.zeros(embedding)}

    def embed(self, x):
        h = np.maximum(x @ self.params["W1"] + self.params["b1"], 0)
        return h, h @ self.params["W2"] + self.params["b2"]

    def loss(self, x, y):
        """y is (N,), the wanted squared distance of the two embeddings"""
        left, right = x[:, :self.n], x[:, self.n:]
        h_left, e_left = self.embed(left)
        h_right, e_right = self.embed(right)
        difference = e_left - e_right
        distance = (difference ** 2).sum(axis=1)
        loss = ((distance - y) ** 2).mean()

        d_distance = 2 * (distance - y) / len(y)
        d_left = 2 * difference * d_distance[:, None]
        grads = {k: np.zeros_like(v) for k, v in self.params.items()}
        for inp, h, d in ((left, h_left, d_left), (right, h_right, -d_left)):
            grads["W2"] += h.T @ d
            grads["b2"] += d.sum(axis=0)
            dh = (d @ self.params["W2"].T) * (h > 0)
            grads["W1"] += inp.T @ dh
            grads["b1"] += dh.sum(axis=0)
        return loss, grads


if __name__ == "__main__":
    net = SiameseNet(4, 16, 2)
    x = np.random.randn(32, 8)
    y = ((x[:, :4] - x[:, 4:]) ** 2).sum(axis=1)
    for i in range(200):
        loss, grads = net.loss(x, y)
        for k in grads:
            net.params[k] -= 1e-4 * grads[k]
    print(loss)
