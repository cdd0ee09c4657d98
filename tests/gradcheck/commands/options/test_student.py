"""``--net``: a file and a class, and the options that go with it."""

import pytest

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input
from tests.gradcheck.homework.students import FOLDER

SMALL = ("--sizes", "5,4,3")
BOOK = f"{FOLDER / 'book.py'}:Network"


def test_the_class_is_called_network_unless_another_is_named(gradcheck_command: Command) -> None:
    assert gradcheck_command("verify", *SMALL, "--net", FOLDER / "book.py").code == 0


BAD_OPTIONS = {
    "no such file": (("--net", "nowhere.py:Network"), ("nowhere.py does not exist",)),
    "a folder": (("--net", f"{FOLDER}:Network"), ("is a folder; give a Python file",)),
    "no file": (
        ("--net", ":Network"),
        ("should be a file and a class, such as homework.py:Network",),
    ),
    "no class": (("--net", "homework.py:"), ("should be a file and a class",)),
    "an activation": (
        ("--net", BOOK, "--activation", "tanh"),
        ("--activation cannot be used with --net: the class has its own activation; leave it out",),
    ),
    "an init": (("--net", BOOK, "--init", "scaled"), ("--init cannot be used with --net",)),
    "a dtype": (("--net", BOOK, "--dtype", "float32"), ("--dtype cannot be used with --net",)),
    "an engine": (("--net", BOOK, "--engine", "batched"), ("which is the engine one-by-one",)),
    "threads": (("--net", BOOK, "--threads", "2"), ("use --jobs",)),
    "a device": (("--net", BOOK, "--device", "cpu"), ("--device cannot be used",)),
    "a mistake": (("--net", BOOK, "--bug", "random"), ("--bug cannot be used with --net",)),
    "jobs alone": (("--jobs", "2"), ("--jobs can only be used with --net FILE:CLASS",)),
    "a timeout alone": (("--timeout", "2"), ("--timeout can only be used with --net",)),
    "strict alone": (("--strict",), ("--strict can only be used with --net",)),
    "a class's cost alone": (
        ("--cost", "mean-squared-error"),
        ("--cost mean-squared-error can only be used with --net FILE:CLASS; use quadratic",),
    ),
    "a timeout of 0": (("--net", BOOK, "--timeout", "0"), ("--timeout",)),
}


@pytest.mark.parametrize("case", BAD_OPTIONS)
def test_bad_options_are_one_line(gradcheck_command: Command, case: str) -> None:
    arguments, words = BAD_OPTIONS[case]
    expect_bad_input(gradcheck_command("verify", *SMALL, *arguments), *words)
