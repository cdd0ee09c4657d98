# no numpy allowed in this exercise!
from math import exp
from random import random, seed


def initialize_network(n_inputs, n_hidden, n_outputs):
    """a network is a list of layers, a layer a list of neurons, a neuron a dict; the last weight is the bias"""
    return [
        [{'weights': [random() - 0.5 for _ in range(n_inputs + 1)]} for _ in range(n_hidden)],
        [{'weights': [random() - 0.5 for _ in range(n_hidden + 1)]} for _ in range(n_outputs)],
    ]


def forward_propagate(network, row):
    values = row
    for layer in network:
        new_values = []
        for neuron in layer:
            z = neuron['weights'][-1]
            for w, v in zip(neuron['weights'], values):
                z += w * v
            neuron['output'] = 1.0 / (1.0 + exp(-z))
            new_values.append(neuron['output'])
        values = new_values
    return values


def sum_error(network, row, expected):
    return sum((e - o) ** 2 for e, o in zip(expected, forward_propagate(network, row))) / 2


def backward_propagate_error(network, expected):
    """writes 'delta' into every neuron"""
    for i in reversed(range(len(network))):
        for j, neuron in enumerate(network[i]):
            if i == len(network) - 1:
                error = neuron['output'] - expected[j]
            else:
                error = sum(n['weights'][j] * n['delta'] for n in network[i + 1])
            neuron['delta'] = error * neuron['output'] * (1.0 - neuron['output'])


def update_weights(network, row, l_rate):
    values = row
    for layer in network:
        for neuron in layer:
            for j in range(len(values)):
                neuron['weights'][j] -= l_rate * neuron['delta'] * values[j]
            neuron['weights'][-1] -= l_rate * neuron['delta']
        values = [neuron['output'] for neuron in layer]


if __name__ == '__main__':
    seed(1)
    network = initialize_network(2, 3, 1)
    for epoch in range(2000):
        for row in ([0, 0], [0, 1], [1, 0], [1, 1]):
            forward_propagate(network, row)
            backward_propagate_error(network, [float(row[0] != row[1])])
            update_weights(network, row, 0.5)
    print(network)
