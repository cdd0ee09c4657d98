"""What a layer's constructor receives: small numbers, told by the names of its arguments."""

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.layers.any_optimizer import AnyOptimizer

__all__ = ["LayerSizes", "layer_arguments", "takes_layers"]

LEARNING_RATE = 0.1
DTYPE = "dtype"


@dataclass(frozen=True)
class LayerSizes:
    """The sizes of a layer on trial: all different, so that every shape has one meaning.

    Attributes:
        n_in: features of an example, before the layer.
        n_out: after it.
        channels_in: of an image, before the layer.
        channels_out: after it.
        height: of an image.
        width: of it.
        kernel: side of a convolution's kernel.
        pool: side of a pooling window.
        stride: of both.
        padding: of a convolution. The sides are such that every window fits.

    """

    n_in: int = 5
    n_out: int = 4
    channels_in: int = 2
    channels_out: int = 3
    height: int = 8
    width: int = 4
    kernel: int = 3
    pool: int = 2
    stride: int = 2
    padding: int = 1


# What an argument with a name that matches receives; the first pattern counts. A function is given
# the sizes and the name of the class.
Value = Callable[[LayerSizes, str], Any]


def _size(name: str) -> Value:
    """One of the sizes."""
    return lambda sizes, _: getattr(sizes, name)


def _always(value: Any) -> Value:
    """The same for all sizes."""
    return lambda *_: value


def _is_image(kind: str) -> bool:
    return bool(re.search(r"conv|pool|2d|flat|im2col|reshape", kind, re.IGNORECASE))


def _is_pool(kind: str) -> bool:
    return "pool" in kind.lower()


def _features(sizes: LayerSizes, kind: str) -> Any:
    return sizes.channels_in if _is_image(kind) else sizes.n_in


def _shape(sizes: LayerSizes, kind: str) -> Any:
    if _is_image(kind):
        return (sizes.channels_in, sizes.height, sizes.width)
    return (sizes.n_in,)


def _window(sizes: LayerSizes, kind: str) -> Any:
    return sizes.pool if _is_pool(kind) else sizes.kernel


def _weights(sizes: LayerSizes, kind: str) -> Any:
    drawn = np.random.default_rng(4)
    if _is_image(kind):
        return drawn.standard_normal(
            (sizes.channels_out, sizes.channels_in, sizes.kernel, sizes.kernel)
        )
    return drawn.standard_normal((sizes.n_in, sizes.n_out))


def _biases(sizes: LayerSizes, kind: str) -> Any:
    count = sizes.channels_out if _is_image(kind) else sizes.n_out
    return np.random.default_rng(5).standard_normal(count)


def _drawn(*shape: Any) -> Any:
    """An initialiser: random numbers in a shape that is given as numbers or as a tuple."""
    return 0.5 * np.random.default_rng(4).standard_normal(
        shape[0] if isinstance(shape[0], tuple) else shape
    )


def _tanh_prime(x: Any) -> Any:
    return 1.0 - np.tanh(x) ** 2


def _normalised(start: float) -> Value:
    return lambda sizes, kind: np.full(_features(sizes, kind), start)


PADDING = r"pad(ding)?(_?size)?|p_?size|zero_?padding"
MEANINGS: tuple[tuple[str, Value], ...] = (
    (r".*initiali[sz]er.*", _always(_drawn)),
    (r"(in|input|n_?in|num_?in|c_?in|inp)_?(channels?|chan|depth|c|ch)|channels?_?in|c_?in|"
     r"(n|num)_?channels?|channels?|in_c|depth_in|n_c_prev",
     _size("channels_in")),
    (r"(out|output|n_?out)_?(channels?|chan|c|ch)|(n|num)_?(filters?|kernels?)|filters?|"
     r"channels?_?out|c_?out|kernels?|depth|n_c|k_?num|n_?f",
     _size("channels_out")),
    (r"(kernel|filter|pool|window|k|f|field|patch)_?(size|shape|dim|width|height|w|h|side)|"
     r"k|f|pool(ing)?|hh|ww|f_?size|size_of_(filter|kernel|pool)|ksize",
     _window),
    (r"strides?|s|step_size|down_?sampl.*", _size("stride")),
    (PADDING, lambda sizes, kind: 0 if _is_pool(kind) else sizes.padding),
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
     _features),
    (r"(n_?|num_?|d_?|dim_?|size_?)?(out|outputs?|fan_?out|o|units?|neurons?|nodes?|hidden)"
     r"(_?(features?|units?|size|dims?|dimensions?|nodes?|neurons?|n|width|count|num|len(gth)?))?|"
     r"(n|num|d)_?(outputs?|y|neurons?|units?|class(es)?|hidden)|.*(output|_out|next)(_.*)?|"
     r"out_.*|.*neurons?.*|.*units?.*|cur(rent)?_?.*",
     _size("n_out")),
    (r"(n|num|d)?_?(feat(ure)?s?|dims?|dimensions?|size|embed.*|model|channels?|d|n|normalized.*)"
     r"(_?(size|dims?|shape))?|.*dim|.*size|.*features?",
     _features),
    (r".*optim.*", _always(AnyOptimizer(LEARNING_RATE))),
    (r"batch_?size", _always(10)),
    (r"seed|random_?(state|seed)", _always(0)),
    (r"(activation|act|func(tion)?)_?(name|type)|(activation|act)(_?(function|fn|func))?|nonlin.*",
     _always("sigmoid")),
    (r"name|.*name", _always("layer")),
    (r"verbose|debug", _always(False)),
    (r"(use_?)?bias|trainable|train(ing)?|is_train(ing)?", _always(True)),
    (r"rng|random(_generator)?|gen(erator)?", _always(np.random.default_rng(0))),
)  # fmt: skip
# The derivative of an activation among the arguments of a layer, and the activation.
PRIME = re.compile(r".*(prime|deriv|backward|grad).*|d_?(activation|act|func|f)", re.IGNORECASE)
FUNCTION = re.compile(r"(activation|act|func(tion)?|f|fn)(_?(function|func|fn|forward))?",
                      re.IGNORECASE)  # fmt: skip
