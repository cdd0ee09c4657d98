"""A mini-batch in one way of handing it over, with the forward pass before each call."""

from dataclasses import replace

import numpy as np
import pytest

from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.by_trying.argument_roles import Role
from gradcheck.homework.understanding.by_trying.trial import Together
from tests.gradcheck.homework.understanding.by_trying.nets import (
    BATCH,
    ROWS,
    Layer,
    code_of,
    trial_of,
)

ROWWISE = ROWS.single


def test_a_whole_mini_batch_is_one_piece() -> None:
    (piece,) = trial_of().pieces()
    assert (piece.x.shape, piece.y.shape, piece.examples, piece.count) == ((5, 4), (5, 3), 5, 5)
    assert piece.together[0] is piece.x


def test_pairs_are_handed_over_one_by_one_or_all_in_a_list() -> None:
    assert ROWWISE is not None
    single = replace(trial_of(), way=ROWWISE)
    both = [*single.pieces()]
    assert [piece.examples for piece in both] == [1] * 5
    one = [*replace(single, together=Together.ONE_PAIR).pieces()]
    assert [len(piece.together) for piece in one] == [1] * 5
    (every,) = replace(single, together=Together.ALL_PAIRS).pieces()
    assert len(every.together) == every.count == 5
    assert every.examples == 1
    np.testing.assert_array_equal(every.together[3][0], BATCH.inputs.T[3:4])


def test_functions_are_given_the_examples_and_what_the_forward_pass_gave() -> None:
    code, trial = code_of(Layer()), trial_of()
    piece = next(trial.pieces())
    given = trial.given(code, piece).by_role
    np.testing.assert_allclose(given[Role.OUTPUT], code.root.forward(piece.x))
    assert given[Role.TARGETS] is piece.y
    assert given[Role.COUNT] == 5
    assert given[Role.ROUNDS] == 1
    assert Role.OUTPUT not in trial_of(None).given(code, piece).by_role


def test_outputs_are_columns() -> None:
    code = code_of(Layer())
    np.testing.assert_allclose(trial_of().outputs(code), code.root.forward(BATCH.inputs.T).T)
    with pytest.raises(StudentError, match=r"Layer has no forward pass; add forward\(x\)"):
        trial_of(None).outputs(code)
