"""Every slip in every manner: it can be found with ``verify --net``, and mended."""

import runpy
from difflib import ndiff
from pathlib import Path

import numpy as np
import pytest

from gradcheck.check import check_gradients
from gradcheck.exercise.draw import Exercise, all_exercises
from gradcheck.exercise.manner import MANNERS, place_of, right_source, with_slip
from gradcheck.exercise.mistakes import MISTAKES
from gradcheck.exercise.slip import Slip
from gradcheck.exercise.source import text_of
from gradcheck.homework.check_submission import check_submission
from gradcheck.homework.submission import Submission
from gradcheck.homework.submission_report import SubmissionReport
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict

# Examples in the mini-batch: no layer has as many neurons, so that no shape has two meanings.
EXAMPLES = 7
# Entries of each array that are checked of layer objects, which take longest to compute.
SAMPLE = {"layers": 4}
# Functions over a dict take longest to understand: those mistakes alone go all the way that no
# other manner has. Of the others the gradients are checked.
ALL_THE_WAY = (
    "weights-gradient-transposed",
    "upstream-and-downstream-swapped",
    "z-for-activations",
)
QUICK = [
    each
    for each in all_exercises()
    if each.manner.name == "params" and each.slip.mistake not in ALL_THE_WAY
]
CHECKED = [each for each in all_exercises() if each not in QUICK]


def found_in(file: Path, manner: str) -> SubmissionReport:
    submission = Submission(file, None, drawn_examples=EXAMPLES)
    return check_submission(submission, sample=SAMPLE.get(manner))


def mistakes_named(found: SubmissionReport) -> set[str]:
    causes = [found.likely_cause, *(part.likely_cause for part in found.parts)]
    return {cause.name for cause in causes if cause is not None and cause.is_mistake}


def wrong_pieces(found: SubmissionReport) -> list[str]:
    """The layers or functions that are wrong by themselves."""
    pieces = found.parts[1:] if found.layers else found.parts
    return [each.name for each in pieces if each.report.verdict is Verdict.DISAGREE]


def piece_of(exercise: Exercise) -> str:
    """The class or function in which a slip stands, as the check calls the piece."""
    place = place_of(exercise.right, exercise.slip.right)
    assert place is not None
    lines = exercise.right.splitlines()[: place[0]]
    headings = [line for line in lines if line.startswith(("class ", "def "))]
    name = headings[-1].split()[1].split("(")[0].rstrip(":")
    return name.removesuffix("_backward").removesuffix("_forward")


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.usefixtures("in_this_process")
def test_the_right_source_agrees(manner: str, tmp_path: Path) -> None:
    source = right_source(manner)
    file = tmp_path / "submission_right.py"
    file.write_text(source, "utf-8")
    found = found_in(file, manner)
    assert found.word == "agree"
    assert not found.left_out
    assert 60 <= len(source.splitlines()) <= 100


@pytest.mark.parametrize("manner", MANNERS)
def test_the_right_source_trains(manner: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.dont_write_bytecode", True)
        exec(compile(right_source(manner), manner, "exec"), {"__name__": "__main__"})
    costs = [float(line.split()[-1]) for line in capsys.readouterr().out.splitlines()]
    assert len(costs) == 5
    assert manner == "regularised" or costs[-1] < costs[0]


@pytest.mark.parametrize("exercise", CHECKED, ids=lambda each: each.name)
@pytest.mark.usefixtures("in_this_process")
def test_every_slip_is_caught_and_named(exercise: Exercise, tmp_path: Path) -> None:
    file = tmp_path / "submission_wrong.py"
    file.write_text(text_of(exercise, 1), "utf-8")
    found = found_in(file, exercise.manner.name)
    assert found.word == "disagree"
    names = mistakes_named(found)
    mistake = exercise.mistake
    if names:
        assert names & {mistake.name, *exercise.slip.same_numbers, *mistake.also}
    else:  # a piece by itself: the check names the piece, and the gradient in it
        assert exercise.manner.name in ("layers", "functions")
        pieces = wrong_pieces(found)
        assert pieces
        assert all(piece_of(exercise) in piece for piece in pieces)


def test_most_mistakes_are_named_and_not_only_placed() -> None:
    """Where the check names the piece alone, there is another manner in which it has a name."""
    whole = {
        each.slip.mistake for each in CHECKED if each.manner.name not in ("layers", "functions")
    }
    pieces = {each.slip.mistake for each in CHECKED if each not in QUICK}
    assert pieces - whole <= {"relu-derivative-one", "half-missing"}


def gradients_report(exercise: Exercise, text: str, file: Path) -> Report:
    """The gradients of functions over a dict, held against their own cost."""
    file.write_text(text, "utf-8")
    own = runpy.run_path(str(file))
    generator = np.random.default_rng(3)
    inputs, targets = generator.normal(size=(7, 6)), np.eye(3)[generator.integers(0, 3, 7)]
    parameters = own["initialize_parameters"](6, 5, 3)

    def cost(values: dict[str, np.ndarray]) -> float:
        return float(own["compute_cost"](own["forward_propagation"](inputs, values)[0], targets))

    _, cache = own["forward_propagation"](inputs, parameters)
    claims = own["backward_propagation"](inputs, targets, parameters, cache)
    gradients = {name: claims[f"d{name}"] for name in parameters}
    return check_gradients(cost, parameters, gradients)


@pytest.mark.parametrize("exercise", QUICK, ids=lambda each: each.name)
def test_every_slip_over_a_dict_is_caught(exercise: Exercise, tmp_path: Path) -> None:
    report = gradients_report(exercise, exercise.wrong, tmp_path / "wrong.py")
    assert report.verdict is Verdict.DISAGREE
    assert gradients_report(exercise, exercise.right, tmp_path / "right.py").ok


@pytest.mark.parametrize("exercise", all_exercises(), ids=lambda each: each.name)
def test_a_slip_changes_three_lines_at_most_and_gives_nothing_away(exercise: Exercise) -> None:
    wrong, right = exercise.wrong.splitlines(), exercise.right.splitlines()
    changes = [line for line in ndiff(right, wrong) if line.startswith(("+ ", "- "))]
    added = [line for line in changes if line.startswith("+ ")]
    assert 1 <= len(added) <= 3 or (not added and len(changes) == 1)
    assert len(changes) - len(added) <= 3
    assert not any("#" in line for line in added)
    assert exercise.slip.mistake not in text_of(exercise, 1)
    assert max(map(len, wrong)) <= 100
    compile(exercise.wrong, "wrong.py", "exec")


def test_each_mistake_has_one_form_in_a_manner_and_a_record() -> None:
    for manner in MANNERS.values():
        names = [slip.mistake for slip in manner.slips]
        assert len(set(names)) == len(names)
        assert set(names) <= set(MISTAKES)
        for slip in manner.slips:
            assert set(slip.same_numbers) <= set(MISTAKES)
            assert manner.slip(slip.mistake) is slip
        assert manner.slip("no-such-mistake") is None


def test_lines_are_found_however_they_are_indented() -> None:
    source = "a = 1\nfor b in c:\n    d = 2\n    if d:\n        e = 3\n"
    assert place_of(source, "d = 2\nif d:") == (3, 5)
    assert place_of(source, "e = 4") is None
    assert place_of(source, "") is None
    assert place_of(source + source, "a = 1") is None
    left_out = with_slip(source, Slip("any", "d = 2", ""))
    assert left_out == source.replace("    d = 2\n", "")
    longer = with_slip(source, Slip("any", "if d:", "d += 1\nif d:"))
    assert longer == source.replace("    if d:", "    d += 1\n    if d:")
