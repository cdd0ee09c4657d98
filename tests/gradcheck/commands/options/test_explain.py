"""The options of ``gradcheck explain``: a small network, and one entry of it."""

import re

import click
import pytest

from gradcheck.commands.options.explain import ExplainOptions, explain_options
from gradcheck.commands.options.subject import SubjectOptions
from gradcheck.walk.chain import OneEntry
from nets.errors import BadInput
from tests.gradcheck.commands.options.parsing import parsed

SIZES = (2, 3, 1)


def options(*arguments: str) -> ExplainOptions:
    found = parsed(explain_options, *arguments)
    assert isinstance(found, ExplainOptions)
    return found


def test_the_subject_has_the_same_options_as_that_of_other_commands() -> None:
    subject = options("--sizes", "4,2", "--activation", "tanh", "--seed", "3", "--batch-size", "5")
    assert isinstance(subject, SubjectOptions)
    assert (subject.sizes, subject.activation, subject.seed) == ((4, 2), "tanh", 3)
    assert (subject.batch_size, subject.cost, subject.data) == (5, "quadratic", None)
    # A walk is in float64, on the host.
    assert (subject.dtype, subject.device) == ("float64", "cpu")


@pytest.mark.parametrize(
    ("weight", "entry"),
    [
        ("1,1,1", OneEntry(1, 0, 0)),
        ("2,1,3", OneEntry(2, 0, 2)),
        ("1,3", OneEntry(1, 2, None)),
    ],
)
def test_an_entry_is_counted_from_1_as_in_the_book(weight: str, entry: OneEntry) -> None:
    assert options("--weight", weight).entry(SIZES) == entry


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        ("3,1,1", "--weight 3,1,1: there is no layer 3; the layers are 1 to 2"),
        ("1,4,1", "--weight 1,4,1: there is no neuron 4 in layer 1; give 1 to 3"),
        ("1,1,3", "--weight 1,1,3: there is no neuron 3 upstream of layer 1; give 1 to 2"),
        ("1,1,1,1", "--weight 1,1,1,1 has too many numbers; give layer,neuron,upstream"),
    ],
)
def test_an_entry_that_is_not_there_is_refused(weight: str, words: str) -> None:
    with pytest.raises(BadInput, match=f"^{re.escape(words)}$"):
        options("--weight", weight).entry(SIZES)


@pytest.mark.parametrize(
    ("weight", "words"),
    [
        ("1", "too few numbers; give a layer, a neuron"),
        ("first", "'first' is not a whole number of at least 1"),
        ("1,0", "'0' is not a whole number of at least 1"),
    ],
)
def test_what_is_no_entry_is_refused(weight: str, words: str) -> None:
    with pytest.raises(click.UsageError) as error:
        options("--weight", weight)
    assert words in error.value.format_message()


def test_a_network_that_nobody_could_read_is_refused() -> None:
    with pytest.raises(BadInput, match="has 23,860 parameters, and explain shows at most 500; "):
        options().entry((784, 30, 10))
