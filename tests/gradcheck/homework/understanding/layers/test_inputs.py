"""The inputs that are tried: the likeliest first, the same for the same seed."""

import numpy as np

from gradcheck.homework.understanding.layers.inputs import InputForm, input_forms
from gradcheck.homework.understanding.layers.sizes import LayerSizes
from tests.gradcheck.homework.understanding.layers.dense import Dense

SIZES = LayerSizes()


class Conv2D:
    pass


def test_rows_come_first_for_a_dense_layer_and_images_for_a_convolution() -> None:
    dense = next(iter(input_forms(Dense(), SIZES, [5], 10)))
    image = next(iter(input_forms(Conv2D(), SIZES, [2], 10)))
    assert dense.shape == (10, 5)
    assert len(image.shape) == 4


def test_one_grey_image_is_among_the_first_forms() -> None:
    shapes = [each.shape for each in input_forms(Conv2D(), SIZES, [2, 3, 4], 10)]
    first = next(place for place, shape in enumerate(shapes) if len(shape) == 2)
    assert 0 < first < 15


def test_the_axis_that_a_layer_keeps_is_that_of_the_examples() -> None:
    rows = InputForm("rows", (10, 5), 10)
    assert rows.turned_if((10, 4)) is rows
    assert rows.turned_if((10, 5)) is rows
    assert rows.turned_if(()) is rows
    turned = rows.turned_if((4, 5))
    assert (turned.batch, turned.in_columns) == (5, True)


def test_the_features_that_arrays_suggest_come_before_the_usual_ones() -> None:
    shapes = [each.shape for each in input_forms(Dense(), SIZES, [9], 10)]
    assert shapes.index((10, 9)) < shapes.index((10, SIZES.n_in))
    assert (9, 10) in shapes


def test_the_draw_depends_on_the_seed_alone() -> None:
    form = InputForm("rows", (3, 5), 3)
    np.testing.assert_array_equal(form.drawn(1), form.drawn(1))
    assert np.any(form.drawn(1) != form.drawn(2))
    assert not form.in_columns
    assert InputForm("columns", (5, 3), 3).in_columns


def test_signals_come_first_for_a_convolution_over_one_axis() -> None:
    class Conv1d:
        pass

    first = next(iter(input_forms(Conv1d(), SIZES, [2], 10)))
    assert first.shape == (3, SIZES.channels_in, SIZES.height)
    assert not first.in_columns


def test_rows_come_first_for_a_layer_over_one_axis_that_is_no_convolution() -> None:
    class BatchNorm1d:
        pass

    assert next(iter(input_forms(BatchNorm1d(), SIZES, [5], 10))).shape == (10, 5)


def test_an_embedding_takes_ids_some_of_which_occur_again() -> None:
    class Embedding:
        pass

    form = next(iter(input_forms(Embedding(), SIZES, [7, 5], 10)))
    ids = form.drawn(0)
    assert ids.dtype.kind == "i"
    assert ids.max() < 5
    assert len(set(ids.ravel().tolist())) < ids.size
