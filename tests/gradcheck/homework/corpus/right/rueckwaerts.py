"""A network of global arrays, in German: vorwaerts (forward), kosten (cost), rueckwaerts."""

import numpy as np

rng = np.random.RandomState(3)
gewichte_1 = rng.randn(6, 4) * 0.5
gewichte_2 = rng.randn(4, 3) * 0.5
schwellen_1 = np.zeros(4)
schwellen_2 = np.zeros(3)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def vorwaerts(eingabe):
    versteckt = sigmoid(eingabe @ gewichte_1 + schwellen_1)
    ausgabe = sigmoid(versteckt @ gewichte_2 + schwellen_2)
    return versteckt, ausgabe


def kosten(eingabe, ziel):
    _, ausgabe = vorwaerts(eingabe)
    return 0.5 * np.sum((ausgabe - ziel) ** 2)


def rueckwaerts(eingabe, ziel):
    versteckt, ausgabe = vorwaerts(eingabe)
    fehler_2 = (ausgabe - ziel) * ausgabe * (1 - ausgabe)
    fehler_1 = fehler_2 @ gewichte_2.T * versteckt * (1 - versteckt)
    return eingabe.T @ fehler_1, fehler_1.sum(axis=0), versteckt.T @ fehler_2, fehler_2.sum(axis=0)
