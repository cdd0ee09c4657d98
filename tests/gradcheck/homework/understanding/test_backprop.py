"""A backprop that was understood: how it is called, and the gradients it gives."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.understanding.backprop import Backprop, backprop_call
from gradcheck.homework.understanding.forms import COLUMN, WHOLE
from gradcheck.homework.understanding.recognise_backprop import recognise_backprop
from nets.arrays import HostArray
from tests.gradcheck.homework.students import SIZES, Book, batch_of, builder_of, student_of
from tests.gradcheck.homework.understanding.classes import Counted, LeftPerExample, Summed

pytestmark = pytest.mark.usefixtures("in_this_process")

BATCH = batch_of(SIZES)


def understood(built: Any) -> Backprop:
    return recognise_backprop(builder_of(built), BATCH)


def texts(backprop: Backprop) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in backprop.findings()]


class FillsItsArrays(Book):
    """Returns the same arrays each time, with other numbers in them."""

    kept: Any = None

    def backprop(self, x: HostArray, y: HostArray) -> Any:
        new = super().backprop(x, y)
        self.kept = self.kept or new
        for half, new_half in zip(self.kept, new, strict=True):
            for array, numbers in zip(half, new_half, strict=True):
                array[:] = numbers
        return self.kept


@pytest.mark.parametrize("built", [Book, FillsItsArrays])
def test_the_gradients_are_the_mean_over_the_examples(built: Any) -> None:
    student = student_of(built(SIZES))
    (found,) = understood(built).gradients(student, BATCH, before=lambda: None)
    each = [
        Book(SIZES).backprop(BATCH.inputs[:, [k]], BATCH.targets[:, [k]]) for k in range(BATCH.size)
    ]
    first_bias = np.mean([nabla_b[0] for nabla_b, _ in each], axis=0)
    assert np.allclose(found[1], first_bias, rtol=1e-12)


def test_the_call_counts_the_examples_it_is_given() -> None:
    student = student_of(Book(SIZES))
    assert backprop_call(student, WHOLE, 5, counted=True).extra == (5,)
    assert backprop_call(student, COLUMN, 5, counted=True).extra == (1,)
    assert backprop_call(student, WHOLE, 5, counted=False).extra == ()


def test_how_it_was_understood() -> None:
    assert texts(understood(Book)) == [
        (
            "guess",
            "backprop takes one example at a time, as a column vector; it returns biases first, "
            "then weights.",
        )
    ]
    assert "in each column, and the number of examples; it" in texts(understood(Counted))[0][1]


def test_columns_and_dtypes_are_told() -> None:
    class Single(LeftPerExample):
        def backprop(self, x: HostArray, y: HostArray) -> Any:
            nabla_b, nabla_w = super().backprop(x, y)
            return nabla_b, [w.astype(np.float32) for w in nabla_w]

    found = texts(understood(Single))
    assert found[1][0] == "guess"
    assert "have a column for each example. The columns were added up." in found[1][1]
    assert found[2][0] == "oddity"
    assert "layer 3 weights are float32 (7 digits, so no more of them are asked for)" in found[2][1]
    assert len(texts(understood(Summed))) == 1


def test_whether_all_biases_are_left_per_example() -> None:
    assert understood(LeftPerExample).leaves_biases_per_example
    assert not understood(Summed).leaves_biases_per_example
