"""Shapes and settings that suit layers of different kinds.

All axes of an array have different lengths where the layer allows it, and there are several
examples: then a transpose, a sum over the wrong axis, or a mean in place of a sum shows. The forms
of a kind are tried in their order; see ``trials``.
"""

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

__all__ = ["Form", "form"]


@dataclass(frozen=True)
class Form:
    """One way in which a layer may take its arguments.

    Attributes:
        values: what each array is to be, by its role; see ``argument_roles``.
        settings: entries of ``conv_param`` and the like, and arguments of these names.
        is_lenient: whether a layer that does not overlap its windows may be meant.
        optional: more arrays by their roles, which only some layers of the kind take.

    """

    values: Mapping[str, Values | Pack]
    settings: Mapping[str, Any] = field(default_factory=dict)
    is_lenient: bool = False
    optional: Mapping[str, Values | Pack] = field(default_factory=dict)

    @property
    def roles(self) -> dict[str, Values | Pack]:
        """All arrays, those that every layer of the kind takes first."""
        return {**self.values, **self.optional}


def form(settings: Mapping[str, Any] | None = None, /, **values: Values | Pack) -> Form:
    """A form with these values, by their roles."""
    return Form(values, settings or {})


# (examples, channels, height, width), all different.
IMAGES = real(2, 3, 4, 5)

