import numpy as np


class TwoLayerNet(object):
    """
    affine - relu - affine - softmax

    The weights live in self.params. The regularisation strength reg multiplies
    half the sum of squares of both weight matrices.
    """

    def __init__(self, input_dim=5, hidden_dim=7, num_classes=4, weight_scale=1e-3, reg=0.0):
        self.reg = reg
        self.params = {
            "W1": weight_scale * np.random.randn(input_dim, hidden_dim),
            "b1": np.zeros(hidden_dim),
            "W2": weight_scale * np.random.randn(hidden_dim, num_classes),
            "b2": np.zeros(num_classes),
        }

    def loss(self, X, y=None):
        """Scores if y is None, otherwise (loss, grads). y holds class numbers."""
        W1, b1, W2, b2 = (self.params[k] for k in ("W1", "b1", "W2", "b2"))
        N = X.shape[0]
        flat = X.reshape(N, -1)
        hidden = np.maximum(0, flat.dot(W1) + b1)
        scores = hidden.dot(W2) + b2
        if y is None:
            return scores

        shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
        probs = shifted / shifted.sum(axis=1, keepdims=True)
        loss = -np.log(probs[range(N), y]).sum() / N
        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))

        dscores = probs.copy()
        dscores[range(N), y] -= 1
        dscores /= N
        grads = {}
        grads["W2"] = hidden.T.dot(dscores) + self.reg * W2
        grads["b2"] = dscores.sum(axis=0)
        dhidden = dscores.dot(W2.T)
        dhidden[hidden <= 0] = 0
        grads["W1"] = flat.T.dot(dhidden) + self.reg * W1
        grads["b1"] = dhidden.sum(axis=0)
        return loss, grads


if __name__ == "__main__":
    net = TwoLayerNet(reg=0.1)
    X, y = np.random.randn(10, 5), np.random.randint(4, size=10)
    loss, grads = net.loss(X, y)
    print("initial loss", loss, "should be close to", np.log(4))
