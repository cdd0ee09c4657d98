"""A network in Spanish: pesos (weights), sesgos (biases), retropropagacion (backprop)."""

import numpy as np


def sigmoide(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoide_derivada(z):
    s = sigmoide(z)
    return s * (1 - s)


class RedNeuronal:
    def __init__(self, capas):
        self.capas = capas
        self.pesos = [np.random.randn(n, m) for m, n in zip(capas[:-1], capas[1:])]
        self.sesgos = [np.random.randn(n, 1) for n in capas[1:]]

    def propagacion_adelante(self, entrada):
        salida = entrada
        for w, b in zip(self.pesos, self.sesgos):
            salida = sigmoide(w @ salida + b)
        return salida

    def costo(self, entrada, objetivo):
        return 0.5 * np.sum((self.propagacion_adelante(entrada) - objetivo) ** 2)

    def retropropagacion(self, entrada, objetivo):
        activaciones, sumas = [entrada], []
        for w, b in zip(self.pesos, self.sesgos):
            sumas.append(w @ activaciones[-1] + b)
            activaciones.append(sigmoide(sumas[-1]))
        grad_pesos = [None] * len(self.pesos)
        grad_sesgos = [None] * len(self.sesgos)
        delta = (activaciones[-1] - objetivo) * sigmoide_derivada(sumas[-1])
        for capa in reversed(range(len(self.pesos))):
            grad_pesos[capa] = delta @ activaciones[capa].T
            grad_sesgos[capa] = delta
            if capa:
                delta = (self.pesos[capa].T @ delta) * sigmoide_derivada(sumas[capa - 1])
        return grad_sesgos, grad_pesos
