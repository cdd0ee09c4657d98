"""The corpus in small: right gradients are right, none is accused, and what is wrong is noticed."""

from dataclasses import replace

import numpy as np
import pytest

from tests.benchmarks.foreign import cases, main, told
from tests.benchmarks.foreign_functions.problems import CLEAN, FAMILIES, KINDS
from tests.benchmarks.foreign_functions.tables import failures, goals
from tests.benchmarks.foreign_functions.trials import Case, checked, self_test, trial
from tests.benchmarks.foreign_functions.truth import compare, right_gradient

CLEAN_NAMES = [name for name, each in FAMILIES.items() if each.kind == CLEAN]
WIDE = np.finfo(np.longdouble).eps < np.finfo(float).eps


def test_there_are_enough_families_of_every_kind() -> None:
    assert len(FAMILIES) >= 100
    assert {each.kind for each in FAMILIES.values()} == set(KINDS)


def test_a_problem_can_be_drawn_again() -> None:
    one, other = (Case("attention", 3).problem() for _ in range(2))
    for array, again in zip(one.parameters, other.parameters, strict=True):
        np.testing.assert_array_equal(array, again)
    assert one.cost(one.parameters) == other.cost(other.parameters)


@pytest.mark.parametrize("name", CLEAN_NAMES)
def test_no_right_gradient_of_a_clean_family_is_accused(name: str) -> None:
    for number in range(2):
        case = Case(name, number)
        problem = case.problem()
        report = checked(case, problem, right_gradient(problem))
        assert report.verdict.word != "disagree", f"{name}:{number}"


@pytest.mark.skipif(not WIDE, reason="longdouble is no wider than float64 here")
@pytest.mark.parametrize("name", list(FAMILIES))
def test_the_right_gradients_are_right(name: str) -> None:
    assert not self_test(Case(name, 0)).wrong


@pytest.mark.skipif(not WIDE, reason="longdouble is no wider than float64 here")
@pytest.mark.parametrize("size", [1e-2, 1e-4, 1e-6])
def test_the_self_test_notices_a_wrong_gradient(size: float) -> None:
    problem = Case("tanh_network", 0).problem()
    claims = right_gradient(problem)
    assert not compare(problem, claims).wrong
    claims[1].flat[0] *= 1.0 + size
    (words,) = compare(problem, claims).wrong[:1]
    assert words.startswith("array 1, entry 0")


def test_the_self_test_notices_a_formula_that_is_not_the_cost() -> None:
    problem = Case("polynomial", 0).problem()
    other = replace(problem, computed=lambda xp, p, d: 2.0 * problem.formula(xp, p, d))
    assert compare(other, right_gradient(other)).wrong


@pytest.mark.parametrize("name", ["polynomial", "attention", "lennard_jones"])
def test_a_planted_factor_of_two_is_caught(name: str) -> None:
    result = trial(Case(name, 1))
    doubled = [plant for plant in result.planted if plant.name == "doubled"]
    assert doubled
    assert all(plant.beyond and plant.word == "disagree" and not plant.ok for plant in doubled)


def test_the_goals_are_missed_when_right_gradients_are_accused() -> None:
    result = trial(Case("polynomial", 0))
    assert goals([result])[1]
    accused = replace(result, word="disagree")
    assert not goals([accused])[1]
    assert failures([accused])[0].startswith("ACCUSED polynomial:0")


def test_the_goals_are_missed_when_a_gross_error_passes() -> None:
    result = trial(Case("polynomial", 0))
    planted = [
        replace(plant, word="agree", ok=True) if plant.gross else plant for plant in result.planted
    ]
    passed = replace(result, planted=tuple(planted))
    assert not goals([passed])[1]
    assert any(line.startswith("GROSS PASSED polynomial:0") for line in failures([passed]))


def test_the_program_prints_its_tables(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--instances", "2", "--family", "polynomial", "--jobs", "1"]) == 0
    printed = capsys.readouterr().out
    assert "PyTorch's rule" in printed
    assert printed.count("yes ") == 8


def test_one_problem_can_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "polynomial:1"]) == 0
    assert "slope" in capsys.readouterr().out


def test_cases_of_one_family() -> None:
    work = cases(3, 5, "central", ["linear"])
    assert [case.number for case in work] == [0, 1, 2]
    assert [result.entries > 0 for result in told(self_test, work, 1)] == [True] * 3
