"""The slips in ``manners/params.py``."""

from gradcheck.exercise.slip import Slip

__all__ = ["SLIPS"]

SLIPS = (
    Slip("sign-flipped", "dZ3 = (A3 - Y) / m", "dZ3 = (Y - A3) / m"),
    Slip("not-divided-by-batch", "dZ3 = (A3 - Y) / m", "dZ3 = A3 - Y"),
    Slip("divided-twice", "dZ3 = (A3 - Y) / m", "dZ3 = (A3 - Y) / m**2"),
    Slip(
        "fused-derivative-once-more",
        "dZ3 = (A3 - Y) / m",
        "dZ3 = (A3 - Y) * A3 * (1.0 - A3) / m",
    ),
    Slip(
        "relu-derivative-one",
        'dZ2 = dA2 * (cache["Z2"] > 0.0)',
        "dZ2 = dA2",
        ("missing-activation-derivative",),
    ),
    Slip(
        "missing-activation-derivative",
        'dZ1 = dA1 * (cache["Z1"] > 0.0)',
        "dZ1 = dA1",
        ("relu-derivative-one",),
    ),
    Slip("activation-for-derivative", 'dZ1 = dA1 * (cache["Z1"] > 0.0)', "dZ1 = dA1 * A1"),
    Slip("weights-gradient-transposed", "dW2 = A1.T @ dZ2", "dW2 = dZ2.T @ A1"),
    Slip("upstream-and-downstream-swapped", "dW2 = A1.T @ dZ2", "dW2 = A2.T @ dZ2"),
    Slip("z-for-activations", "dW2 = A1.T @ dZ2", 'dW2 = cache["Z1"].T @ dZ2'),
    Slip("weights-factor-two", "dW2 = A1.T @ dZ2", "dW2 = 2.0 * A1.T @ dZ2"),
    Slip("gradient-clipped", "dW1 = X.T @ dZ1", "dW1 = np.clip(X.T @ dZ1, -0.05, 0.05)"),
    Slip("bias-not-summed", "db2 = dZ2.sum(axis=0)", "db2 = dZ2[-1]"),
    Slip("bias-first-example-only", "db1 = dZ1.sum(axis=0)", "db1 = dZ1[0]"),
    Slip("bias-averaged", "db3 = dZ3.sum(axis=0)", "db3 = dZ3.mean(axis=0)"),
    Slip("bias-forgotten", "db3 = dZ3.sum(axis=0)", "db3 = np.zeros(dZ3.shape[1])"),
    Slip("weights-not-transposed", "dA1 = dZ2 @ W2.T", "dA1 = dZ2 @ W2"),
)
