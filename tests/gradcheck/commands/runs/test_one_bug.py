"""One mistake, planted in a small network."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gradcheck.bugs.zoo import BUGS
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.runs.one_bug import show_one_bug
from gradcheck.diagnosis.patterns import PATTERNS
from gradcheck.exercise.mistakes import MISTAKES
from nets.errors import BadInput

JSON = OutputOptions(as_json=True, plain=False)
PLAIN = OutputOptions(as_json=False, plain=True)


def told(name: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert show_one_bug(name, JSON) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)["bug"]
    return found


@pytest.mark.parametrize("name", BUGS)
def test_every_mistake_of_the_zoo_changes_something(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(name, capsys)
    assert (found["name"], found["step"]) == (name, BUGS[name].step)
    assert any(each["disagree"] for each in found["arrays"])
    assert name not in found["same_numbers"]


def test_a_mistake_is_planted_in_the_middle_where_that_is_possible(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert told("derivative-twice", capsys)["layer"] == 2
    assert told("sign-flipped", capsys)["layer"] == 3  # of the output only


def test_a_mistake_of_source_code_alone_has_words_and_no_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "loop-one-layer-short"
    assert told(name, capsys) == {
        "name": name,
        "says": MISTAKES[name].says,
        "why": MISTAKES[name].why,
    }
    show_one_bug(name, PLAIN)
    assert f"gradcheck exercise --bug {name}" in capsys.readouterr().out
    figure = OutputOptions(as_json=False, plain=True, plot=tmp_path / "a.svg")
    with pytest.raises(BadInput, match="is one of source code alone; leave --plot out"):
        show_one_bug(name, figure)


def test_the_figure_is_that_of_the_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show_one_bug("bias-averaged", OutputOptions(as_json=False, plain=True, plot=tmp_path / "a.svg"))
    assert "bias-averaged in 5-4-4-4" in (tmp_path / "a.svg").read_text("utf-8")
    assert "Planted in layer 2 of a 5-4-4-4 network" in capsys.readouterr().out


def test_a_name_that_verify_gives_to_numbers_is_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told("all-zero", capsys) == {
        "name": "all-zero",
        "says": PATTERNS["all-zero"],
        "made_by": ["bias-forgotten", "loop-one-layer-short"],
    }
    show_one_bug("all-zero", PLAIN)
    assert "Mistakes that make such numbers: bias-forgotten" in capsys.readouterr().out
    show_one_bug("wrong-operator", PLAIN)
    assert "An arithmetic operation is wrong." in capsys.readouterr().out
    with pytest.raises(BadInput, match="all-zero is a name for numbers"):
        show_one_bug("all-zero", replace(PLAIN, plot=tmp_path / "a.svg"))


def test_an_unknown_mistake_is_refused() -> None:
    with pytest.raises(BadInput, match="did you mean bias-averaged"):
        show_one_bug("bias-avraged", PLAIN)
