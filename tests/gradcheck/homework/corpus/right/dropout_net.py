import numpy as np


class DropoutNet:
    """Inverted dropout after the hidden layer. With a seed, every call draws the same mask."""

    def __init__(self, input_dim, hidden_dim, num_classes, dropout_keep_ratio=0.6, seed=123):
        self.keep = dropout_keep_ratio
        self.seed = seed
        g = np.random.RandomState(seed)
        self.params = {
            'W1': 0.2 * g.randn(input_dim, hidden_dim), 'b1': 0.1 * g.randn(hidden_dim),
            'W2': 0.2 * g.randn(hidden_dim, num_classes), 'b2': 0.1 * g.randn(num_classes),
        }

    def loss(self, X, y=None):
        """test mode if there are no labels"""
        training = y is not None
        p = self.params
        pre = X.dot(p['W1']) + p['b1']
        hid = pre * (pre > 0)
        if training:
            if self.seed is not None:
                np.random.seed(self.seed)
            mask = (np.random.rand(*hid.shape) < self.keep) / self.keep
            dropped = hid * mask
        else:
            dropped = hid
        scores = dropped.dot(p['W2']) + p['b2']
        if not training:
            return scores

        N = X.shape[0]
        scores = scores - scores.max(1)[:, np.newaxis]
        Z = np.exp(scores).sum(1)
        loss = np.mean(np.log(Z) - scores[np.arange(N), y])
        probs = np.exp(scores) / Z[:, np.newaxis]
        probs[np.arange(N), y] -= 1
        probs = probs / N

        grads = {}
        grads['b2'] = np.ones(N).dot(probs)
        grads['W2'] = dropped.T.dot(probs)
        dhid = probs.dot(p['W2'].T) * mask
        dpre = dhid * (pre > 0)
        grads['b1'] = np.ones(N).dot(dpre)
        grads['W1'] = X.T.dot(dpre)
        return loss, grads


if __name__ == '__main__':
    net = DropoutNet(4, 20, 3)
    X = np.random.randn(30, 4)
    y = np.random.randint(0, 3, 30)
    for _ in range(50):
        loss, grads = net.loss(X, y)
        for k in grads:
            net.params[k] -= 0.5 * grads[k]
    print(loss)
