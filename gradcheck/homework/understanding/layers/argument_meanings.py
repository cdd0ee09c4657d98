"""What the arguments of a layer's constructor mean, by their names: a table of patterns."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from gradcheck.homework.understanding.any_generator import AnyGenerator
from gradcheck.homework.understanding.layers.any_optimizer import AnyOptimizer
from gradcheck.homework.understanding.layers.sizes import (
    LEARNING_RATE,
    LayerSizes,
    features,
    is_image,
    is_pool,
)

__all__ = ["HEADS", "MEANINGS", "PADDING", "value_by_name"]

# The value for an argument whose name matches, from the sizes and the name of the class. The first
# pattern that matches counts.
Value = Callable[[LayerSizes, str], Any]


def _size(name: str) -> Value:
    """One of the sizes."""
    return lambda sizes, _: getattr(sizes, name)


def _always(value: Any) -> Value:
    """The same for all sizes."""
    return lambda *_: value


def _shape(sizes: LayerSizes, kind: str) -> Any:
    if is_image(kind):
        return (sizes.channels_in, sizes.height, sizes.width)
    return (sizes.n_in,)


def _window(sizes: LayerSizes, kind: str) -> Any:
    return sizes.pool if is_pool(kind) else sizes.kernel


def _weights(sizes: LayerSizes, kind: str) -> Any:
    drawn = np.random.default_rng(4)
    if is_image(kind):
        return drawn.standard_normal(
            (sizes.channels_out, sizes.channels_in, sizes.kernel, sizes.kernel)
        )
    return drawn.standard_normal((sizes.n_in, sizes.n_out))


def _biases(sizes: LayerSizes, kind: str) -> Any:
    count = sizes.channels_out if is_image(kind) else sizes.n_out
    return np.random.default_rng(5).standard_normal(count)


def _drawn(*shape: Any) -> Any:
    """An initialiser: random numbers in a shape that is given as numbers or as a tuple."""
    return 0.5 * np.random.default_rng(4).standard_normal(
        shape[0] if isinstance(shape[0], tuple) else shape
    )


def _normalised(start: float) -> Value:
    return lambda sizes, kind: np.full(features(sizes, kind), start)


IDS = 7  # of an embedding
HEADS = r"(n|num|number_of)?_?(attention_?)?heads?"
PADDING = r"pad(ding)?(_?size)?|p_?size|zero_?padding"
MEANINGS: tuple[tuple[str, Value], ...] = (
    (r".*initiali[sz]er.*|.*init(iali[sz]e|iali[sz]ation)?_?(fn|func(tion)?|method)",
     _always(_drawn)),
    (r"(in|input|n_?in|num_?in|c_?in|inp)_?(channels?|chan|depth|c|ch)|channels?_?in|c_?in|"
     r"(n|num)_?channels?|channels?|in_c|depth_in|n_c_prev",
     _size("channels_in")),
    (r"(out|output|n_?out)_?(channels?|chan|c|ch)|(n|num)_?(filters?|kernels?)|filters?|"
     r"channels?_?out|c_?out|kernels?|depth|n_c|k_?num|n_?f",
     _size("channels_out")),
    (r"(kernel|filter|pool|window|k|f|field|patch)_?(size|shape|dim|width|height|w|h|side)|"
     r"k|f|pool(ing)?|hh|ww|f_?size|size_of_(filter|kernel|pool)|ksize",
     _window),
    (HEADS, _always(2)),
    (r"num|(n|num)_?(embeddings?|vocab\w*|words?|tokens?|ids)|vocab\w*",
     lambda sizes, kind: IDS if "embed" in kind.lower() else features(sizes, kind)),
    (r"strides?|s|step_size|down_?sampl.*", _size("stride")),
    (PADDING, lambda sizes, kind: 0 if is_pool(kind) else sizes.padding),
    (r"(in|input|inp)_?shape|shape_in|shape|x_?shape|input_?dims", _shape),
    (r"(out|output)_?shape|target_shape",
     lambda sizes, _: (sizes.channels_in * sizes.height * sizes.width,)),
    (r"(input|in|img|image)_?(height|h)|height|h", _size("height")),
    (r"(input|in|img|image)_?(width|w)|width", _size("width")),
    (r"(drop|dropout|keep|drop_?out)_?(p|prob|rate|ratio|probability|out)?|p|rate|ratio|"
     r"prob(ability)?|keep_?prob.*|p_?drop.*",
     _always(0.4)),
    (r"eps(ilon)?", _always(1e-5)),
    (r"momentum|beta_?\d|decay|rho|mu", _always(0.9)),
    (r"alpha|slope|leak(y|iness)?|neg(ative)?_?slope|a", _always(0.1)),
    (r"lr|eta|learning_?rate|learn_?rate|l_?rate", _always(LEARNING_RATE)),
    (r".*(std|sigma|scale|var).*", _always(0.5)),
    (r".*(reg|lambda|lmbda|weight_?decay|l1|l2).*", _always(0.0)),
    (r"gamma", _normalised(1.0)),
    (r"beta", _normalised(0.0)),
    (r"w|weights?|kernel_?weights?|filter_?weights?", _weights),
    (r"b|bias(es)?", _biases),
    (r"(n_?|num_?|d_?|dim_?|size_?|input_?|output_?)?(in|inp|inputs?|fan_?in|i)"
     r"(_?(features?|units?|size|dims?|dimensions?|nodes?|neurons?|n|width|count|num|len(gth)?))?|"
     r"(n|num|d)_?(inputs?|x|features?)|.*(input|_in|prev|previous)(_.*)?|in_.*|x_dim",
     features),
    (r"(n_?|num_?|d_?|dim_?|size_?)?(out|outputs?|fan_?out|o|units?|neurons?|nodes?|hidden)"
     r"(_?(features?|units?|size|dims?|dimensions?|nodes?|neurons?|n|width|count|num|len(gth)?))?|"
     r"(n|num|d)_?(outputs?|y|neurons?|units?|class(es)?|hidden)|.*(output|_out|next)(_.*)?|"
     r"out_.*|.*neurons?.*|.*units?.*|cur(rent)?_?.*",
     _size("n_out")),
    (r"c|(n|num|d)?_?(feat(ure)?s?|dims?|dimensions?|size|embed.*|model|channels?|d|n|normalized.*)"
     r"(_?(size|dims?|shape))?|.*dim|.*size|.*features?",
     features),
    (r".*optim.*", _always(AnyOptimizer(LEARNING_RATE))),
    (r"batch_?size", _always(10)),
    (r"seed|random_?(state|seed)", _always(0)),
    (r"(activation|act|func(tion)?)_?(name|type)|(activation|act)(_?(function|fn|func))?|nonlin.*",
     _always("sigmoid")),
    (r"name|.*name", _always("layer")),
    (r"verbose|debug", _always(False)),
    (r"(use_?)?bias|trainable|train(ing)?|is_train(ing)?", _always(True)),
    (r"rng|random(_generator)?|gen(erator)?", lambda *_: AnyGenerator()),
)  # fmt: skip


def value_by_name(name: str, kind: str, sizes: LayerSizes) -> Any:
    """What an argument of a constructor receives.

    Args:
        name: of the argument.
        kind: the name of the class.
        sizes: of the layer.

    Returns:
        None if the name has no known meaning.

    >>> value_by_name("out_features", "Dense", LayerSizes())
    4
    """
    plain = name.strip("_")
    for pattern, value in MEANINGS:
        if re.fullmatch(pattern, plain, re.IGNORECASE):
            return value(sizes, kind)
    return None
