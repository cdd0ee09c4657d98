"""``gradcheck bugs`` as it is typed."""

import pytest

from gradcheck.bugs.in_code import IN_CODE, RIGHT_LINES
from gradcheck.bugs.zoo import BUGS
from tests.conftest import Command
from tests.gradcheck.commands.outcomes import expect_bad_input, record_of


def test_the_zoo_as_json(gradcheck_command: Command) -> None:
    ended = gradcheck_command("bugs", "--json")
    assert ended.code == 0
    told = record_of(ended)
    assert told["schema_version"] == 1
    assert told["command"] == "bugs"
    assert len(told["bugs"]) >= 24
    assert {each["name"]: each["says"] for each in told["bugs"]} == {
        name: bug.says for name, bug in BUGS.items()
    }
    assert {each["step"] for each in told["bugs"]} == {bug.step for bug in BUGS.values()}


@pytest.mark.parametrize("options", [(), ("--plain",)])
def test_the_zoo_as_text(gradcheck_command: Command, options: tuple[str, ...]) -> None:
    ended = gradcheck_command("bugs", *options)
    assert ended.code == 0
    assert max(map(len, ended.out.splitlines())) <= 80
    for name in BUGS:
        assert f"\n{name} " in ended.out
    for step in {bug.step for bug in BUGS.values()}:
        assert f"In {step}" in ended.out
    if options:
        assert ended.out.isascii()


def test_the_zoo_in_a_terminal_of_few_characters(gradcheck_pipe: Command) -> None:
    for options in ((), ("--json",)):
        ended = gradcheck_pipe("bugs", *options, PYTHONIOENCODING="cp1252", NO_COLOR="1")
        assert ended.code == 0
        assert ended.err == ""
        assert "cross-entropy-shortcut" in ended.out


@pytest.mark.parametrize("name", ["bias-averaged", "softmax-off-diagonal-dropped", "row-zeroed"])
def test_one_mistake_is_explained(gradcheck_command: Command, name: str) -> None:
    ended = gradcheck_command("bugs", name)
    assert (ended.code, ended.err) == (0, "")
    words = " ".join(ended.out.split())
    for expected in (BUGS[name].says, IN_CODE[name].why, RIGHT_LINES[BUGS[name].step], "a dot (o)"):
        assert " ".join(expected.split()) in words
    told = record_of(gradcheck_command("bugs", name, "--json"))["bug"]
    assert told["wrong_line"] == IN_CODE[name].line
    assert any(each["disagree"] for each in told["arrays"])


def test_a_mistake_of_source_code_alone_is_explained(gradcheck_command: Command) -> None:
    ended = gradcheck_command("bugs", "regularisation-missing")
    assert ended.code == 0
    assert "+        grads[" in ended.out


def test_an_unknown_mistake_is_refused(gradcheck_command: Command) -> None:
    expect_bad_input(gradcheck_command("bugs", "bias-avraged"), "did you mean bias-averaged?")
    expect_bad_input(gradcheck_command("bugs", "--plot", "x.png"), "give its NAME")
