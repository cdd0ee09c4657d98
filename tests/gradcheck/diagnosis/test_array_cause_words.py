"""The diagnosis of one array in words."""

import numpy as np
import pytest

from gradcheck.diagnosis.array_cause_words import diagnosis_of_array
from gradcheck.diagnosis.checked_array import CheckedArrays, Explanation
from nets.arrays import HostArray
from tests.gradcheck.diagnosis.checked import alone, checked, right_gradient

RIGHT = right_gradient(4, 3)


def row_wrong(*rows: int, by: float = 1.0) -> HostArray:
    claim = RIGHT.copy()
    claim[list(rows)] += by
    return claim


ODD = np.where(np.arange(12).reshape(4, 3) == 5, np.nan, RIGHT)
SENTENCES: dict[str, tuple[HostArray, HostArray, str, str]] = {
    "a factor": (
        -RIGHT,
        RIGHT,
        "All 12 checked entries are wrong.",
        "What is wrong is -1 times the measured slope.",
    ),
    "rows": (
        np.where(np.arange(4)[:, None] == 2, 0.0, RIGHT),
        RIGHT,
        "3 of 12 checked entries are wrong, all in row 2.",
        "The wrong entries are zero.",
    ),
    "one entry": (
        ODD,
        RIGHT,
        "1 of 12 checked entries is wrong.",
        "Some values are NaN or infinite.",
    ),
    "a number": (
        np.array(3.0),
        np.array(1.0),
        "Its only entry is wrong.",
        "What is wrong is 3 times the measured slope.",
    ),
    "zeros": (
        np.full(3, 0.25),
        np.zeros(3),
        "All 3 checked entries are wrong.",
        "It has values up to 0.25 where the measured slopes are zero.",
    ),
    "a range": (
        np.array([2.0, 3.0, 7.0]),
        np.ones(3),
        "All 3 checked entries are wrong.",
        "The wrong entries are 2 to 7 times the measured slopes (median 3).",
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_what_is_wrong_is_told_in_numbers(name: str) -> None:
    claim, right, where, numbers = SENTENCES[name]
    array = checked(claim, right)
    found = diagnosis_of_array(array, alone(array), None)
    assert (found.array, found.likely_cause, found.says) == ("a0", None, None)
    assert found.evidence == f"{where} {numbers}"
    assert found.hints == (
        f"Look at the gradient of a0. {where}",
        numbers,
        "Check the line that computes the gradient of a0.",
    )


def test_a_known_mistake_is_named_with_its_evidence() -> None:
    array = checked(-RIGHT, RIGHT)
    explanation = Explanation("sign-flipped", "The sign is wrong.", "It is minus that.")
    found = diagnosis_of_array(array, alone(array), explanation)
    assert (found.likely_cause, found.says) == ("sign-flipped", "The sign is wrong.")
    assert found.evidence == "All 12 checked entries are wrong. It is minus that."


def test_the_arrays_that_are_right_say_where_to_look() -> None:
    wrong = checked(-RIGHT, RIGHT, name="W1")
    right = [checked(RIGHT, RIGHT, name=name) for name in ("b1", "W2")]
    for others, words in (
        (right, "The gradients of b1 and W2 are right, so check the line"),
        (right[:1], "The gradient of b1 is right, so check the line"),
        (
            [checked(-RIGHT, RIGHT, name="b1")],
            "All gradients are wrong: check what they have in common first. Then check the line",
        ),
    ):
        found = diagnosis_of_array(wrong, CheckedArrays([wrong, *others]), None)
        assert found.hints[-1] == f"{words} that computes the gradient of W1."
