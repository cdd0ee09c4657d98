"""Gradients that are right for another cost than the one that was guessed."""

from pathlib import Path

from gradcheck.homework.candidates import candidates_of
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.other_cost import right_for_another_cost
from gradcheck.homework.submission_processes import SubmissionProcesses
from tests.gradcheck.homework.students import FOLDER, submission


def other_cost(path: Path, class_name: str) -> LikelyCause | None:
    asked = submission(path, class_name)
    with SubmissionProcesses(asked) as processes:
        facts = processes.open().parts[0]
        (claimed,) = candidates_of(facts.gradients, asked.batch_size, ())
        return right_for_another_cost(claimed, facts, 0, processes.opened, 0)


def test_the_cost_is_named(in_this_process: None) -> None:
    found = other_cost(FOLDER / "wrong.py", "NoDerivativeAtTheEnd")
    assert found is not None
    assert found.name == "other-cost"
    assert "cross-entropy, -sum (y ln a + (1 - y) ln(1 - a))" in found.evidence
    assert "use --cost fused-sigmoid-cross-entropy" in found.evidence


def test_gradients_of_the_guessed_cost_belong_to_no_other(in_this_process: None) -> None:
    assert other_cost(FOLDER / "book.py", "Network") is None
    assert other_cost(FOLDER / "wrong.py", "SignFlipped") is None


def test_a_cost_that_cannot_be_computed_is_passed_over(
    tmp_path: Path, in_this_process: None
) -> None:
    # ln of an output above 1 is no number in either of the other costs.
    book = (FOLDER / "book.py").read_text("utf-8")
    (tmp_path / "homework.py").write_text(book.replace("a = sigmoid(w @ a + b)", "a = 3 + w @ a"))
    assert other_cost(tmp_path / "homework.py", "Network") is None
