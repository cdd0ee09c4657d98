"""The slips in ``manners/regularised.py``."""

from gradcheck.exercise.slip import Slip

__all__ = ["SLIPS"]

SLIPS = (
    Slip("not-divided-by-batch", "dscores /= m", ""),
    Slip(
        "relu-derivative-one",
        "dz = dhidden * (hidden > 0.0)",
        "dz = dhidden",
        ("missing-activation-derivative",),
    ),
    Slip("activation-for-derivative", "dz = dhidden * (hidden > 0.0)", "dz = dhidden * hidden"),
    Slip("regularisation-missing", 'grads["W2"] += self.reg * w2', ""),
    Slip(
        "regularisation-twice",
        'grads["W1"] += self.reg * w1',
        'grads["W1"] += 2.0 * self.reg * w1',
    ),
    Slip("bias-not-summed", 'grads["b2"] = dscores.sum(axis=0)', 'grads["b2"] = dscores[-1]'),
    Slip("bias-first-example-only", 'grads["b1"] = dz.sum(axis=0)', 'grads["b1"] = dz[0]'),
    Slip("bias-averaged", 'grads["b1"] = dz.sum(axis=0)', 'grads["b1"] = dz.mean(axis=0)'),
    Slip(
        "bias-forgotten",
        'grads["b2"] = dscores.sum(axis=0)',
        'grads["b2"] = np.zeros_like(self.params["b2"])',
    ),
)
