"""The options that say how a gradient is checked."""

import click
import pytest

from gradcheck.commands.options.check import CheckOptions, check_options
from tests.gradcheck.commands.options.parsing import parsed


def test_without_options_the_check_is_that_of_the_book() -> None:
    assert parsed(check_options) == CheckOptions("forward", None, "batched", None, None)


def test_each_option_has_its_field() -> None:
    typed = "--scheme central --epsilon 1e-5 --engine one-by-one --threads 3 --sample 7"
    assert parsed(check_options, *typed.split()) == CheckOptions(
        scheme="central", epsilon=1e-5, engine="one-by-one", threads=3, sample=7
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--epsilon", "small"), "'small' is not a valid float"),
        (("--threads", "0"), "0 is not in the range x>=1"),
        (("--sample", "0"), "0 is not in the range x>=1"),
        (("--scheme", "centrl"), "did you mean central?"),
    ],
)
def test_what_cannot_be_is_refused(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(click.UsageError) as error:
        parsed(check_options, *arguments)
    assert words in error.value.format_message()
