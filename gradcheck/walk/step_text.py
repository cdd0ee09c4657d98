"""Each step, and the explanation of one entry, as text that fits on a screen of 80 x 24."""

import math
import textwrap

from gradcheck.show.numbers import differing_texts, scientific
from gradcheck.show.text import WIDTH
from gradcheck.walk.matrices import matrices_text
from gradcheck.walk.one_entry import Explained
from gradcheck.walk.walk_step import WalkStep

__all__ = ["entry_text", "step_text"]

# The columns of the explanation of an entry: its factors, and equation (46) beside them.
LEFT = 36
MOST_EXAMPLES = 4  # whose terms of a sum are written out
# Digits of a cost: with fewer, its change over h would not give the slope that is shown.
COST_DIGITS = 15
# Digits of a slope, at most.
MOST_DIGITS = 15


def step_text(step: WalkStep) -> str:
    """A step: its title, what it does, its formula and its code, and its matrices."""
    book = f"[{step.book}]" if step.book else ""
    title = f"{step.title:<{WIDTH - len(book)}}{book}".rstrip()
    if len(title) > WIDTH:
        title = f"{step.title}\n{book:>{WIDTH}}"
    return "\n".join(
        [
            title,
            *textwrap.wrap(step.task, WIDTH),
            f"    {step.formula}",
            f"    {step.code}",
            "",
            *matrices_text(step.terms),
        ]
    )


def entry_text(found: Explained) -> str:
    """The factors from the cost to the entry, and (46) for the same entry beside them."""
    left, right = _chain_lines(found), _measured_lines(found)
    height = max(len(left), len(right))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    title = f"{found.entry.name} = {found.value:.6g}: by the chain rule, and by (46)"
    lines = [f"{one:<{LEFT}}  {other}".rstrip() for one, other in zip(left, right, strict=True)]
    return "\n".join([title[0].upper() + title[1:], "", *lines])


def _chain_lines(found: Explained) -> list[str]:
    """The factors of the path of example 1 that counts most, and the sums."""
    paths = found.paths[0]
    path = max(paths, key=lambda each: abs(each.product))
    others = len(paths) - 1
    lines = [
        "Factors, example 1" + (", its largest path" if others else ""),
        *(_line(factor.name, f"{factor.value:.6g}") for factor in path.factors),
        _line("multiplied", f"{path.product:.6g}"),
    ]
    if others:
        rest = found.of_examples[0] - path.product
        what = f"{others} other paths" if others > 1 else "the other path"
        lines.append(_line(what, f"{rest:.6g}"))
    if len(found.paths) > 1:
        parts = found.of_examples
        # A line for the others takes as much room as one more example.
        shown = parts if len(parts) == MOST_EXAMPLES + 1 else parts[:MOST_EXAMPLES]
        lines += [_line(f"example {n}", f"{part:.6g}") for n, part in enumerate(shown, 1)]
        if len(parts) > len(shown):
            rest = sum(parts[MOST_EXAMPLES:])
            lines.append(_line(f"{len(parts) - len(shown)} other examples", f"{rest:.6g}"))
    return [*lines, _line(f"sum: dC/d{_letter(found)} by backprop", f"{found.backprop:.6g}")]


def _measured_lines(found: Explained) -> list[str]:
    moved, unmoved = differing_texts(found.moved_cost, found.cost, COST_DIGITS, "g")
    digits = _digits_to_bar(found.slope, found.error_bar)
    backprop, slope = differing_texts(found.backprop, found.slope, digits, "g")
    letter = _letter(found)
    return [
        "Equation (46), all examples",
        _line("h", f"{found.step:.6g}"),
        _line(f"C({letter} + h)", moved),
        _line(f"C({letter})", unmoved),
        _line(f"(C({letter}+h) - C({letter})) / h", slope),
        _line("backprop", backprop),
        _line("error bar", scientific(found.error_bar)),
        _line("verdict", found.verdict.word),
    ]


def _digits_to_bar(slope: float, bar: float) -> int:
    """How many digits of a slope are not below its error bar, at least 6: so its error is seen."""
    if not 0.0 < bar < abs(slope):
        return 6
    return min(MOST_DIGITS, max(6, 1 + math.ceil(math.log10(abs(slope) / bar))))


def _letter(found: Explained) -> str:
    """What formulas call the entry: w for a weight, b for a bias."""
    return "b" if found.entry.upstream is None else "w"


def _line(name: str, number: str) -> str:
    return f"  {name:<{LEFT - 4 - len(number)}}  {number}"
