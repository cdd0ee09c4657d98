"""The likely mistakes of arrays in lines: one for each mistake, and not too many."""

from dataclasses import replace

from gradcheck.verdicts.array_diagnosis import MOST_CAUSES, ArrayDiagnosis, names_text
from tests.gradcheck.verdicts.reports import DISAGREE, array_report

KNOWN = ArrayDiagnosis(
    "W1", "factor-two", "It is twice.", "All are wrong.", ("There.", "Two.", "Check W1.")
)
UNKNOWN = replace(KNOWN, array="b1", likely_cause=None, says=None)


def test_a_known_mistake_and_an_unknown_one() -> None:
    assert replace(KNOWN, others=(UNKNOWN,)).lines() == [
        "Likely mistake in the gradient of W1: It is twice. All are wrong. (factor-two)",
        "No known mistake fits the gradient of b1. All are wrong. Check W1.",
    ]


def test_arrays_with_the_same_mistake_share_a_line() -> None:
    others = (replace(KNOWN, array="W2"), UNKNOWN, replace(UNKNOWN, array="b2"))
    assert replace(KNOWN, others=others).lines() == [
        "Likely mistake in the gradients of W1 and W2: It is twice. (factor-two)",
        "No known mistake fits the gradients of b1 and b2. b1: All are wrong. Check W1.",
    ]


def test_of_many_mistakes_the_last_are_only_counted() -> None:
    others = tuple(replace(KNOWN, array=f"W{n}", says=f"{n}") for n in range(2, 9))
    lines = replace(KNOWN, others=others).lines()
    assert len(lines) == MOST_CAUSES + 1
    assert lines[-1] == "The gradients of W5, W6, W7 and W8 have other mistakes."


def test_one_name_and_many() -> None:
    assert names_text(["a"]) == "a"
    assert names_text(list("abcdefgh")) == "a, b, c, d, e, f and 2 more"


def test_the_json_has_all_arrays() -> None:
    record = replace(KNOWN, others=(UNKNOWN,)).to_dict()
    assert record["array"] == "W1"
    assert record["hints"] == ["There.", "Two.", "Check W1."]
    assert [each["array"] for each in record["arrays"]] == ["W1", "b1"]


def test_a_diagnosis_is_about_its_first_array() -> None:
    found = ArrayDiagnosis("W1", None, None, None, ())
    arrays = [array_report([DISAGREE], name=name) for name in ("W1", "b1")]
    assert [found.is_about(array) for array in arrays] == [True, False]
