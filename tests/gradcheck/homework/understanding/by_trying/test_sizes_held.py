"""The numbers of inputs and outputs that matrices may mean."""

from types import SimpleNamespace

import numpy as np

from gradcheck.homework.asked import Asked
from gradcheck.homework.understanding.by_trying.sizes_held import sizes_held_by, with_free_batch
from tests.gradcheck.homework.students import batch_of
from tests.gradcheck.homework.understanding.by_trying.nets import code_of


def test_the_first_and_the_last_matrix_say_sizes() -> None:
    own = SimpleNamespace(one=np.ones((5, 4)), b=np.ones(5), two=np.ones((3, 5)))
    found = sizes_held_by(code_of(own))
    assert {(4, 3), (5, 3), (4, 5)} <= set(found)
    assert (3, 3) in found  # one column of the first may be that of the biases
    assert len(found) == len(set(found)) <= 6
    assert sizes_held_by(code_of(SimpleNamespace(b=np.ones(3)))) == []


def test_no_array_has_as_many_rows_as_there_are_examples() -> None:
    own = SimpleNamespace(W=np.ones((10, 7)))
    assert with_free_batch(Asked(), own).batch_size == 9
    assert with_free_batch(Asked(batch_size=6), own).batch_size == 6


def test_examples_that_were_given_are_kept() -> None:
    asked = Asked(examples=batch_of((4, 3), 10))
    assert with_free_batch(asked, SimpleNamespace(W=np.ones((10, 7)))) is asked
