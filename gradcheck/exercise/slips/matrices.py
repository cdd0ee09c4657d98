"""The slips in ``manners/matrices.py``."""

from gradcheck.exercise.slip import Slip

__all__ = ["SLIPS"]

SLIPS = (
    Slip("sign-flipped", "delta = (activations[-1] - y) / m", "delta = (y - activations[-1]) / m"),
    Slip(
        "not-divided-by-batch", "delta = (activations[-1] - y) / m", "delta = activations[-1] - y"
    ),
    Slip(
        "divided-twice",
        "nabla_w[l] = delta @ activations[l].T\nnabla_b[l] = delta.sum(axis=1, keepdims=True)",
        "nabla_w[l] = delta @ activations[l].T / m\nnabla_b[l] = delta.mean(axis=1, keepdims=True)",
    ),
    Slip(
        "targets-shuffled",
        "zs, activations = self.forward(x)",
        "zs, activations = self.forward(np.roll(x, -1, axis=1))",
    ),
    Slip(
        "softmax-off-diagonal-dropped",
        "delta = (activations[-1] - y) / m",
        "delta = -y * (1.0 - activations[-1]) / m",
    ),
    Slip(
        "fused-derivative-once-more",
        "delta = (activations[-1] - y) / m",
        "delta = (activations[-1] - y) * activations[-1] * (1.0 - activations[-1]) / m",
    ),
    Slip("missing-activation-derivative", "delta = back * tanh_prime(zs[l - 1])", "delta = back"),
    Slip(
        "derivative-at-activation",
        "delta = back * tanh_prime(zs[l - 1])",
        "delta = back * tanh_prime(activations[l])",
    ),
    Slip(
        "derivative-twice",
        "delta = back * tanh_prime(zs[l - 1])",
        "delta = back * tanh_prime(zs[l - 1]) * (1.0 - activations[l] ** 2)",
    ),
    Slip(
        "derivative-of-another-function",
        "return 1.0 - np.tanh(z) ** 2",
        "s = 1.0 / (1.0 + np.exp(-z))\nreturn s * (1.0 - s)",
    ),
    Slip("derivative-formula-at-z", "return 1.0 - np.tanh(z) ** 2", "return 1.0 - z**2"),
    Slip("activation-for-derivative", "return 1.0 - np.tanh(z) ** 2", "return np.tanh(z)"),
    Slip(
        "weights-factor-two",
        "nabla_w[l] = delta @ activations[l].T",
        "nabla_w[l] = 2.0 * delta @ activations[l].T",
    ),
    Slip(
        "gradient-clipped",
        "nabla_w[l] = delta @ activations[l].T",
        "nabla_w[l] = np.clip(delta @ activations[l].T, -0.05, 0.05)",
    ),
    Slip(
        "rounded-to-half-precision",
        "nabla_w[l] = delta @ activations[l].T",
        "nabla_w[l] = (delta @ activations[l].T).astype(np.float16)",
    ),
    Slip(
        "weight-decay",
        "nabla_w[l] = delta @ activations[l].T",
        "nabla_w[l] = delta @ activations[l].T + 0.1 * self.weights[l]",
    ),
    Slip(
        "bias-not-summed",
        "nabla_b[l] = delta.sum(axis=1, keepdims=True)",
        "nabla_b[l] = delta[:, -1:]",
    ),
    Slip(
        "bias-first-example-only",
        "nabla_b[l] = delta.sum(axis=1, keepdims=True)",
        "nabla_b[l] = delta[:, :1]",
    ),
    Slip(
        "bias-averaged",
        "nabla_b[l] = delta.sum(axis=1, keepdims=True)",
        "nabla_b[l] = delta.mean(axis=1, keepdims=True)",
    ),
    Slip("bias-forgotten", "nabla_b[l] = delta.sum(axis=1, keepdims=True)", ""),
    Slip(
        "weights-not-transposed",
        "back = self.weights[l].T @ delta",
        "back = self.weights[l] @ delta",
    ),
    Slip(
        "wrong-layers-weights",
        "back = self.weights[l].T @ delta",
        "back = self.weights[-1].T @ delta",
    ),
    Slip(
        "updated-weights",
        "if l > 0:",
        "self.weights[l] = self.weights[l] - 0.5 * nabla_w[l]\nif l > 0:",
    ),
    Slip(
        "loop-one-layer-short",
        "for l in reversed(range(len(self.weights))):",
        "for l in reversed(range(1, len(self.weights))):",
        ("gradient-stops",),
    ),
)