LAYERS = re.compile(
    r"layers?(_?list)?|net|network|modules?|blocks?|sequence|model|list_?(of_)?layers|arch.*",
    re.IGNORECASE,
)


def takes_layers(built: Callable[..., Any]) -> bool:
    """Whether a constructor takes a list of layers, or layers one after another.

    Args:
        built: a class.

    """
    named = list(_parameters(built))
    if not named:
        return False
    return bool(LAYERS.fullmatch(named[0].name)) or (
        named[0].kind is named[0].VAR_POSITIONAL and named[0].name in ("args", "layers", "modules")
    )


def layer_arguments(
    built: Callable[..., Any], name: str, sizes: LayerSizes
) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    """The arguments of a layer's constructor, by position and by name.

    Args:
        built: the class.
        name: of it.
        sizes: of the layer.

    Raises:
        StudentError: an argument has no known meaning.

    """
    required: list[str] = []
    named: dict[str, Any] = {}
    for each in _parameters(built):
        if each.kind in (each.VAR_POSITIONAL, each.VAR_KEYWORD):
            continue
        if each.name == DTYPE:
            named[DTYPE] = np.float64
        elif each.default is each.empty:
            required.append(each.name)
        elif each.default is None and each.name.lower() in ("in_features", "input_size", "n_in"):
            named[each.name] = sizes.n_in
        elif each.default == 0 and re.fullmatch(PADDING, each.name) and not _is_pool(name):
            named[each.name] = sizes.padding
        elif each.default == 0 and re.search(r"drop|p|rate", each.name) and "drop" in name.lower():
            named[each.name] = 0.4
    return tuple(_values(name, required, sizes)), named


def _values(name: str, required: Sequence[str], sizes: LayerSizes) -> list[Any]:
    """The values of the arguments that must be given.

    Raises:
        StudentError: one of them has no known meaning.

    """
    values = [_value(each, name, sizes) for each in required]
    if any(PRIME.fullmatch(each) for each in required):
        # A layer for any activation takes the function and its derivative.
        values = [
            _tanh_prime if PRIME.fullmatch(each) else np.tanh if FUNCTION.fullmatch(each) else value
            for each, value in zip(required, values, strict=True)
        ]
    unknown = [each for each, value in zip(required, values, strict=True) if value is None]
    if len(required) >= 2 and (len(unknown) == len(required) or _are_same(values, name)):
        # Numbers that no name tells apart are neurons before and after, and between.
        first, last = sizes.n_in, sizes.n_out
        if _is_image(name):
            first, last = sizes.channels_in, sizes.channels_out
        between = [first + last + each for each in range(len(required) - 2)]
        values, unknown = [first, *between, last], []
    elif len(required) == 2 and len(unknown) == 1 and any(isinstance(each, int) for each in values):
        values, unknown = [sizes.n_in, sizes.n_out], []
    if len(required) == 1 and unknown and not re.search(r"func|prime|layer|deriv", required[0]):
        values, unknown = [_features(sizes, name)], []
    if unknown:
        raise StudentError(
            f"{name} is built from ({', '.join(required)}); no meaning is known for "
            f"{', '.join(unknown)}. Give {unknown[0]} a default, or write a function without "
            f"arguments that returns a {name}, and check that"
        )
    return values


def _are_same(values: list[Any], name: str) -> bool:
    """Whether two arguments are the same number, as of ``Dense(n, m)``."""
    is_pair = len(values) == 2 and isinstance(values[0], int) and values[0] == values[1]
    return is_pair and not _is_pool(name)


def _parameters(built: Callable[..., Any]) -> list[inspect.Parameter]:
    try:
        return list(inspect.signature(built).parameters.values())
    except (TypeError, ValueError):
        return []


def _value(name: str, kind: str, sizes: LayerSizes) -> Any:
    plain = name.strip("_")
    for pattern, value in MEANINGS:
        if re.fullmatch(pattern, plain, re.IGNORECASE):
            return value(sizes, kind)
    return None
