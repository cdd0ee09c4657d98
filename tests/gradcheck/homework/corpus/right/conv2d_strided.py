import numpy as np


class Conv2D:
    """Cross-correlation. Input (batch, height, width, channels), stride and zero padding."""

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.k = kernel_size
        self.stride = stride
        self.pad = padding
        std = np.sqrt(2 / (kernel_size * kernel_size * in_channels))
        self.kernels = np.random.normal(0, std, (kernel_size, kernel_size, in_channels, out_channels))
        self.bias = np.zeros(out_channels)

    def _padded(self, x):
        p = self.pad
        return np.pad(x, [(0, 0), (p, p), (p, p), (0, 0)])

    def _windows(self, h, w):
        for i in range((h - self.k) // self.stride + 1):
            for j in range((w - self.k) // self.stride + 1):
                top, left = i * self.stride, j * self.stride
                yield i, j, slice(top, top + self.k), slice(left, left + self.k)

    def forward(self, x):
        self.xp = self._padded(x)
        n, h, w, _ = self.xp.shape
        oh, ow = (h - self.k) // self.stride + 1, (w - self.k) // self.stride + 1
        out = np.empty((n, oh, ow, self.bias.size))
        for i, j, rows, cols in self._windows(h, w):
            out[:, i, j] = np.einsum("nabc,abcf->nf", self.xp[:, rows, cols], self.kernels)
        return out + self.bias

    def backward(self, d_out):
        n, h, w, _ = self.xp.shape
        self.d_kernels = np.zeros(self.kernels.shape)
        d_xp = np.zeros(self.xp.shape)
        for i, j, rows, cols in self._windows(h, w):
            d = d_out[:, i, j]
            self.d_kernels += np.einsum("nabc,nf->abcf", self.xp[:, rows, cols], d)
            d_xp[:, rows, cols] += np.einsum("nf,abcf->nabc", d, self.kernels)
        self.d_bias = np.sum(d_out, axis=(0, 1, 2))
        if self.pad == 0:
            return d_xp
        return d_xp[:, self.pad:-self.pad, self.pad:-self.pad]


if __name__ == "__main__":
    conv = Conv2D(3, 8, 3, stride=2, padding=1)
    print(conv.forward(np.random.rand(2, 9, 9, 3)).shape)
