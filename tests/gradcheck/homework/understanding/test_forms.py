"""Examples are handed over in each form and come back as columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.forms import COLUMN, FLAT, FORMS, ROWS, WHOLE, Call, Form
from nets.arrays import HostArray
from tests.gradcheck.homework.students import batch_of, caller

SHAPES: dict[str, tuple[int, ...]] = {
    WHOLE.name: (4, 5),
    COLUMN.name: (4, 1),
    FLAT.name: (4,),
    ROWS.name: (5, 4),
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_the_pieces_have_the_form_s_shape(form: Form) -> None:
    pieces = form.pieces(np.ones((4, 5)))
    assert {piece.shape for piece in pieces} == {SHAPES[form.name]}
    assert len(pieces) == form.calls(5)
    assert form.examples_in_a_call(5) * form.calls(5) == 5


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@given(n=st.integers(1, 4), batch=st.integers(1, 4))
def test_the_columns_of_the_pieces_are_the_matrix(form: Form, n: int, batch: int) -> None:
    matrix = np.arange(float(n * batch)).reshape(n, batch)
    columns = [form.columns(piece) for piece in form.pieces(matrix)]
    assert np.array_equal(np.concatenate(columns, axis=1), matrix)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_function_may_change_what_it_is_given(form: Form) -> None:
    matrix = np.ones((4, 5))
    for piece in form.pieces(matrix):
        piece[:] = 0.0
    assert np.all(matrix == 1.0)


def test_each_call_gets_an_example_and_the_further_arguments() -> None:
    seen: list[tuple[float, float, int]] = []

    def function(x: HostArray, y: HostArray, count: int) -> float:
        seen.append((float(x[0, 0]), float(y[0, 0]), count))
        return float(np.sum(x))

    batch, announced = batch_of((6, 3), 4), list[str]()
    call = Call(function, "f(x, y)", COLUMN, caller(announced=announced), extra=(1,))
    results = call.results(batch, before=lambda: seen.append((0.0, 0.0, 0)))
    assert np.allclose(results, batch.inputs.sum(axis=0), rtol=1e-12)
    assert seen[::2] == [(0.0, 0.0, 0)] * 4
    assert [x for x, _, _ in seen[1::2]] == batch.inputs[0].tolist()
    assert announced == ["f(x, y)"] * 4


def test_what_a_function_raises_is_told() -> None:
    call = Call(lambda x, y: x @ y, "f(x, y)", WHOLE, caller(), quietly=True)
    with pytest.raises(StudentError, match=r"f\(x, y\) raised ValueError: matmul"):
        call.results(batch_of((6, 3), 4))
