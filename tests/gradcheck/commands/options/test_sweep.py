"""The options of a sweep of steps."""

import click
import pytest

from gradcheck.commands.options.sweep import SweepOptions, sweep_options
from tests.gradcheck.commands.options.parsing import parsed


def test_without_options_all_schemes_are_measured_at_a_sample() -> None:
    assert parsed(sweep_options) == SweepOptions((), "batched", 50)


def test_several_schemes_are_taken_in_their_order() -> None:
    typed = "--scheme central --scheme forward --engine one-by-one --sample 3"
    found = parsed(sweep_options, *typed.split())
    assert found == SweepOptions(("central", "forward"), "one-by-one", 3)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("--scheme centrl", "did you mean central?"),
        ("--sample 0", "0 is not in the range x>=1"),
    ],
)
def test_what_cannot_be_is_refused(typed: str, words: str) -> None:
    with pytest.raises(click.UsageError) as error:
        parsed(sweep_options, *typed.split())
    assert words in error.value.format_message()
