import numpy as np


class MaxPool:
    def __init__(self, size=2):
        self.size = size

    def forward(self, x):
        # x: (N, C, H, W), H and W must be multiples of size
        N, C, H, W = x.shape
        s = self.size
        assert H % s == 0 and W % s == 0, "image size does not fit"
        self.shape = x.shape
        blocks = x.reshape(N, C, H // s, s, W // s, s).transpose(0, 1, 2, 4, 3, 5)
        self.flat = blocks.reshape(N, C, H // s, W // s, s * s)
        self.winner = self.flat.argmax(axis=-1)
        return self.flat.max(axis=-1)

    def backward(self, grad):
        N, C, H, W = self.shape
        s = self.size
        d = np.zeros(self.flat.shape)
        np.put_along_axis(d, self.winner[..., None], grad[..., None], axis=-1)
        d = d.reshape(N, C, H // s, W // s, s, s).transpose(0, 1, 2, 4, 3, 5)
        return d.reshape(self.shape)


class AvgPool:
    def __init__(self, size=2):
        self.size = size

    def forward(self, x):
        s = self.size
        N, C, H, W = x.shape
        return x.reshape(N, C, H // s, s, W // s, s).mean(axis=(3, 5))

    def backward(self, grad):
        s = self.size
        return np.repeat(np.repeat(grad, s, axis=2), s, axis=3) / (s * s)


class PoolBlock:
    """average pooling of the maxima"""

    def __init__(self):
        self.first, self.second = MaxPool(2), AvgPool(2)

    def forward(self, x):
        return self.second.forward(self.first.forward(x))

    def backward(self, grad):
        return self.first.backward(self.second.backward(grad))
