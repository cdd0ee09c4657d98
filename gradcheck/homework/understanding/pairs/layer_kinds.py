"""Kinds of layers that are known by their names, with shapes and settings that suit each.

All axes of an array have different lengths where the layer allows it, and there are several
examples: then a transpose, a sum over the wrong axis, or a mean in place of a sum shows. The forms
of a kind are tried in their order; see ``trials``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gradcheck.homework.understanding.pairs.drawn_values import (
    Pack,
    Values,
    chances,
    choices,
    labels,
    near_one,
    one_hots,
    real,
)

__all__ = ["ANY_LAYER", "ANY_LOSS", "Form", "LayerKind", "kind_named"]


@dataclass(frozen=True)
class Form:
    """One way in which a layer may take its arguments.

    Attributes:
        values: what each array is to be, by its role; see ``argument_roles``.
        settings: entries of ``conv_param`` and the like, and arguments of these names.
        is_lenient: whether a layer that does not overlap its windows may be meant.

    """

    values: Mapping[str, Values | Pack]
    settings: Mapping[str, Any] = field(default_factory=dict)
    is_lenient: bool = False


@dataclass(frozen=True)
class LayerKind:
    """A kind of layer.

    Attributes:
        stem: matches the whole name of the function, without ``forward`` or ``backward``.
        forms: in the order in which they are tried.
        is_known: whether the name says what the function does: then the first form in which
            forward works decides, and backward must work in it too.
        has_means: whether the gradients of the parameters may be means over the examples (columns)
            although the gradient of the input is not, as in a well-known course.

    """

    stem: str
    forms: tuple[Form, ...]
    is_known: bool = True
    has_means: bool = False


def _form(settings: Mapping[str, Any] | None = None, /, **values: Values | Pack) -> Form:
    return Form(values, settings or {})


IMAGES = real(2, 3, 4, 5)

DENSE = (
    _form(x=real(4, 2, 3), w=real(6, 5), b=real(5)),  # inputs with more than two axes
    _form(x=real(4, 6), w=real(6, 5), b=real(5)),
    _form(x=real(4, 6), w=real(6, 5), b=real(1, 5)),
    _form(x=real(6, 4), w=real(5, 6), b=real(5, 1)),  # an example in each column
    _form(x=real(4, 6), w=real(5, 6), b=real(5)),  # x @ w.T
    _form(x=real(4, 6), w=real(5, 6), b=real(1, 5)),
    _form(x=real(6), w=real(5, 6), b=real(5)),  # one example
    _form(x=real(6), w=real(6, 5), b=real(5)),
)
# The windows overlap, in rows or in columns, and neither images nor filters are square.
CONVOLUTION = (
    _form({"stride": 2, "pad": 1}, x=real(2, 3, 4, 8), w=real(5, 3, 2, 4), b=real(5)),
    _form({"stride": 1, "pad": 1}, x=real(2, 3, 4, 6), w=real(5, 3, 3, 3), b=real(5)),
    _form({"stride": 1, "pad": 0}, x=real(2, 3, 4, 6), w=real(5, 3, 3, 3), b=real(5)),
    _form({"stride": 2, "pad": 1}, x=real(2, 5, 7, 3), w=real(3, 3, 3, 4), b=real(1, 1, 1, 4)),
    _form({"stride": 1, "pad": 1}, x=real(2, 3, 4, 6), w=real(5, 3, 3, 3), b=real(5, 1)),
)
CONVOLUTION_AND_POOLING = (
    _form(
        {
            "conv_param": {"stride": 1, "pad": 1},
            "pool_param": {"pool_height": 2, "pool_width": 2, "stride": 2},
        },
        x=real(2, 3, 4, 6),
        w=real(5, 3, 3, 3),
        b=real(5),
    ),
)
OVERLAPPING = {"pool_height": 2, "pool_width": 4, "stride": 2, "f": 3}
SEPARATE = {"pool_height": 2, "pool_width": 2, "stride": 2, "f": 2, "pool_size": 2}
POOLING = (
    Form({"x": real(2, 3, 4, 6)}, OVERLAPPING, is_lenient=True),
    Form({"x": real(2, 3, 4, 6)}, SEPARATE),
    Form({"x": real(2, 5, 7, 3)}, OVERLAPPING, is_lenient=True),
    Form({"x": real(2, 4, 6, 3)}, SEPARATE),
)
FEATURES = (
    _form(x=real(6, 4), gamma=near_one(4), beta=real(4)),
    _form(x=real(6, 4), gamma=near_one(1, 4), beta=real(1, 4)),
    _form(x=real(4, 6), gamma=near_one(4, 1), beta=real(4, 1)),
)
CHANNELS = (
    _form(x=IMAGES, gamma=near_one(3), beta=real(3)),
    _form(x=IMAGES, gamma=near_one(1, 3, 1, 1), beta=real(1, 3, 1, 1)),
)
GROUPS = (
    _form({"G": 2}, x=real(3, 6, 4, 5), gamma=near_one(1, 6, 1, 1), beta=real(1, 6, 1, 1)),
    _form({"G": 2}, x=real(3, 6, 4, 5), gamma=near_one(6), beta=real(6)),
    _form({"G": 2}, x=real(3, 6), gamma=near_one(6), beta=real(6)),
)
STEP = {"x": real(4, 3), "prev_h": real(4, 5)}
SEQUENCE = {"x": real(3, 4, 5), "prev_h": real(3, 6)}
# In dicts, with an example in each column.
RECURRENT_PACK = Pack(
    {
        "Wax": real(5, 3),
        "Waa": real(5, 5),
        "Wya": real(2, 5),
        "ba": real(5, 1),
        "by": real(2, 1),
    }
)
GATED_PACK = Pack(
    {f"W{gate}": real(5, 8) for gate in "fico"}
    | {f"b{gate}": real(5, 1) for gate in "fico"}
    | {"Wy": real(2, 5), "by": real(2, 1)}
)
RECURRENT_STEP = (
    _form(**STEP, wx=real(3, 5), wh=real(5, 5), b=real(5)),
    _form(x=real(3, 4), prev_h=real(5, 4), wx=real(5, 3), wh=real(5, 5), b=real(5, 1)),
    _form(x=real(3, 4), prev_h=real(5, 4), parameters=RECURRENT_PACK),
)
RECURRENT = (
    _form(**SEQUENCE, wx=real(5, 6), wh=real(6, 6), b=real(6)),
    _form(x=real(3, 4, 2), prev_h=real(5, 4), parameters=RECURRENT_PACK),
)
GATED_STEP = (
    _form(**STEP, prev_c=real(4, 5), wx=real(3, 20), wh=real(5, 20), b=real(20)),
    _form(x=real(3, 4), prev_h=real(5, 4), prev_c=real(5, 4), parameters=GATED_PACK),
)
GATED = (
    _form(**SEQUENCE, wx=real(5, 24), wh=real(6, 24), b=real(24)),
    _form(**SEQUENCE, prev_c=real(3, 6), wx=real(5, 24), wh=real(6, 24), b=real(24)),
    _form(x=real(3, 4, 2), prev_h=real(5, 4), parameters=GATED_PACK),
)
EMBEDDING = (
    _form(x=labels(7, 3, 4), w=real(7, 5)),
    _form(x=labels(7, 4), w=real(7, 5)),
)
TEMPORAL_DENSE = (_form(x=real(3, 4, 6), w=real(6, 5), b=real(5)),)
ATTENTION = (
    _form(q=real(4, 5), k=real(6, 5), v=real(6, 3)),
    _form(q=real(2, 4, 5), k=real(2, 6, 5), v=real(2, 6, 3)),
    _form(q=real(2, 3, 4, 5), k=real(2, 3, 6, 5), v=real(2, 3, 6, 7)),
)
UNARY = (_form(x=real(4, 5)), _form(x=IMAGES), _form(x=real(5)))
DROPOUT = tuple(Form(each.values, {"p": 0.6, "mode": "train", "seed": 3}) for each in UNARY)
SCORES = (
    _form(x=real(6, 4), y=labels(4, 6)),
    _form(x=real(6, 4), y=one_hots(6, 4)),
    _form(x=real(6, 4), w=real(4, 3), y=labels(3, 6)),  # of a linear classifier
    _form(x=real(6, 4), w=real(4, 3), y=one_hots(6, 3)),
    _form(x=real(6), y=labels(2, 6)),
)
TEMPORAL_SCORES = (
    _form(x=real(3, 4, 5), y=labels(5, 3, 4), mask=choices(3, 4)),
    _form(x=real(3, 4, 5), y=labels(5, 3, 4)),
)
PREDICTIONS = (
    _form(x=chances(6, 4), y=one_hots(6, 4)),
    _form(x=chances(6, 4), y=labels(4, 6)),
    _form(x=chances(6), y=labels(2, 6)),
    _form(x=chances(6, 1), y=labels(2, 6)),
)

# Of the first kind whose stem matches.
KINDS = (
    LayerKind(r"(affine|linear|dense|fc|fully_connected|matmul|inner_product)", DENSE, True, True),
    LayerKind(
        r"(affine|linear|dense|fc|fully_connected)_?(re_?lu|leaky_?re_?lu|sigmoid|tanh|activation)",
        DENSE,
    ),
    LayerKind(
        r"(affine|linear|dense|fc)_?(bn|batch_?norm|ln|layer_?norm|norm)(_?re_?lu)?(_?dropout)?",
        (_form(x=real(6, 5), w=real(5, 4), b=real(4), gamma=near_one(4), beta=real(4)),),
    ),
    LayerKind(r"conv(olution|2d)?_?(re_?lu)?_?(max_?)?pool(ing)?", CONVOLUTION_AND_POOLING),
    LayerKind(
        r"conv(olution|2d)?_?(bn|batch_?norm)(_?re_?lu)?",
        (
            _form(
                {"stride": 1, "pad": 1},
                x=real(2, 3, 4, 6),
                w=real(5, 3, 3, 3),
                b=real(5),
                gamma=near_one(5),
                beta=real(5),
            ),
        ),
    ),
    LayerKind(r"conv(olution|olutional)?_?(2d|layer)?(_?re_?lu)?(_(strides|step))?", CONVOLUTION),
    LayerKind(r"(max|avg|average|mean)?_?pool(ing)?_?(2d|layer)?(_(re)?shape)?", POOLING),
    LayerKind(r"spatial_?(batch_?norm(alization)?|bn)(2d)?|batch_?norm_?2d", CHANNELS),
    LayerKind(r"(spatial_?)?(quick_?)?group_?norm(alization)?(_quick)?", GROUPS),
    LayerKind(r"(batch|layer)_?norm(ali[sz]ation)?(_?1d)?|bn|ln", FEATURES),
    LayerKind(r"(inverted_?)?drop_?out", DROPOUT),
    LayerKind(r"(vanilla_)?(rnn|recurrent)_(step|cell)", RECURRENT_STEP),
    LayerKind(r"(vanilla_)?(rnn|recurrent)", RECURRENT),
    LayerKind(r"lstm_(step|cell)", GATED_STEP),
    LayerKind(r"lstm", GATED),
    LayerKind(r"(word_?)?embeddings?", EMBEDDING),
    LayerKind(r"temporal_?(affine|linear|dense)", TEMPORAL_DENSE),
    LayerKind(r"(scaled_)?(dot_product_)?(self_|cross_)?attention", ATTENTION),
    LayerKind(r"temporal_softmax(_cross_entropy)?(_loss)?", TEMPORAL_SCORES),
    LayerKind(
        r"(softmax|svm|hinge|multiclass_svm|max_margin)_?(with_)?(cross_entropy|ce|logits|log)?"
        r"(_loss)?",
        SCORES,
    ),
    LayerKind(r"(mse|l2|mean_squared_error|squared_error|quadratic)(_loss|_cost)?", PREDICTIONS),
    LayerKind(
        r"((binary|categorical)_)?(cross_entropy|bce|ce|cce|nll|log)(_loss|_cost)?", PREDICTIONS
    ),
)
ELEMENTWISE = LayerKind(
    r"re_?lu6?|(leaky|p)_?re_?lu|sigmoid|logistic|tanh|elu|selu|gelu|swish|silu|softplus|softsign|"
    r"mish|identity|sin|sine|square|exp|softmax|log_softmax|flatten",
    UNARY,
)
# For functions of other names.
ANY_LAYER = LayerKind(
    "",
    (
        *UNARY,
        *DENSE[1:],
        _form(x=real(4, 6), w=real(6, 5)),
        _form(x=real(6, 4), w=real(5, 6)),
        _form(x=real(4, 5), b=real(5)),
        _form(x=real(4, 5), b=real(4, 5)),
        *FEATURES,
        *CHANNELS,
        *CONVOLUTION,
        *RECURRENT_STEP,
    ),
    is_known=False,
)
ANY_LOSS = LayerKind("", (*SCORES, *PREDICTIONS, *TEMPORAL_SCORES), is_known=False)


def kind_named(stem: str) -> LayerKind | None:
    """The kind of layer that a name tells; None if it tells none.

    Args:
        stem: the name without the words for the direction, such as ``affine_relu``.

    >>> kind_named("max_pool") is not None, kind_named("highway") is None
    (True, True)
    """
    plain = re.sub(r"_?(naive|fast|alt|vectori[sz]ed|layer|im2col|loop|v2)(?=_|$)", "", stem)
    for kind in (ELEMENTWISE, *KINDS):
        if re.fullmatch(kind.stem, plain.strip("_")):
            return kind
    return None
