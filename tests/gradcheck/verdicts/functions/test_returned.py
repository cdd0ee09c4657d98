"""The gradients in what a backward function returned."""

from typing import Any

import pytest

from gradcheck.verdicts.functions.returned import returned_gradients
from nets.errors import BadInput
from tests.gradcheck.verdicts.functions.affine import pair_of

INPUTS = pair_of().inputs


@pytest.mark.parametrize(
    "result", [("one", "two"), ["one", "two"], {"x": "one", "w": "two"}, {"dw": "two", "dx": "one"}]
)
def test_a_tuple_a_list_and_a_dict(result: Any) -> None:
    assert returned_gradients(result, INPUTS) == ["one", "two"]


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (("one",), "backward returned 1 gradient; it should return 2, for x, w"),
        ((1, 2, 3), "backward returned 3 gradients; it should return 2"),
        ({"x": "one"}, "backward returned nothing for w"),
        (("one", None), "backward returned nothing for w"),
    ],
)
def test_gradients_that_are_missing(result: Any, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        returned_gradients(result, INPUTS)
