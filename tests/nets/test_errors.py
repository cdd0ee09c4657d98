"""The error for input that cannot be used, and the checks that share it."""

from pathlib import Path
from typing import Any

import pytest

from nets.errors import BadInput, expect_one_of, unreadable


def test_bad_input_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="a reason"):
        raise BadInput("a reason")


def test_a_known_name_is_returned() -> None:
    assert expect_one_of("cost", "quadratic", {"quadratic": 1, "other": 2}) == "quadratic"
    assert expect_one_of("cost", "other", iter(["quadratic", "other"])) == "other"


@pytest.mark.parametrize("name", ["hinge", "", "Quadratic", 3, None, ["quadratic"]])
def test_any_other_name_is_answered_with_the_known_ones(name: Any) -> None:
    with pytest.raises(BadInput) as raised:
        expect_one_of("cost", name, ["quadratic", "other"])
    assert str(raised.value) == f"cost {name!r} is unknown; take one of quadratic, other"


def test_a_path_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere") as raised:
        (tmp_path / "nowhere").read_bytes()
    error = unreadable(tmp_path, raised.value)
    assert isinstance(error, BadInput)
    assert str(error) == f"{tmp_path} cannot be read: No such file or directory"
    assert str(unreadable(Path("x"), OSError("a reason"))) == "x cannot be read: a reason"
