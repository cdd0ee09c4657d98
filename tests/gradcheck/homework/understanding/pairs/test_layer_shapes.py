"""Shapes that suit layers: a mistake in an axis shows in them."""

import pytest

from gradcheck.homework.understanding.pairs import layer_shapes as shapes
from gradcheck.homework.understanding.pairs.drawn_values import Values, real
from gradcheck.homework.understanding.pairs.layer_shapes import Form, form


def test_settings_come_first_and_values_by_their_roles() -> None:
    assert form({"pad": 1}, x=real(2)) == Form({"x": Values((2,))}, {"pad": 1})
    assert form(x=real(2)).settings == {}


@pytest.mark.parametrize("forms", [shapes.CONVOLUTION, shapes.POOLING, shapes.CHANNELS])
def test_images_are_not_square(forms: tuple[Form, ...]) -> None:
    for each in forms:
        x = each.values["x"]
        assert isinstance(x, Values)
        assert len(x.shape) == 4
        assert len(set(x.shape)) == 4


def test_dense_layers_have_several_examples_in_the_first_form() -> None:
    x = shapes.DENSE[0].values["x"]
    assert isinstance(x, Values)
    assert x.shape[0] > 1
