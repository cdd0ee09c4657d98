# run me with: python missing_data_script.py
import numpy as np
import matplotlib.pyplot as plt

raw = np.loadtxt("train_data.csv", delimiter=",", skiprows=1)
labels = raw[:, 0].astype(int)
pixels = raw[:, 1:] / 255.0
HIDDEN = 64
CLASSES = 10


class Net:
    def __init__(self, sizes):
        self.weights = [np.random.randn(a, b) * np.sqrt(1 / a) for a, b in zip(sizes, sizes[1:])]
        self.biases = [np.zeros(b) for b in sizes[1:]]

    def feedforward(self, x):
        self.outs = [x]
        for w, b in zip(self.weights[:-1], self.biases[:-1]):
            self.outs.append(1 / (1 + np.exp(-(self.outs[-1] @ w + b))))
        z = self.outs[-1] @ self.weights[-1] + self.biases[-1]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, x, y):
        return -np.log(self.feedforward(x)[range(len(y)), y]).mean()

    def backprop(self, x, y):
        p = self.feedforward(x)
        p[range(len(y)), y] -= 1
        delta = p / len(y)
        gw, gb = [], []
        for i in range(len(self.weights) - 1, -1, -1):
            gw.insert(0, self.outs[i].T @ delta)
            gb.insert(0, delta.sum(axis=0))
            delta = delta @ self.weights[i].T * self.outs[i] * (1 - self.outs[i])
        return gw, gb


net = Net([pixels.shape[1], HIDDEN, CLASSES])
history = []
for epoch in range(50):
    order = np.random.permutation(len(labels))
    for start in range(0, len(order), 32):
        pick = order[start:start + 32]
        gw, gb = net.backprop(pixels[pick], labels[pick])
        for i in range(len(gw)):
            net.weights[i] -= 0.1 * gw[i]
            net.biases[i] -= 0.1 * gb[i]
    history.append(net.loss(pixels, labels))
    print(epoch, history[-1])
plt.plot(history)
plt.savefig("loss.png")
