"""Of all that explains a disagreement, the first that is no mistake in a step of backprop."""

from collections.abc import Callable

import pytest

from gradcheck.homework.submission_report import SubmissionReport

Checked = Callable[..., SubmissionReport]

CAUSES = {
    # The name of the cause, and whether a network of ours was asked.
    "wrong.py:KeepsState": ("keeps-state", False),
    "wrong.py:NoDerivativeAtTheEnd": ("other-cost", False),
    "wrong.py:SignFlipped": ("sign-flipped", True),
    "wrong.py:BiasOfTheOtherLayer": ("other-array", True),
}


@pytest.mark.parametrize("name", CAUSES)
def test_the_cause_and_where_it_comes_from(checked: Checked, name: str) -> None:
    found = checked(name)
    cause, diagnosed = CAUSES[name]
    assert found.likely_cause is not None
    assert found.report is not None
    assert found.likely_cause.name == cause
    assert (found.report.diagnosis is not None) is diagnosed


def test_the_cost_that_was_named_is_not_doubted(checked: Checked) -> None:
    found = checked("wrong.py:NoDerivativeAtTheEnd", cost="quadratic")
    assert found.likely_cause is not None
    assert found.likely_cause.name != "other-cost"


def test_what_agrees_needs_no_explanation(checked: Checked) -> None:
    found = checked("book.py:Network")
    assert found.likely_cause is None
    assert found.report is not None
    assert found.report.diagnosis is None
