import numpy as np


class RegressionNet:
    # params: W1 b1 W2 b2 W3 b3, lower case in the text of the exercise

    def __init__(self, n_in, n_h1, n_h2, n_out):
        shapes = {"W1": (n_in, n_h1), "b1": (n_h1,), "W2": (n_h1, n_h2), "b2": (n_h2,),
                  "W3": (n_h2, n_out), "b3": (n_out,)}
        self.params = {}
        for name, shape in shapes.items():
            if name[0] == "W":
                limit = np.sqrt(6 / sum(shape))
                self.params[name] = np.random.uniform(-limit, limit, shape)
            else:
                self.params[name] = np.zeros(shape)

    def forward(self, x):
        p = self.params
        h1 = np.tanh(x @ p["W1"] + p["b1"])
        h2 = np.tanh(h1 @ p["W2"] + p["b2"])
        return h1, h2, h2 @ p["W3"] + p["b3"]

    def loss(self, x, y):
        """mean squared error and its gradient, y has the shape of the output"""
        p = self.params
        h1, h2, out = self.forward(x)
        diff = out - y
        mse = np.mean(diff ** 2)

        g = {}
        d3 = 2.0 * diff / diff.size
        g["W3"], g["b3"] = h2.T @ d3, d3.sum(axis=0)
        d2 = (1 - h2 ** 2) * (d3 @ p["W3"].T)
        g["W2"], g["b2"] = h1.T @ d2, d2.sum(axis=0)
        d1 = (1 - h1 ** 2) * (d2 @ p["W2"].T)
        g["W1"], g["b1"] = x.T @ d1, d1.sum(axis=0)
        return mse, g


if __name__ == "__main__":
    t = np.linspace(0, 1, 64)[:, None]
    net = RegressionNet(1, 12, 8, 1)
    for k in range(1500):
        mse, g = net.loss(t, np.cos(7 * t))
        for name in g:
            net.params[name] -= 0.2 * g[name]
    print("final mse %.5f" % mse)
