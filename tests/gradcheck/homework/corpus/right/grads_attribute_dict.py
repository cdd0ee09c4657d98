import numpy as np


class ThreeLayerNet:
    """loss(x, t) remembers everything, backward() fills self.grads. Keys start with W0."""

    def __init__(self, sizes, weight_init='he'):
        self.depth = len(sizes) - 1
        self.params, self.grads = {}, {}
        for i in range(self.depth):
            std = {'he': np.sqrt(2 / sizes[i]), 'xavier': np.sqrt(1 / sizes[i])}[weight_init]
            self.params[f'W{i}'] = std * np.random.randn(sizes[i], sizes[i + 1])
            self.params[f'b{i}'] = np.zeros(sizes[i + 1])

    def loss(self, x, t):
        self.t = t
        self.hs = [x]
        for i in range(self.depth):
            z = self.hs[i] @ self.params[f'W{i}'] + self.params[f'b{i}']
            self.hs.append(np.log1p(np.exp(z)) if i < self.depth - 1 else z)
        self.prob = np.exp(z - z.max(axis=1, keepdims=True))
        self.prob /= self.prob.sum(axis=1, keepdims=True)
        return -np.sum(t * np.log(self.prob)) / len(t)

    def backward(self):
        d = (self.prob - self.t) / len(self.t)
        for i in reversed(range(self.depth)):
            self.grads[f'W{i}'] = self.hs[i].T @ d
            self.grads[f'b{i}'] = d.sum(axis=0)
            d = d @ self.params[f'W{i}'].T
            # softplus: h = log(1 + e^z), so the slope is 1 - e^(-h)
            d = d * (1 - np.exp(-self.hs[i]))
        return self.grads

    def gradient(self, x, t):
        self.loss(x, t)
        return self.backward()


if __name__ == '__main__':
    net = ThreeLayerNet([2, 10, 10, 2])
    x = np.random.randn(100, 2)
    t = np.eye(2)[(x[:, 0] > 0).astype(int)]
    for i in range(300):
        g = net.gradient(x, t)
        for k in g:
            net.params[k] -= 0.5 * g[k]
    print('loss', net.loss(x, t))
