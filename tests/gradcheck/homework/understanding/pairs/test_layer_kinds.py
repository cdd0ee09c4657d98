"""The table of kinds of layers."""

import math

import numpy as np
import pytest

from gradcheck.homework.understanding.pairs.argument_roles import given_arguments
from gradcheck.homework.understanding.pairs.drawn_values import Kind, Values
from gradcheck.homework.understanding.pairs.layer_kinds import KINDS, LayerKind, kind_named
from gradcheck.homework.understanding.pairs.layer_shapes import ENCODER_BLOCK, MULTI_HEAD

# Weights of a state are square, and so are those between an input and an output that are added.
RECURRENT = {"wh", "uz", "ur", "un"}
OF_SUMS = {"w", "wq", "wk", "wv", "wo"}
# Several heads share the width of the input.
OF_HEADS = (MULTI_HEAD, ENCODER_BLOCK)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.stem[:20])
def test_arrays_have_several_examples_and_no_square_but_recurrent_weights(kind: LayerKind) -> None:
    for form in kind.forms:
        x = form.values.get("x", form.values.get("q"))
        assert isinstance(x, Values)
        assert math.prod(x.shape) > 3
        for role, values in form.values.items():
            is_first = form is kind.forms[0] and kind.forms not in OF_HEADS
            may_be = RECURRENT if is_first else RECURRENT | OF_SUMS
            if isinstance(values, Values) and len(values.shape) == 2 and role not in may_be:
                assert values.shape[0] != values.shape[1], (kind.stem, role)


@pytest.mark.parametrize(
    ("stem", "shape"),
    [
        ("affine_relu", (4, 2, 3)),
        ("conv_naive", (2, 3, 4, 8)),
        ("max_pool_naive", (2, 5, 7, 9)),
        ("batchnorm", (6, 4)),
        ("rmsnorm", (6, 4)),
        ("spatial_groupnorm", (3, 6, 4, 5)),
        ("lstm_step", (4, 3)),
    ],
)
def test_known_names(stem: str, shape: tuple[int, ...]) -> None:
    kind = kind_named(stem)
    assert kind is not None
    x = kind.forms[0].values["x"]
    assert isinstance(x, Values)
    assert x.shape == shape


def test_names_that_tell_nothing() -> None:
    assert kind_named("highway") is None
    assert kind_named("affinely") is None


def test_arguments_get_the_arrays_and_settings_that_they_mean() -> None:
    kind = kind_named("conv")
    assert kind is not None
    draw = np.random.default_rng(0)
    found = given_arguments(lambda inputs, weights, bias, conv_param: 0, kind.forms[0], draw)
    assert [np.shape(found[name]) for name in ("inputs", "weights", "bias")] == [
        (2, 3, 4, 8),
        (5, 3, 2, 4),
        (5,),
    ]
    assert found["conv_param"] == {"stride": 2, "pad": 1}


def test_labels_are_whole_numbers_and_chances_are_distributions() -> None:
    draw = np.random.default_rng(0)
    drawn = Values((6,), Kind.LABELS, 4).drawn(draw)
    assert drawn.dtype.kind == "i"
    assert drawn.max() < 4
    chances = Values((6, 4), Kind.CHANCES).drawn(draw)
    assert np.allclose(chances.sum(axis=1), 1.0)
    assert chances.min() > 0.0
