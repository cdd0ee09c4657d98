"""Options of ``gradcheck grade`` that make no sense."""

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input


@pytest.mark.parametrize("name", ["homework.py:Network", "", "2ndNetwork"])
def test_a_class_needs_a_name_that_a_class_can_have(
    gradcheck_command: Command, tmp_path: Path, name: str
) -> None:
    ended = gradcheck_command("grade", tmp_path, "--net", name)
    expect_bad_input(ended, f"--net {name!r} is not the name of a class; give one, such as Network")
