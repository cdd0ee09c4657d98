# Red neuronal desde cero (práctica 1)
import numpy as np

class RedNeuronal:
    def __init__(self, capas, semilla=42):
        np.random.seed(semilla)
        self.capas = capas
        self.weights = []
        self.biases = []
        for i in range(1, len(capas)):
            # inicialización de He
            self.weights.append(np.random.randn(capas[i-1], capas[i]) * np.sqrt(2 / capas[i-1]))
            self.biases.append(np.zeros((1, capas[i])))
        self.grads = {}

    def relu(self, z):
        return np.maximum(z, 0)

    def softmax(self, z):
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def forward(self, X):
        self.activaciones = [X]
        self.pre = []
        ultima = len(self.weights) - 1
        for i, (w, b) in enumerate(zip(self.weights, self.biases)):
            z = self.activaciones[-1] @ w + b
            self.pre.append(z)
            self.activaciones.append(self.softmax(z) if i == ultima else self.relu(z))
        return self.activaciones[-1]

    def perdida(self, X, Y):
        """entropía cruzada media, Y en one-hot"""
        P = self.forward(X)
        return -np.sum(Y * np.log(P)) / X.shape[0]

    def backward(self, X, Y):
        P = self.forward(X)
        dZ = (P - Y) / X.shape[0]
        dws, dbs = [], []
        i = len(self.weights) - 1
        while i >= 0:
            dws.append(self.activaciones[i].T @ dZ)
            dbs.append(np.sum(dZ, axis=0, keepdims=True))
            if i > 0:
                dZ = (dZ @ self.weights[i].T) * (self.pre[i-1] > 0)
            i -= 1
        self.grads = {"weights": dws[::-1], "biases": dbs[::-1]}

    def actualizar(self, tasa):
        for k in range(len(self.weights)):
            self.weights[k] -= tasa * self.grads["weights"][k]
            self.biases[k] -= tasa * self.grads["biases"][k]

    def exactitud(self, X, etiquetas):
        return np.mean(self.forward(X).argmax(1) == etiquetas)

if __name__ == "__main__":
    X = np.random.randn(90, 2)
    y = (X[:, 0] > 0).astype(int) + (X[:, 1] > 0).astype(int)
    red = RedNeuronal([2, 16, 3])
    for epoca in range(500):
        red.backward(X, np.eye(3)[y])
        red.actualizar(0.5)
    print("exactitud:", red.exactitud(X, y))
