"""
class with three steps: forward -> backward -> update
comments partly in Turkish: katman = layer, hata = error, agirlik = weight
"""
import numpy as np


class YapaySinirAgi:

    def __init__(self, katmanlar, learning_rate=0.1):
        self.katmanlar = katmanlar
        self.lr = learning_rate
        self.W = {}
        self.b = {}
        for k in range(1, len(katmanlar)):
            self.W[k] = np.random.uniform(-0.7, 0.7, size=(katmanlar[k], katmanlar[k - 1]))
            self.b[k] = np.random.uniform(-0.1, 0.1, size=(katmanlar[k], 1))
        self.son = len(katmanlar) - 1   # number of the last layer

    def forward(self, x):
        self.A = {0: x}
        for k in range(1, self.son + 1):
            self.A[k] = 1 / (1 + np.exp(-(self.W[k] @ self.A[k - 1] + self.b[k])))
        return self.A[self.son]

    def hata(self, x, y):
        cikti = self.forward(x)
        return np.sum((cikti - y) ** 2) / x.shape[1]

    def backward(self, x, y):
        self.forward(x)
        adet = x.shape[1]
        self.dW, self.db = {}, {}
        dA = 2 * (self.A[self.son] - y) / adet
        for k in range(self.son, 0, -1):
            dZ = dA * self.A[k] * (1 - self.A[k])
            self.dW[k] = dZ @ self.A[k - 1].T
            self.db[k] = dZ.sum(axis=1).reshape(-1, 1)
            dA = self.W[k].T @ dZ
        return self.dW, self.db

    def update(self):
        for k in self.W:
            self.W[k] -= self.lr * self.dW[k]
            self.b[k] -= self.lr * self.db[k]


if __name__ == '__main__':
    ag = YapaySinirAgi([2, 4, 1], learning_rate=2.0)
    x = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
    y = np.array([[0, 1, 1, 0]])
    for adim in range(5000):
        ag.backward(x, y)
        ag.update()
    print(ag.forward(x).round(2), ag.hata(x, y))
