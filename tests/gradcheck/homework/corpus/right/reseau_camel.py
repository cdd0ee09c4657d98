# TP 3 - perceptron multicouche (les commentaires sont en français, désolé)
import numpy as np
import matplotlib


ACTIVATIONS = {
    "tanh": (np.tanh, lambda z: 1.0 - np.tanh(z) ** 2),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)),
                lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
    "softplus": (lambda z: np.log1p(np.exp(z)), lambda z: 1 / (1 + np.exp(-z))),
}


class NeuralNet:
    def __init__(self, layerSizes, activation="tanh"):
        self.layerSizes = layerSizes
        self.nbLayers = len(layerSizes)
        self.act, self.actPrime = ACTIVATIONS[activation]
        self.w = []
        self.b = []
        for nIn, nOut in zip(layerSizes[:-1], layerSizes[1:]):
            self.w.append(np.random.normal(scale=1 / np.sqrt(nIn), size=(nIn, nOut)))
            self.b.append(np.random.normal(scale=0.1, size=nOut))

    def feedForward(self, entree):
        # entree : une ligne par exemple
        sortie = entree
        for poids, biais in zip(self.w, self.b):
            sortie = self.act(sortie @ poids + biais)
        return sortie

    def coutMoyen(self, entree, cible):
        ecart = self.feedForward(entree) - cible
        return np.mean(np.sum(ecart ** 2, axis=1)) / 2

    def backProp(self, entree, cible):
        # on garde z et a de chaque couche
        memoire = []
        a = entree
        for poids, biais in zip(self.w, self.b):
            z = a @ poids + biais
            memoire.append((a, z))
            a = self.act(z)
        nbExemples = entree.shape[0]
        gradW = [0] * (self.nbLayers - 1)
        gradB = [0] * (self.nbLayers - 1)
        amont = (a - cible) / nbExemples
        for k in range(self.nbLayers - 2, -1, -1):
            aAvant, z = memoire[k]
            delta = amont * self.actPrime(z)
            gradW[k] = aAvant.T @ delta
            gradB[k] = delta.sum(0)
            amont = delta @ self.w[k].T
        return gradW, gradB


if __name__ == "__main__":
    reseau = NeuralNet([2, 5, 1])
    X = np.random.rand(100, 2)
    Y = (X[:, :1] * X[:, 1:])
    for tour in range(2000):
        gw, gb = reseau.backProp(X, Y)
        for k in range(2):
            reseau.w[k] -= 0.5 * gw[k]
            reseau.b[k] -= 0.5 * gb[k]
    print("cout final", reseau.coutMoyen(X, Y))