DENSE = (
    form(x=real(4, 2, 3), w=real(6, 5), b=real(5)),  # inputs with more than two axes
    form(x=real(4, 6), w=real(6, 5), b=real(5)),
    form(x=real(4, 6), w=real(6, 5), b=real(1, 5)),
    form(x=real(6, 4), w=real(5, 6), b=real(5, 1)),  # an example in each column
    form(x=real(4, 6), w=real(5, 6), b=real(5)),  # x @ w.T
    form(x=real(4, 6), w=real(5, 6), b=real(1, 5)),
    form(x=real(6), w=real(5, 6), b=real(5)),  # one example
    form(x=real(6), w=real(6, 5), b=real(5)),
)
# The windows overlap, in rows or in columns, and neither images nor filters are square.
CONVOLUTION = (
    form({"stride": 2, "pad": 1}, x=real(2, 3, 4, 8), w=real(5, 3, 2, 4), b=real(5)),
    form({"stride": 1, "pad": 1}, x=real(2, 3, 4, 6), w=real(5, 3, 3, 3), b=real(5)),
    form({"stride": 1, "pad": 0}, x=real(2, 3, 4, 6), w=real(5, 3, 3, 3), b=real(5)),
    form({"stride": 2, "pad": 1}, x=real(2, 5, 7, 3), w=real(3, 3, 3, 4), b=real(1, 1, 1, 4)),
    form({"stride": 1, "pad": 1}, x=real(2, 3, 4, 6), w=real(5, 3, 3, 3), b=real(5, 1)),
)
CONVOLUTION_AND_POOLING = (
    form(
        {
            "conv_param": {"stride": 1, "pad": 1},
            "pool_param": {"pool_height": 2, "pool_width": 2, "stride": 2},
        },
        x=real(2, 3, 4, 6),
        w=real(5, 3, 3, 3),
        b=real(5),
    ),
)
# The windows fit exactly, in (examples, channels, height, width) and with the channels last.
OVERLAPPING = {"pool_height": 3, "pool_width": 5, "stride": 2, "f": 3}
SEPARATE = {"pool_height": 2, "pool_width": 2, "stride": 2, "f": 2, "pool_size": 2}
POOLING = (
    Form({"x": real(2, 5, 7, 9)}, OVERLAPPING, is_lenient=True),
    Form({"x": real(2, 3, 4, 6)}, SEPARATE),
    Form({"x": real(2, 4, 6, 3)}, SEPARATE),
)
FEATURES = (
    form(x=real(6, 4), gamma=near_one(4), beta=real(4)),
    form(x=real(6, 4), gamma=near_one(1, 4), beta=real(1, 4)),
    form(x=real(4, 6), gamma=near_one(4, 1), beta=real(4, 1)),
)
ROWS_SCALED = (
    form(x=real(6, 4), gamma=near_one(4)),
    form(x=real(6, 4), gamma=near_one(4), beta=real(4)),
)
CHANNELS = (
    form(x=IMAGES, gamma=near_one(3), beta=real(3)),
    form(x=IMAGES, gamma=near_one(1, 3, 1, 1), beta=real(1, 3, 1, 1)),
)
GROUPS = (
    form({"G": 2}, x=real(3, 6, 4, 5), gamma=near_one(1, 6, 1, 1), beta=real(1, 6, 1, 1)),
    form({"G": 2}, x=real(3, 6, 4, 5), gamma=near_one(6), beta=real(6)),
    form({"G": 2}, x=real(3, 6), gamma=near_one(6), beta=real(6)),
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
    form(**STEP, wx=real(3, 5), wh=real(5, 5), b=real(5)),
    form(x=real(3, 4), prev_h=real(5, 4), wx=real(5, 3), wh=real(5, 5), b=real(5, 1)),
    form(x=real(3, 4), prev_h=real(5, 4), parameters=RECURRENT_PACK),
)
RECURRENT = (
    form(**SEQUENCE, wx=real(5, 6), wh=real(6, 6), b=real(6)),
    form(x=real(3, 4, 2), prev_h=real(5, 4), parameters=RECURRENT_PACK),
)
GATED_STEP = (
    form(**STEP, prev_c=real(4, 5), wx=real(3, 20), wh=real(5, 20), b=real(20)),
    form(x=real(3, 4), prev_h=real(5, 4), prev_c=real(5, 4), parameters=GATED_PACK),
)
GATED = (
    form(**SEQUENCE, wx=real(5, 24), wh=real(6, 24), b=real(24)),
    form(**SEQUENCE, prev_c=real(3, 6), wx=real(5, 24), wh=real(6, 24), b=real(24)),
    form(x=real(3, 4, 2), prev_h=real(5, 4), parameters=GATED_PACK),
)
# Gated units with three gates: in one matrix, or one for each gate, with the state in its rows too.
UPDATING_STEP = (
    form(**STEP, wx=real(3, 15), wh=real(5, 15), b=real(15)),
    form(
        **STEP,
        **dict.fromkeys(("wz", "wr", "wn"), real(3, 5)),
        **dict.fromkeys(("uz", "ur", "un"), real(5, 5)),
        **dict.fromkeys(("bz", "br", "bn"), real(5)),
    ),
    form(
        x=real(3, 4),
        prev_h=real(5, 4),
        **dict.fromkeys(("wz", "wr", "wn"), real(5, 3)),
        **dict.fromkeys(("uz", "ur", "un"), real(5, 5)),
        **dict.fromkeys(("bz", "br", "bn"), real(5, 1)),
    ),
    Form(
        {
            **STEP,
            **dict.fromkeys(("wz", "wr", "wn"), real(8, 5)),
            **dict.fromkeys(("bz", "br", "bn"), real(5)),
        },
        optional={"wy": real(5, 2), "by": real(2)},
    ),
    form(
        x=real(3, 4),
        prev_h=real(5, 4),
        **dict.fromkeys(("wz", "wr", "wn"), real(5, 8)),
        **dict.fromkeys(("bz", "br", "bn"), real(5, 1)),
    ),
)
# Two layers in one function. A residual block adds its input, so its output has the same shape.
TWO_LAYERS = (
    form(x=real(4, 6), w1=real(6, 5), b1=real(5), w2=real(5, 3), b2=real(3)),
    form(x=real(4, 6), w1=real(6, 5), b1=real(1, 5), w2=real(5, 3), b2=real(1, 3)),
    form(x=real(6, 4), w1=real(5, 6), b1=real(5, 1), w2=real(3, 5), b2=real(3, 1)),
    form(x=real(4, 6), w1=real(6, 5), w2=real(5, 3)),
    form(x=real(4, 6), w1=real(6, 5), b1=real(5), w2=real(5, 6), b2=real(6)),
    form(x=real(4, 6), w1=real(6, 5), b1=real(1, 5), w2=real(5, 6), b2=real(1, 6)),
    form(x=real(6, 4), w1=real(5, 6), b1=real(5, 1), w2=real(6, 5), b2=real(6, 1)),
    form(x=real(4, 6), w1=real(6, 5), w2=real(5, 6)),
)
# Of images; the second convolution gives as many channels as the input has.
TWO_CONVOLUTIONS = tuple(
    form(
        {"stride": 1, "pad": 1},
        x=real(2, 3, 4, 5),
        w1=real(between, 3, 3, 3),
        b1=real(between),
        w2=real(3, between, 3, 3),
        b2=real(3),
    )
    for between in (4, 3)
)
ONE_RESIDUAL = (
    form(x=real(4, 6), w=real(6, 6), b=real(6)),
    form(x=real(4, 6), w=real(6, 6), b=real(1, 6)),
    form(x=real(6, 4), w=real(6, 6), b=real(6, 1)),
)
# Attention that makes queries, keys and values of its input.
SELF_ATTENTION = (
    form(x=real(4, 5), wq=real(5, 3), wk=real(5, 3), wv=real(5, 6)),
    form(x=real(4, 5), wq=real(5, 3), wk=real(5, 3), wv=real(5, 6), wo=real(6, 5)),
    form(x=real(2, 4, 5), wq=real(5, 3), wk=real(5, 3), wv=real(5, 6)),
    form(x=real(2, 4, 6), **dict.fromkeys(("wq", "wk", "wv", "wo"), real(6, 6))),
    form(x=real(4, 6), **dict.fromkeys(("wq", "wk", "wv", "wo"), real(6, 6))),
)
# Attention with several heads, and a block of a transformer around it: the input is added to the
# output, so both have the same width.
PROJECTIONS = dict.fromkeys(("wq", "wk", "wv", "wo"), real(6, 6))
PROJECTION_BIASES = dict.fromkeys(("bq", "bk", "bv", "bo"), real(6))
MULTI_HEAD = (
    Form({"x": real(2, 4, 6), **PROJECTIONS}, optional=PROJECTION_BIASES),
    Form({"x": real(4, 6), **PROJECTIONS}, optional=PROJECTION_BIASES),
)
NORMS = {
    **dict.fromkeys(("gamma1", "gamma2"), near_one(6)),
    **dict.fromkeys(("beta1", "beta2"), real(6)),
}
ENCODER_BLOCK = tuple(
    Form(
        {"x": x, **PROJECTIONS, "w1": real(6, 5), "w2": real(5, 6)},
        optional={**PROJECTION_BIASES, "b1": real(5), "b2": real(6), **NORMS},
    )
    for x in (real(2, 4, 6), real(4, 6))
)
FEED_FORWARD = (
    *TWO_LAYERS,
    form(x=real(2, 4, 6), w1=real(6, 5), b1=real(5), w2=real(5, 3), b2=real(3)),
    form(x=real(2, 4, 6), w1=real(6, 5), w2=real(5, 3)),
    form(x=real(2, 4, 6), w1=real(6, 5), b1=real(5), w2=real(5, 6), b2=real(6)),
)
EMBEDDING = (
    form(x=labels(7, 3, 4), w=real(7, 5)),
    form(x=labels(7, 4), w=real(7, 5)),
)
TEMPORAL_DENSE = (form(x=real(3, 4, 6), w=real(6, 5), b=real(5)),)
TEMPORAL_FEATURES = (form(x=real(3, 4, 6), gamma=near_one(6), beta=real(6)),)
ATTENTION = (
    form(q=real(4, 5), k=real(6, 5), v=real(6, 3)),
    form(q=real(2, 4, 5), k=real(2, 6, 5), v=real(2, 6, 3)),
    form(q=real(2, 3, 4, 5), k=real(2, 3, 6, 5), v=real(2, 3, 6, 7)),
    # With a causal mask there are as many queries as keys.
    form(q=real(2, 4, 5), k=real(2, 4, 5), v=real(2, 4, 3)),
    form(q=real(4, 5), k=real(4, 5), v=real(4, 3)),
    form(q=real(2, 4, 5), k=real(2, 4, 5), v=real(2, 4, 5)),
)
UNARY = (form(x=real(4, 5)), form(x=IMAGES), form(x=real(5)))
DROPOUT = tuple(Form(each.values, {"p": 0.6, "mode": "train", "seed": 3}) for each in UNARY)
SCORES = (
    form(x=real(6, 4), y=labels(4, 6)),
    form(x=real(6, 4), y=one_hots(6, 4)),
    form(x=real(6, 4), w=real(4, 3), y=labels(3, 6)),  # of a linear classifier
    form(x=real(6, 4), w=real(4, 3), y=one_hots(6, 3)),
    form(x=real(6), y=labels(2, 6)),
)
TEMPORAL_SCORES = (
    form(x=real(3, 4, 5), y=labels(5, 3, 4), mask=choices(3, 4)),
    form(x=real(3, 4, 5), y=labels(5, 3, 4)),
)
PREDICTIONS = (
    form(x=chances(6, 4), y=one_hots(6, 4)),
    form(x=chances(6, 4), y=labels(4, 6)),
    form(x=chances(6), y=labels(2, 6)),
    form(x=chances(6, 1), y=labels(2, 6)),
)
DENSE_AND_FEATURES = (form(x=real(6, 5), w=real(5, 4), b=real(4), gamma=near_one(4), beta=real(4)),)
CONVOLUTION_AND_CHANNELS = (
    form(
        {"stride": 1, "pad": 1},
        x=real(2, 3, 4, 6),
        w=real(5, 3, 3, 3),
        b=real(5),
        gamma=near_one(5),
        beta=real(5),
    ),
)
# For functions of other names.
ANY_ARRAYS = (
    *UNARY,
    *DENSE[1:],
    form(x=real(4, 6), w=real(6, 5)),
    form(x=real(6, 4), w=real(5, 6)),
    form(x=real(4, 5), b=real(5)),
    form(x=real(4, 5), b=real(4, 5)),
    *FEATURES,
    *CHANNELS,
    *CONVOLUTION,
    *RECURRENT_STEP,
    *TWO_LAYERS,
    *ONE_RESIDUAL,
    *SELF_ATTENTION,
    *UPDATING_STEP,
)
