"""The slips in ``manners/layers.py``."""

from gradcheck.exercise.slip import Slip

__all__ = ["SLIPS"]

SLIPS = (
    Slip("sign-flipped", "error = self.output - self.target", "error = self.target - self.output"),
    Slip("not-divided-by-batch", "return error / len(error)", "return error"),
    Slip("half-missing", "return error / len(error)", "return 2.0 * error / len(error)"),
    Slip(
        "relu-derivative-one",
        "return grad * (self.x > 0.0)",
        "return grad",
        ("missing-activation-derivative",),
    ),
    Slip(
        "missing-activation-derivative",
        "slope = self.out * (1.0 - self.out)\nreturn grad * slope",
        "return grad",
    ),
    Slip(
        "derivative-at-activation",
        "slope = self.out * (1.0 - self.out)",
        "a = 1.0 / (1.0 + np.exp(-self.out))\nslope = a * (1.0 - a)",
    ),
    Slip("derivative-twice", "return grad * slope", "return grad * slope * slope"),
    Slip(
        "derivative-of-another-function",
        "slope = self.out * (1.0 - self.out)",
        "slope = 1.0 - self.out**2",
    ),
    Slip(
        "derivative-formula-at-z",
        "slope = self.out * (1.0 - self.out)",
        "slope = self.x * (1.0 - self.x)",
    ),
    Slip("activation-for-derivative", "slope = self.out * (1.0 - self.out)", "slope = self.out"),
    Slip("weights-factor-two", "self.dw = self.x.T @ grad", "self.dw = 2.0 * self.x.T @ grad"),
    Slip(
        "gradient-clipped",
        "self.dw = self.x.T @ grad",
        "self.dw = np.clip(self.x.T @ grad, -0.2, 0.2)",
    ),
    Slip(
        "rounded-to-half-precision",
        "self.dw = self.x.T @ grad",
        "self.dw = (self.x.T @ grad).astype(np.float16)",
    ),
    Slip("weight-decay", "self.dw = self.x.T @ grad", "self.dw = self.x.T @ grad + 0.1 * self.w"),
    Slip("bias-not-summed", "self.db = grad.sum(axis=0)", "self.db = grad[-1]"),
    Slip("bias-first-example-only", "self.db = grad.sum(axis=0)", "self.db = grad[0]"),
    Slip("bias-averaged", "self.db = grad.sum(axis=0)", "self.db = grad.mean(axis=0)"),
    Slip("bias-forgotten", "self.db = grad.sum(axis=0)", ""),
)
