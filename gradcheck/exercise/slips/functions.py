"""The slips in ``manners/functions.py``."""

from gradcheck.exercise.slip import Slip

__all__ = ["SLIPS"]

SLIPS = (
    Slip(
        "sign-flipped",
        "dx = p.copy()\ndx[np.arange(m), y] -= 1.0",
        "dx = -p\ndx[np.arange(m), y] += 1.0",
    ),
    Slip("not-divided-by-batch", "dx /= m", ""),
    Slip(
        "divided-twice",
        "dw = x.T @ dout\ndb = dout.sum(axis=0)",
        "dw = x.T @ dout / len(x)\ndb = dout.mean(axis=0)",
    ),
    Slip(
        "softmax-off-diagonal-dropped",
        "dx = p.copy()\ndx[np.arange(m), y] -= 1.0",
        "dx = np.zeros(x.shape)\ndx[np.arange(m), y] = p[np.arange(m), y] - 1.0",
    ),
    Slip(
        "relu-derivative-one",
        "dx = dout * (x > 0.0)",
        "dx = dout",
        ("missing-activation-derivative",),
    ),
    Slip("missing-activation-derivative", "dx = dout * out * (1.0 - out)", "dx = dout"),
    Slip(
        "derivative-of-another-function",
        "dx = dout * (1.0 - out**2)",
        "dx = dout * out * (1.0 - out)",
    ),
    Slip("activation-for-derivative", "dx = dout * out * (1.0 - out)", "dx = dout * out"),
    Slip(
        "derivative-at-activation",
        "dx = dout * (1.0 - out**2)",
        "dx = dout * (1.0 - np.tanh(out) ** 2)",
    ),
    Slip("weights-factor-two", "dw = x.T @ dout", "dw = 2.0 * x.T @ dout"),
    Slip("gradient-clipped", "dw = x.T @ dout", "dw = np.clip(x.T @ dout, -1.0, 1.0)"),
    Slip("weight-decay", "dw = x.T @ dout", "dw = x.T @ dout + 0.1 * w"),
    Slip("bias-not-summed", "db = dout.sum(axis=0)", "db = dout[-1]"),
    Slip("bias-first-example-only", "db = dout.sum(axis=0)", "db = dout[0]"),
    Slip("bias-averaged", "db = dout.sum(axis=0)", "db = dout.mean(axis=0)"),
    Slip("bias-forgotten", "db = dout.sum(axis=0)", "db = np.zeros_like(b)"),
)
