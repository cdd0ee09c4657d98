import numpy as np


class BatchNorm1d:
    def __init__(self, num_features, momentum=0.9, eps=1e-5):
        self.gamma = np.ones(num_features)
        self.beta = np.zeros(num_features)
        self.momentum, self.eps = momentum, eps
        self.running_mean = np.zeros(num_features)
        self.running_var = np.ones(num_features)
        self.training = True
        self.grads = {}

    def forward(self, x):
        if not self.training:
            normed = (x - self.running_mean) / np.sqrt(self.running_var + self.eps)
            return self.gamma * normed + self.beta
        mu = np.mean(x, axis=0)
        self.centred = x - mu
        var = np.mean(self.centred ** 2, axis=0)
        self.inv_std = (var + self.eps) ** -0.5
        self.normed = self.centred * self.inv_std
        self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mu
        self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
        return self.gamma * self.normed + self.beta

    def backward(self, dy):
        # step by step along the graph, backwards
        N = dy.shape[0]
        self.grads["beta"] = np.sum(dy, axis=0)
        self.grads["gamma"] = np.sum(dy * self.normed, axis=0)
        dnormed = dy * self.gamma
        dcentred = dnormed * self.inv_std
        dinv_std = np.sum(dnormed * self.centred, axis=0)
        dvar = dinv_std * -0.5 * self.inv_std ** 3
        dcentred += dvar * 2 * self.centred / N
        dmu = -np.sum(dcentred, axis=0)
        return dcentred + dmu / N


if __name__ == "__main__":
    bn = BatchNorm1d(4)
    y = bn.forward(5 + 3 * np.random.randn(1000, 4))
    print(y.mean(0), y.std(0))
