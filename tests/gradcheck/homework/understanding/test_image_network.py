"""Networks of images."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.image_network import image_constructions, image_forms
from tests.gradcheck.homework.students import batch_of


def net(input_dim: Any = (3, 32, 32), num_filters: int = 32, hidden_dim: int = 100) -> None: ...


def test_small_images_are_tried_before_those_of_the_class() -> None:
    found = [*image_constructions(net, "Net")]
    assert [shape for _, shape in found] == [(3, 8, 8), (3, 12, 12), (3, 16, 16), (3, 32, 32)]
    first = found[0][0]
    assert first.named["input_dim"] == (3, 8, 8)
    assert first.named["num_filters"] == 3
    assert first.sizes is not None
    assert first.sizes[0] == 3 * 8 * 8


def test_images_that_are_small_already_are_not_made_smaller() -> None:
    found = image_constructions(lambda image_shape=(1, 8, 9): 0, "Net")
    assert [shape for _, shape in found] == [(1, 8, 9)]


@pytest.mark.parametrize(
    "kind",
    [
        lambda input_dim=784: 0,
        lambda input_dim=(28, 28): 0,
        lambda input_dim=(1.0, 28, 28): 0,
        lambda kernel=(3, 5, 5): 0,
        lambda input_dim: 0,
    ],
)
def test_other_classes_take_no_images(kind: Any) -> None:
    assert [*image_constructions(kind, "Net")] == []


def test_another_argument_must_have_a_meaning() -> None:
    def built(sizes: Any, temper: Any, tone: Any, tint: Any, input_dim: Any = (3, 8, 8)) -> Any: ...

    with pytest.raises(StudentError, match="temper, tone, tint have no known meaning"):
        [*image_constructions(built, "Net")]


def test_examples_are_images_in_rows() -> None:
    batch = batch_of((12, 2), 5)
    forms = image_forms((3, 2, 2))
    assert [form.name for form in forms] == [
        "images, one-hot targets",
        "images, class numbers as targets",
    ]
    images, _ = forms[0].arguments(batch)
    assert images.shape == (5, 3, 2, 2)
    np.testing.assert_array_equal(images[1].reshape(-1), batch.inputs[:, 1])
