"""The verdict of a report in a sentence."""

from collections.abc import Sequence
from math import isfinite, isnan

from gradcheck.show.numbers import (
    differing_texts,
    entries_text,
    index_text,
    percent_text,
    scientific,
)
from gradcheck.show.text import Sentence
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.verdict import Verdict

__all__ = ["agreement", "disagreement", "finding_part", "indecision", "verdict_part"]

# Arrays whose names a sentence lists; of more than these it only says how many there are.
MOST_NAMED = 8
STYLES = {
    Verdict.AGREE: "bold green",
    Verdict.DISAGREE: "bold red",
    Verdict.UNDECIDED: "bold yellow",
}


def verdict_part(verdict: Verdict, sentence: str) -> Sentence:
    """The verdict's sentence in the verdict's colour."""
    return Sentence(sentence, STYLES[verdict])


def finding_part(finding: str) -> Sentence:
    """What is wrong besides the numbers, in the colour of a disagreement."""
    return Sentence(f"WRONG {finding}", STYLES[Verdict.DISAGREE])


def agreement(arrays: Sequence[ArrayReport], agreeing: int, scheme: str) -> str:
    """The sentence for a gradient that agrees, with the smallest error that would have shown."""
    checked = sum(array.checked for array in arrays)
    resolution = max(array.resolution for array in arrays)
    to_digits = any(array.accepted_digits is not None for array in arrays)
    how = "to the digits that count" if to_digits else "within two error bars"
    return (
        f"AGREE {agreeing:,} of {checked:,} entries agree with {scheme_named(scheme).title} {how}, "
        "and none contradicts it. An array wrong by as little as "
        f"{percent_text(resolution)} would have been noticed."
    )


def indecision(undecided: Sequence[ArrayReport], edges: int, scheme: str) -> str:
    """The sentence for a check that confirmed nothing in some array, or at some entry."""
    if edges and not undecided:
        return (
            f"UNDECIDED No entry contradicts {scheme_named(scheme).title}, but the cost is not "
            f"finite around {entries_text(edges)}. This is not a pass."
        )
    where = _listed(undecided) if undecided else "any array"
    return (
        f"UNDECIDED No entry contradicts {scheme_named(scheme).title}, but none could be confirmed "
        f"in {where}. This is not a pass. Try other inputs, another scheme, or smaller weights."
    )


def disagreement(arrays: Sequence[ArrayReport], scheme: str) -> str:
    """The sentence for a gradient that is wrong, with its worst entry."""
    checked = sum(array.checked for array in arrays)
    wrong = [array for array in arrays if array.counts["disagree"]]
    count = sum(array.counts["disagree"] for array in wrong)
    array = max(wrong, key=lambda each: float(each.errors_in_bars[each.worst]))
    worst, estimate = array.worst, scheme_named(scheme).title
    numerical = float(array.numerical[worst])
    claim = float(array.backprop[worst])
    backprop_text, numerical_text = differing_texts(claim, numerical)
    said = "gives no number (NaN)" if isnan(claim) else f"says {backprop_text}"
    factor = claim / numerical if numerical else 0.0
    has_factor = factor and isfinite(factor)
    factor_text = f" (factor {differing_texts(factor, 1.0, 3, 'g')[0]})" if has_factor else ""
    return (
        f"DISAGREE {count:,} of {checked:,} entries contradict {estimate}, in "
        f"{_listed(wrong)}. At {array.name} "
        f"{index_text(array.index_of(worst))} backprop {said}, {estimate} says "
        f"{numerical_text} +/- {scientific(float(array.error_bar[worst]))}{factor_text}."
    )


def _listed(arrays: Sequence[ArrayReport]) -> str:
    if len(arrays) > MOST_NAMED:
        return f"{len(arrays):,} arrays"
    return ", ".join(array.name for array in arrays)
