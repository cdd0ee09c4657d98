"""What ``gradcheck bugs NAME`` shows: the mistake, its line, its numbers, and a small picture."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from gradcheck.bugs.in_code import IN_CODE, RIGHT_LINES
from gradcheck.bugs.planting import Bug
from gradcheck.commands.output.streams import show
from gradcheck.exercise.draw import Exercise
from gradcheck.exercise.solution import solution_parts
from gradcheck.show.dots import dots_text
from gradcheck.show.numbers import sizes_text
from gradcheck.show.text import Part, Sentence, Table
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.network import Network

__all__ = ["Shown", "json_of_bug", "show_bug", "show_name_of_verify", "show_slip"]


@dataclass(frozen=True)
class Shown:
    """A mistake in a small network, and what a check finds.

    Attributes:
        bug: the mistake.
        layer: where it was planted, counted from 1.
        network: the small network.
        report: of the check.
        same_numbers: other mistakes that give the same numbers there.
        is_exercise: whether ``gradcheck exercise`` can write code with it.

    """

    bug: Bug
    layer: int
    network: Network
    report: Report
    same_numbers: tuple[str, ...]
    is_exercise: bool

    @property
    def wrong_arrays(self) -> list[ArrayReport]:
        """Those in which something disagrees, in the order in which backprop computes them."""
        arrays = [each for each in self.report.arrays if each.counts["disagree"]]
        return sorted(arrays, key=lambda each: -(each.layer or 0))

    @property
    def network_words(self) -> str:
        """Such as ``5-4-4-4 network, sigmoid, quadratic cost``."""
        activation = self.network.layers[0].activation.name
        cost = self.network.cost_function.name
        return f"{sizes_text(self.network.sizes)} network, {activation}, {cost} cost"


def json_of_bug(shown: Shown) -> dict[str, Any]:
    """The mistake, and what a check of it finds, as plain numbers and strings."""
    bug = shown.bug
    return {
        "name": bug.name,
        "step": bug.step,
        "says": bug.says,
        "why": IN_CODE[bug.name].why,
        "right_line": RIGHT_LINES[bug.step],
        "wrong_line": IN_CODE[bug.name].line,
        "looks_like": bug.looks_like,
        "same_numbers": list(shown.same_numbers),
        "layer": shown.layer,
        "arrays": [
            {"name": each.name, "checked": each.checked, "disagree": each.counts["disagree"]}
            for each in shown.report.arrays
        ],
    }


def show_bug(shown: Shown, *, plain: bool) -> None:
    """Show what the mistake is, its line, what a check finds, and how its numbers look."""
    bug, code = shown.bug, IN_CODE[shown.bug.name]
    parts: list[Part] = [
        Sentence(f"{bug.name} in {bug.step}. {bug.says}", "bold"),
        Sentence(f"Why people make it: {code.why}"),
        Sentence(f"Right:\n  {_indented(RIGHT_LINES[bug.step])}"),
        Sentence(f"Wrong:\n  {_indented(code.line)}"),
        _table_of(shown),
        Sentence(f"There {bug.step} equals {bug.looks_like}."),
        Sentence(_picture_of(shown.wrong_arrays[0])),
    ]
    parts += [
        Sentence(f"The mistake {name} gives the same numbers here: both answers are right.")
        for name in shown.same_numbers
    ]
    if shown.is_exercise:
        parts.append(_exercise_with(bug.name))
    show(parts, plain=plain)


def show_slip(exercise: Exercise, *, plain: bool) -> None:
    """Show a mistake that exists in source code only."""
    show([*solution_parts(exercise), _exercise_with(exercise.slip.mistake)], plain=plain)


def show_name_of_verify(name: str, says: str, made_by: list[str], *, plain: bool) -> None:
    """Show a name that ``verify`` gives to wrong numbers, which several mistakes may make."""
    parts = [
        Sentence(f"{name}: {says}", "bold"),
        Sentence(
            "gradcheck verify uses this name where it cannot tell which mistake made the numbers. "
            "It is no mistake that --bug can plant."
        ),
    ]
    if made_by:
        parts.append(Sentence(f"Mistakes that make such numbers: {', '.join(made_by)}."))
    show(parts, plain=plain)


def _exercise_with(name: str) -> Sentence:
    """How to get code with the mistake; the command has a line of its own, to be copied."""
    return Sentence(f"To find it in code:\n  gradcheck exercise --bug {name} -o homework.py")


def _indented(lines: str) -> str:
    return lines.replace("\n", "\n  ")


def _table_of(shown: Shown) -> Table:
    """How many entries of each array are wrong, and by which factor in the middle."""
    rows = tuple(
        (each.name, str(each.checked), str(each.counts["disagree"]), _factor_text(each))
        for each in sorted(shown.report.arrays, key=lambda each: -(each.layer or 0))
    )
    title = f"Planted in layer {shown.layer} of a {shown.network_words}"
    return Table(title, ("array", "checked", "wrong", "backprop / slope (median)"), rows)


def _factor_text(array: ArrayReport) -> str:
    """The median of backprop divided by the slope, over the wrong entries."""
    is_wrong = array.verdicts == Verdict.DISAGREE
    slopes = array.numerical[is_wrong]
    if not slopes.size or not np.all(slopes):
        return "-"
    return f"{float(np.median(array.backprop[is_wrong] / slopes)):.3g}"


def _picture_of(array: ArrayReport) -> str:
    """The claims of one array against its slopes, as dots."""
    slopes, claims = array.numerical.tolist(), array.backprop.tolist()
    return (
        f"The {array.name}: a dot (o) for each entry, its measured slope across, backprop's value "
        f"up. On the dotted line both are equal.\n\n{dots_text(slopes, claims)}"
    )
