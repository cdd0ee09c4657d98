"""The forms that are tried for a pair of functions."""

from typing import Any

from gradcheck.homework.understanding.pairs.forms import forms_for, kind_of, no_shapes
from gradcheck.homework.understanding.pairs.layer_kinds import ANY_LAYER
from gradcheck.homework.understanding.pairs.layer_shapes import DENSE
from tests.gradcheck.homework.understanding.pairs.functions import (
    affine_backward,
    affine_forward,
    pair_in,
)


def highway_forward(x: Any, w: Any) -> Any:
    return x @ w, (x, w)


def highway_backward(dout: Any, cache: Any) -> Any:
    return dout @ cache[1].T, cache[0].T @ dout


def relu_forward(x: Any, w: Any, b: Any) -> Any:
    return x @ w + b, x


def relu_backward(dout: Any, cache: Any) -> Any:
    return dout


def test_a_known_name_binds() -> None:
    found = forms_for(pair_in(affine_forward, affine_backward), {})
    assert found.forms == DENSE
    assert found.is_binding


def test_any_forms_for_an_unknown_name() -> None:
    pair = pair_in(highway_forward, highway_backward)
    assert kind_of(pair) is ANY_LAYER
    assert not forms_for(pair, {}).is_binding


def test_a_known_name_with_other_arguments_does_not_bind() -> None:
    found = forms_for(pair_in(relu_forward, relu_backward), {})
    assert found.forms is ANY_LAYER.forms
    assert not found.is_binding


def test_shapes_of_the_user_come_before_all() -> None:
    pair = pair_in(affine_forward, affine_backward)
    (form,) = forms_for(pair, {"x": (7, 2), "w": (2, 3), "b": (3,)}).forms
    assert form.values["x"].shape == (7, 2)  # type: ignore[union-attr]


def test_a_refusal_says_what_to_type() -> None:
    line = no_shapes(pair_in(highway_forward, highway_backward)).line
    assert "no shapes are known that suit highway_forward" in line
    assert "--arrays" in line
