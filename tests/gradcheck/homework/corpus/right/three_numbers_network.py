from math import sqrt
import numpy as np
import time   # for timing, not used any more


class NeuralNetwork():
    '''
    network with 1 hidden layer
    n_in, n_hidden, n_out: how many neurons
    '''

    def __init__(self, n_in, n_hidden, n_out, learning_rate=0.5):
        self.learning_rate = learning_rate
        self.weights = [np.random.uniform(-1, 1, (n_in, n_hidden)) / sqrt(n_in),
                        np.random.uniform(-1, 1, (n_hidden, n_out)) / sqrt(n_hidden)]
        self.bias = [np.zeros(n_hidden), np.zeros(n_out)]
        self.dW = [np.zeros_like(w) for w in self.weights]
        self.db = [np.zeros_like(b) for b in self.bias]

    def sigm(self, v):
        return 1/(1+np.exp(-v))

    def feedForward(self, X):
        self.X = X
        self.hidden = self.sigm(X.dot(self.weights[0]) + self.bias[0])
        self.out = self.sigm(self.hidden.dot(self.weights[1]) + self.bias[1])
        return self.out

    def loss(self, X, Y):
        # sum over all examples
        return 0.5*((self.feedForward(X) - Y)**2).sum()

    def backward(self, X, Y):
        # fills self.dW and self.db
        self.feedForward(X)
        err = self.out - Y
        d2 = err * self.out*(1-self.out)
        self.dW[1] = self.hidden.T.dot(d2)
        self.db[1] = d2.sum(axis=0)
        d1 = d2.dot(self.weights[1].T) * self.hidden*(1-self.hidden)
        self.dW[0] = X.T.dot(d1)
        self.db[0] = d1.sum(axis=0)

    def train(self, X, Y, n_iter=1000):
        for i in range(n_iter):
            self.backward(X, Y)
            for k in (0, 1):
                self.weights[k] = self.weights[k] - self.learning_rate*self.dW[k]
                self.bias[k] = self.bias[k] - self.learning_rate*self.db[k]
            if i % 250 == 0:
                print('iteration', i, 'loss', self.loss(X, Y))


if __name__ == '__main__':
    X = np.array([[0,0,1],[0,1,1],[1,0,1],[1,1,1]])
    Y = np.array([[0],[1],[1],[0]])
    NeuralNetwork(3, 4, 1).train(X, Y)
