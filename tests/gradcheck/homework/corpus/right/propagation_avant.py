"""Functions over a dict, in French: propagation avant, coût, propagation arrière."""

import numpy as np


def initialisation(dimensions):
    parametres = {}
    for c in range(1, len(dimensions)):
        parametres['W%d' % c] = np.random.randn(dimensions[c], dimensions[c - 1])
        parametres['b%d' % c] = np.random.randn(dimensions[c], 1)
    return parametres


def propagation_avant(X, parametres):
    activations = {'A0': X}
    for c in range(1, len(parametres) // 2 + 1):
        Z = parametres['W%d' % c] @ activations['A%d' % (c - 1)] + parametres['b%d' % c]
        activations['A%d' % c] = 1 / (1 + np.exp(-Z))
    return activations


def cout(A, y):
    return -np.sum(y * np.log(A) + (1 - y) * np.log(1 - A)) / y.shape[1]


def propagation_arriere(y, parametres, activations):
    m = y.shape[1]
    derniere = len(parametres) // 2
    dZ = activations['A%d' % derniere] - y
    gradients = {}
    for c in range(derniere, 0, -1):
        gradients['dW%d' % c] = dZ @ activations['A%d' % (c - 1)].T / m
        gradients['db%d' % c] = dZ.sum(axis=1, keepdims=True) / m
        if c > 1:
            A = activations['A%d' % (c - 1)]
            dZ = (parametres['W%d' % c].T @ dZ) * A * (1 - A)
    return gradients


def mise_a_jour(parametres, gradients, taux_apprentissage):
    for cle in parametres:
        parametres[cle] = parametres[cle] - taux_apprentissage * gradients['d' + cle]
    return parametres
