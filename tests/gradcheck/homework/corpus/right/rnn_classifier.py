import numpy as np


class RNNClassifier:
    """Reads a sequence (N, T, D), looks at the last state only. Truncation is not done."""

    def __init__(self, input_dim, hidden_dim, num_classes):
        H, D, C = hidden_dim, input_dim, num_classes
        self.params = {
            "Wx": np.random.randn(D, H) / np.sqrt(D),
            "Wh": np.random.randn(H, H) / np.sqrt(H),
            "b": np.zeros(H),
            "Wy": np.random.randn(H, C) / np.sqrt(H),
            "by": np.zeros(C),
        }

    def loss(self, x, y):
        p = self.params
        N, T, D = x.shape
        states = [np.zeros((N, p["b"].size))]
        for t in range(T):
            states.append(np.tanh(x[:, t].dot(p["Wx"]) + states[-1].dot(p["Wh"]) + p["b"]))
        scores = states[-1].dot(p["Wy"]) + p["by"]
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        prob = e / e.sum(axis=1, keepdims=True)
        loss = -np.log(prob[np.arange(N), y]).mean()

        grads = {k: np.zeros_like(v) for k, v in p.items()}
        d = prob
        d[np.arange(N), y] -= 1
        d = d / N
        grads["Wy"] = states[-1].T.dot(d)
        grads["by"] = d.sum(axis=0)
        dh = d.dot(p["Wy"].T)
        for t in range(T - 1, -1, -1):
            draw = dh * (1 - states[t + 1] ** 2)
            grads["Wx"] += x[:, t].T.dot(draw)
            grads["Wh"] += states[t].T.dot(draw)
            grads["b"] += draw.sum(axis=0)
            dh = draw.dot(p["Wh"].T)
        return loss, grads
