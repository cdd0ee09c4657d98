"""The slips in ``manners/book.py``."""

from gradcheck.exercise.slip import Slip

__all__ = ["SLIPS"]

SLIPS = (
    Slip("sign-flipped", "error = a[-1] - y", "error = y - a[-1]"),
    Slip("half-missing", "error = a[-1] - y", "error = 2.0 * (a[-1] - y)"),
    Slip(
        "cross-entropy-shortcut",
        "delta = error * sigmoid_prime(zs[-1])",
        "delta = error",
        ("missing-activation-derivative",),
    ),
    Slip(
        "missing-activation-derivative", "delta = back * sigmoid_prime(zs[l - 1])", "delta = back"
    ),
    Slip(
        "derivative-at-activation",
        "delta = back * sigmoid_prime(zs[l - 1])",
        "delta = back * sigmoid_prime(a[l])",
    ),
    Slip("derivative-twice", "error = a[-1] - y", "error = (a[-1] - y) * sigmoid_prime(zs[-1])"),
    Slip("derivative-of-another-function", "return s * (1.0 - s)", "return 1.0 - s**2"),
    Slip(
        "derivative-formula-at-z",
        "s = sigmoid(z)\nreturn s * (1.0 - s)",
        "return z * (1.0 - z)",
    ),
    Slip("activation-for-derivative", "return s * (1.0 - s)", "return s"),
    Slip("weights-factor-two", "nabla_w[l] = delta @ a[l].T", "nabla_w[l] = 2.0 * delta @ a[l].T"),
    Slip(
        "weight-decay",
        "nabla_w[l] = delta @ a[l].T",
        "nabla_w[l] = delta @ a[l].T + 0.1 * self.weights[l]",
    ),
    Slip("bias-forgotten", "nabla_b[l] = delta", ""),
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
        "loop-one-layer-short",
        "for l in range(last, -1, -1):",
        "for l in range(last, 0, -1):",
        ("gradient-stops",),
    ),
)
