"""What the arguments of functions are called."""

import re

__all__ = ["ROLES", "is_auxiliary", "is_average"]

# Averages that a normalisation keeps from call to call: arrays of numbers that have no gradient.
AUXILIARY = re.compile(
    r"(running|moving|rolling|global|ema|pop(ulation)?)_?(mean|mu|avg|average|var(iance)?|std)s?|"
    r"(mean|mu|avg|average|var(iance)?|std)_?(running|moving|rolling|global|ema)",
    re.IGNORECASE,
)

# Names of arrays, as patterns, by the role of the array in the forms.
ROLES = {
    "x": r"x|a|z|a_?prev|z_?prev|x_?t|x_?in|inp|inputs?|data|features?|images?|scores?|logits?|"
    r"preds?|predictions?|y_?hat|y_?pred|outputs?|out|probs?|al|p|s|f|input_data|x_?data",
    # A capital K is a kernel; a small one is a number.
    "w": r"w|(?-i:K)|weights?|kernels?|filters?|theta|w_?embed|embeddings?|w\d",
    "b": r"b|bias(es)?|b\d",
    "gamma": r"gamma|scale|g",
    "beta": r"beta|shift|offset",
    # Of a block with two normalisations.
    "gamma1": r"(ln|norm)_?1_?(g|gamma|w|weight|scale)|(g|gamma)_?1",
    "beta1": r"(ln|norm)_?1_?(b|beta|bias|shift)|beta_?1",
    "gamma2": r"(ln|norm)_?2_?(g|gamma|w|weight|scale)|(g|gamma)_?2",
    "beta2": r"(ln|norm)_?2_?(b|beta|bias|shift)|beta_?2",
    "y": r"y|t|labels?|targets?|y_?true|y_?batch|ground_?truth|truth|correct|actual|expected|"
    r"y_?real",
    "mask": r"mask",
    "prev_h": r"prev_?h|h_?prev|h|h_?0|h_?old|hidden|a_?prev|prev_?hidden|h_?t_?1|a_?0",
    "parameters": r"parameters?|params|weights",
    "prev_c": r"prev_?c|c_?prev|c|c_?0|cell|prev_?cell",
    "wx": r"w_?xh?|w_?ax|u|w_?ih|w_?in",
    "wh": r"w_?h|w_?hh|w_?aa|v|w_?rec",
    # Of gated units with weights for each gate: update, reset and the new state.
    "wz": r"w_?x?_?z",
    "wr": r"w_?x?_?r",
    "wn": r"w_?x?_?[hcng]",
    "uz": r"u_?z|w_?h_?z",
    "ur": r"u_?r|w_?h_?r",
    "un": r"u_?[hcng]|w_?h_?[hcng]",
    "bn": r"b_?[hcng]",
    "q": r"q|quer(y|ies)",
    "k": r"k|keys?",
    "v": r"v|values?",
}


def is_auxiliary(name: str) -> bool:
    """Whether an array of this name has no gradient, though it holds real numbers.

    >>> is_auxiliary("running_mean"), is_auxiliary("gamma")
    (True, False)
    """
    return AUXILIARY.fullmatch(name) is not None


def is_average(key: str) -> bool:
    """Whether an array of this key, in a dict of averages, is one of them.

    >>> is_average("mean"), is_average("running_var"), is_average("W1")
    (True, True, False)
    """
    return is_auxiliary(key) or re.fullmatch(r"mean|mu|avg|var(iance)?|std", key, re.I) is not None
