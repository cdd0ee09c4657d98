# everything is a plain 1-D vector, no columns, no batches
import numpy as np
np.random.seed(1)

sig = lambda v: 1 / (1 + np.exp(-v))


class Brain:
    def __init__(self, *layers):
        print("making a brain with layers", layers)
        self.layers = layers
        self.w = [np.random.rand(n, m) - 0.5 for m, n in zip(layers, layers[1:])]
        self.b = [np.random.rand(n) - 0.5 for n in layers[1:]]

    def feed_forward(self, x):
        for w, b in zip(self.w, self.b):
            x = sig(w.dot(x) + b)
        return x

    def error(self, x, y):
        return ((y - self.feed_forward(x)) ** 2).sum()    # no one half here

    def back_prop(self, x, y):
        outs = [np.asarray(x, dtype=float)]
        for w, b in zip(self.w, self.b):
            outs.append(sig(w.dot(outs[-1]) + b))
        e = -2 * (y - outs[-1])
        gw, gb = [], []
        for n in range(len(self.w), 0, -1):
            e = e * outs[n] * (1 - outs[n])
            gw.append(np.outer(e, outs[n - 1]))
            gb.append(e)
            e = self.w[n - 1].T.dot(e)
        gw.reverse()
        gb.reverse()
        return gw, gb

    def learn(self, x, y, rate=0.2):
        gw, gb = self.back_prop(x, y)
        for i in range(len(self.w)):
            self.w[i] = self.w[i] - rate * gw[i]
            self.b[i] = self.b[i] - rate * gb[i]


brain = Brain(2, 4, 1)
for step in range(200):
    x = np.random.rand(2)
    brain.learn(x, np.array([x.max()]))
print("error at (0.2, 0.9):", brain.error([0.2, 0.9], 0.9))
