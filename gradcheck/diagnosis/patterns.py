"""Names for what is wrong with the numbers of one array, where no mistake of the zoo is certain.

The name of a likely mistake is one of the zoo, which ``gradcheck bugs`` explains, or one of these:
several mistakes in code give the same numbers.
"""

__all__ = ["PATTERNS"]

# By its name, what is seen, in a sentence.
PATTERNS: dict[str, str] = {
    "all-zero": "The gradient is zero everywhere: it is never computed or passed on.",
    "column-zeroed": "Whole columns of the gradient are zero, and the rest is right.",
    "slice-zeroed": "All entries with one index along an axis are zero, and the rest is right.",
    "entry-zeroed": "Some entries of a vector are zero, and the rest is right.",
    "examples-left-out": "Only some of the examples are in the sum over the examples.",
    "one-example-only": "The gradient is that of one example: the others are overwritten.",
    "targets-left-out": "The targets of some examples are not used.",
    "factor-two": "The gradient is twice the measured one.",
    "factor-half": "The gradient is half of the measured one.",
    "constant-factor": "The gradient is the measured one times a constant factor.",
    "not-divided-by-outputs": (
        "The gradient is too large by the numbers in one output: a sum over them where the cost "
        "has a mean."
    ),
    "divided-by-outputs": (
        "The gradient is too small by the numbers in one output: divided by them once too often."
    ),
    "other-array": "The gradient is that of another array.",
    "flipped": "The entries are in the reverse order along an axis, or along two axes.",
    "shifted": "The entries are shifted by one along an axis: an index is off by one.",
    "reshaped-not-transposed": "The gradient was brought into its shape by reshape, not by .T.",
    "output-activation-missing": (
        "The output of the last layer is taken before its activation function."
    ),
    "upstream-activations-missing": (
        "The weights' gradient is not multiplied by the upstream activations."
    ),
    "wrong-activation-derivative": "The derivative of the activation function is wrong.",
    "wrong-regularisation": "The regularisation in the gradient is not that of the cost.",
    "keeps-state": "A second call with the same input gives other values.",
    "not-a-number": "Some entries of the gradient are NaN or infinite.",
    "other-cost": "The gradient is right for another cost.",
}
