"""The arguments of a constructor that takes the examples themselves."""

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.by_trying.constructed_with_examples import with_examples


def test_examples_are_handed_over_whole_in_each_way() -> None:
    found = [*with_examples(Asked(sizes=(4, 3, 2)), ["x", "y"], "x", "y")]
    shapes = [(built.named["x"].shape, np.shape(built.named["y"])) for built, _, _ in found]
    assert shapes == [((10, 4), (10, 2)), ((10, 4), (10,)), ((4, 10), (2, 10)), ((4, 10), (10,))]
    assert all(way.whole for _, way, _ in found)


def test_what_is_left_is_the_hidden_layer_in_each_form() -> None:
    asked = Asked(sizes=(4, 3, 2))
    found = [*with_examples(asked, ["x", "y", "hidden", "eta"], "x", "y")]
    assert [built.named["hidden"] for built, _, _ in found[:4]] == [
        *([3], 3, [4, 3, 2], [{"size": 3}])
    ]
    assert {built.named["eta"] for built, _, _ in found} == {0.1}


def test_some_classes_work_for_one_output_only() -> None:
    found = [*with_examples(Asked(), ["x", "y"], "x", "y")]
    assert {built.sizes for built, _, _ in found} == {(6, 5, 4), (6, 5, 1)}
    assert all(batch.targets.shape[0] == (built.sizes or ())[-1] for built, _, batch in found)
