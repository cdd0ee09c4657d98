"""Which function gives the output, and where it stands in what that returns."""

from typing import Any

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.outputs import Forward, Passed, forwards
from tests.gradcheck.homework.understanding.by_trying.nets import BATCH, ROWS, Layer, code_of

X, Y = BATCH.inputs.T, BATCH.targets.T
OUT = np.linspace(0.1, 0.9, 15).reshape(5, 3)
HIDDEN = np.ones((5, 2))


def passed(returned: Any, **held: Any) -> Passed:
    class Own:
        def forward(self, x: Any) -> Any:
            return returned

    own = Own()
    vars(own).update(held)
    return Forward("forward", 3).passed(code_of(own), X, Y, 5)


def test_forward_passes_are_told_by_their_names_predictions_last() -> None:
    class Own:
        def predict(self, x: Any) -> Any: ...
        def feedforward(self, x: Any) -> Any: ...
        def backward(self, x: Any) -> Any: ...
        def sigmoid(self, x: Any) -> Any: ...
        def _forward(self, x: Any) -> Any: ...
        def forward(self, dout: Any) -> Any: ...

    names = [each.name for each in forwards(code_of(Own()), 3)]
    # The method forward takes an arriving gradient.
    assert names == ["feedforward", "_forward", "predict"]


@pytest.mark.parametrize(
    "returned",
    [
        *(OUT, OUT.T, (OUT, {"h": HIDDEN}), (HIDDEN, OUT), [X, HIDDEN, OUT]),
        *({"h": HIDDEN, "out": OUT}, [OUT[k] for k in range(5)]),
    ],
    ids=["rows", "columns", "first", "last", "all", "dict", "steps"],
)
def test_the_output_is_found_in_what_is_returned(returned: Any) -> None:
    np.testing.assert_array_equal(passed(returned).output, OUT.T)


def test_the_output_may_be_left_behind() -> None:
    np.testing.assert_array_equal(passed(None, output=OUT, weights=2 * OUT).output, OUT.T)
    with pytest.raises(StudentError, match="no output of 3 neurons for 5 examples"):
        passed(None, weights=OUT)


@pytest.mark.parametrize("returned", [HIDDEN, OUT.astype(int), "text", 0.5, [HIDDEN] * 2])
def test_what_is_no_output_is_told(returned: Any) -> None:
    with pytest.raises(StudentError, match="forward gives no output of 3 neurons for 5 examples"):
        passed(returned)


def test_what_is_returned_beside_the_output_is_given_on() -> None:
    given = passed((OUT, {"h": HIDDEN})).given
    assert given.by_role[Role.CACHE] == {"h": HIDDEN}
    assert given.by_name["h"] is HIDDEN
    assert given.by_role[Role.OUTPUT] is OUT


def test_the_names_of_what_is_returned_count() -> None:
    class Own:
        def forward(self, x: Any) -> Any:
            a1 = 2.0 * OUT
            a2 = OUT
            return a1, a2

    found = Forward("forward", 3).passed(code_of(Own()), X, Y, 5)
    np.testing.assert_array_equal(found.output, OUT.T)
    assert found.given.by_name["a2"] is OUT


def test_a_mini_batch_one_by_one() -> None:
    code = code_of(Layer())
    assert ROWS.single is not None
    whole = Forward("forward", 3).outputs(code, ROWS, BATCH)
    np.testing.assert_allclose(Forward("forward", 3).outputs(code, ROWS.single, BATCH), whole)
    assert whole.shape == (3, 5)
