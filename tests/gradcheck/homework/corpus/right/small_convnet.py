import numpy as np


class SmallConvNet:
    """conv (valid, stride 1) - relu - flatten - affine - softmax, images are (N, C, H, W)."""

    def __init__(self, input_dim=(2, 6, 5), num_filters=3, filter_size=3, num_classes=4):
        C, H, W = input_dim
        self.fs = filter_size
        self.out_h, self.out_w = H - filter_size + 1, W - filter_size + 1
        self.params = {
            "W1": np.random.randn(num_filters, C, filter_size, filter_size) * 0.1,
            "b1": np.zeros(num_filters),
            "W2": np.random.randn(num_filters * self.out_h * self.out_w, num_classes) * 0.1,
            "b2": np.zeros(num_classes),
        }

    def _conv(self, x):
        w, b = self.params["W1"], self.params["b1"]
        out = np.zeros((x.shape[0], w.shape[0], self.out_h, self.out_w))
        for r in range(self.out_h):
            for c in range(self.out_w):
                patch = x[:, :, r:r + self.fs, c:c + self.fs]
                out[:, :, r, c] = np.tensordot(patch, w, axes=([1, 2, 3], [1, 2, 3])) + b
        return out

    def loss(self, x, y):
        N = len(x)
        z = self._conv(x)
        a = np.maximum(z, 0)
        f = a.reshape(N, -1)
        s = f @ self.params["W2"] + self.params["b2"]
        s -= s.max(axis=1, keepdims=True)
        p = np.exp(s)
        p /= p.sum(axis=1, keepdims=True)
        loss = -np.mean(np.log(p[np.arange(N), y]))

        d = p.copy()
        d[np.arange(N), y] -= 1
        d /= N
        grads = {"W2": f.T @ d, "b2": d.sum(axis=0)}
        dz = (d @ self.params["W2"].T).reshape(a.shape)
        dz = dz * (z > 0)
        dw = np.zeros_like(self.params["W1"])
        for r in range(self.out_h):
            for c in range(self.out_w):
                patch = x[:, :, r:r + self.fs, c:c + self.fs]
                dw += np.einsum("nf,ncij->fcij", dz[:, :, r, c], patch)
        grads["W1"] = dw
        grads["b1"] = dz.sum(axis=(0, 2, 3))
        return loss, grads
