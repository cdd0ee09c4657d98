"""One problem through the checker: with the right gradient, then with every planted error."""

import os
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck import check_gradients
from tests.benchmarks import foreign_functions
from tests.benchmarks.foreign_functions.plants import BARS, Plant, plants, reach
from tests.benchmarks.foreign_functions.problems import FAMILIES, Array, Problem
from tests.benchmarks.foreign_functions.rules import Rules
from tests.benchmarks.foreign_functions.truth import Comparison, compare, right_gradient

assert foreign_functions.__all__  # importing it fills the list of families

__all__ = ["Case", "Planted", "Trial", "self_test", "trial"]

SCHEMES = ("forward", "central", "five-point", "complex")


@dataclass(frozen=True)
class Case:
    """What tells one check from all others, so that it can be run again."""

    family: str
    number: int
    seed: int = 0
    scheme: str = ""

    def problem(self) -> Problem:
        """The cost and the point."""
        return FAMILIES[self.family].problem(self.number, self.seed)

    def chosen_scheme(self, problem: Problem) -> str:
        """The scheme asked for, or the schemes that suit the problem in turn."""
        if self.scheme:
            return self.scheme
        suiting = SCHEMES if problem.holomorphic else SCHEMES[:-1]
        return suiting[self.number % len(suiting)]


@dataclass(frozen=True)
class Planted:
    """What a check said about a planted error.

    Attributes:
        name: the sort of error.
        gross: whether it is a gross one.
        beyond: whether it is beyond the error bars of the right gradient's report.
        blind: whether it is in an entry that has no finite error bar there.
        word: the verdict; empty where the error is neither, for then it is not checked.
        ok: whether the report says that all is well.
        passed: the other rules that accept it.
        message: where it is beyond the bars and not found, the first such entry in both reports.

    """

    name: str
    gross: bool
    beyond: bool
    blind: bool
    word: str = ""
    ok: bool = False
    passed: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True)
class Trial:
    """What one problem told.

    Attributes:
        case: which problem.
        kind: the kind of its family.
        scheme: how it was checked.
        word: the verdict on the right gradient; empty after an exception.
        message: the entry furthest off, or the exception.
        accepted: the other rules that accept the right gradient.
        planted: the planted errors.

    """

    case: Case
    kind: str
    scheme: str
    word: str
    message: str = ""
    accepted: tuple[str, ...] = ()
    planted: tuple[Planted, ...] = ()


def packed(arrays: Sequence[Array], number: int) -> Any:
    """The arrays as a user hands them over: one alone, in a list, or in a dict."""
    if len(arrays) == 1 and number % 2 == 0:
        return arrays[0]
    if number % 4 < 2:
        return list(arrays)
    return {f"p{which}": array for which, array in enumerate(arrays)}


def unpacked(parameters: Any) -> list[Any]:
    """The arrays out of what ``packed`` made."""
    if isinstance(parameters, dict):
        return list(parameters.values())
    return list(parameters) if isinstance(parameters, list) else [parameters]


def checked(case: Case, problem: Problem, claims: Sequence[Array]) -> Any:
    """The report of the checker."""
    return check_gradients(
        lambda parameters: problem.cost(unpacked(parameters)),
        packed([array.copy() for array in problem.parameters], case.number),
        packed([array.copy() for array in claims], case.number),
        scheme=case.chosen_scheme(problem),
        seed=case.seed,
    )


def worst_entry(report: Any) -> str:
    """The entry that is the most error bars off, in words."""
    worst, words = -1.0, "no entries"
    for which, array in enumerate(report.arrays):
        with np.errstate(all="ignore"):
            off = np.abs(array.backprop - array.numerical) / (BARS * array.error_bar)
        ranked = np.where(np.isfinite(off), off, 0.0) + 1e3 * (np.asarray(array.verdicts) == 1)
        ranked = ranked + 1e2 * (np.asarray(array.verdicts) == 3)
        place = int(np.argmax(ranked))
        if ranked[place] > worst:
            worst = float(ranked[place])
            words = (
                f"array {which}, entry {array.entries[place]}: claim {array.backprop[place]:.12g}, "
                f"measured {array.numerical[place]:.12g} +- {array.error_bar[place]:.2g}, "
                f"code {array.verdicts[place]}"
            )
    return words


def trial(case: Case) -> Trial:
    """Check a problem with the right gradient and with wrong ones."""
    problem = case.problem()
    kind, scheme = FAMILIES[case.family].kind, case.chosen_scheme(problem)
    draw = np.random.default_rng([case.seed, case.number, 1])
    right = right_gradient(problem)
    rules = Rules(problem, draw)
    try:
        report = checked(case, problem, right)
        results = [
            planted(case, problem, right, plant, report, rules) for plant in plants(right, draw)
        ]
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(place.filename)}:{place.lineno}"  # noqa: PTH119
        message = f"{type(error).__name__}: {error} ({where})"
        return Trial(case, kind, scheme, "", message, rules.accepting(right))
    return Trial(
        case,
        kind,
        scheme,
        report.verdict.word,
        worst_entry(report),
        rules.accepting(right),
        tuple(results),
    )


def planted(
    case: Case, problem: Problem, right: Sequence[Array], plant: Plant, report: Any, rules: Rules
) -> Planted:
    """Check one planted error, if the report on the right gradient says that it can be seen."""
    seen = reach(report, problem, right, plant.claims)
    if not (seen.beyond or seen.blind):
        return Planted(plant.name, plant.gross, False, False)
    wrong = checked(case, problem, plant.claims)
    return Planted(
        plant.name,
        plant.gross,
        seen.beyond,
        seen.blind,
        wrong.verdict.word,
        bool(wrong.ok),
        rules.accepting(plant.claims) if seen.beyond else (),
        entry_beyond(report, wrong) if seen.beyond and wrong.verdict.word != "disagree" else "",
    )


def entry_beyond(report: Any, wrong: Any) -> str:
    """The first entry beyond the bars of one report, as that report and the other have it."""
    for which, (array, other) in enumerate(zip(report.arrays, wrong.arrays, strict=True)):
        off = np.abs(other.backprop - array.numerical) > BARS * array.error_bar
        for place in np.flatnonzero(off & (other.backprop != array.backprop))[:1]:
            return (
                f"array {which}, entry {array.entries[place]}: wrong {other.backprop[place]:.10g}; "
                f"{array.numerical[place]:.10g} +- {array.error_bar[place]:.2g} with the right "
                f"claims, {other.numerical[place]:.10g} +- {other.error_bar[place]:.2g} with the "
                f"wrong ones, code {other.verdicts[place]}"
            )
    return "no entry"


def self_test(case: Case) -> Comparison:
    """Compare the right gradient of a problem with a measurement that is more precise."""
    problem = case.problem()
    return compare(problem, right_gradient(problem))
