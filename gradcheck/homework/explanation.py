"""What explains a disagreement: state between calls, another cost, or a mistake in a step."""

from collections.abc import Mapping
from dataclasses import replace

from gradcheck.diagnosis.array_causes import array_diagnosis
from gradcheck.diagnosis.checked_array import ClaimedArray, Explanation
from gradcheck.homework.candidates import Candidate
from gradcheck.homework.disagreement import wrong_arrays
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.other_cost import right_for_another_cost
from gradcheck.homework.our_network import diagnose_on_our_network
from gradcheck.homework.repair_look import (
    cause_of_change,
    change_words,
    mending_change,
    mends_all,
)
from gradcheck.homework.repairs.found_repair import Found
from gradcheck.homework.second_look import second_look
from gradcheck.homework.submission_processes import SubmissionProcesses
from gradcheck.homework.where_to_look import few_digits, where_to_look
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis, names_text
from gradcheck.verdicts.report import Report

__all__ = ["explained"]

# Causes that only say how the numbers are wrong. A change that mends the code says why.
NUMBERS_ALONE = frozenset({"constant-factor", None})
KEEPS_STATE = LikelyCause(
    "keeps-state", "backprop returns other gradients when it is called again."
)


def explained(
    report: Report,
    claimed: Candidate,
    facts: PartFacts,
    position: int,
    processes: SubmissionProcesses,
    how: Settings,
) -> tuple[Report, LikelyCause | None]:
    """The report with a diagnosis, and the likely cause of a disagreement; None if it agrees.

    Args:
        report: what the check found.
        claimed: the gradients that were checked.
        facts: about the part.
        position: of the part in the contract.
        processes: with the student's code; the first computes its other costs.
        how: as the gradients were checked.

    """
    if not wrong_arrays(report):
        return report, None
    # Causes that are no mistake in a step of backprop come first.
    if facts.again is not None:
        return report, KEEPS_STATE
    if facts.guessed and facts.has_other_costs:
        other = right_for_another_cost(claimed, facts, position, processes.opened[:1], how.seed)
        if other is not None:
            return report, other
    by_layers = diagnose_on_our_network(facts, claimed.gradients, report)
    if by_layers is not None and by_layers.likely_cause is not None:
        evidence = f"{by_layers.says} {by_layers.evidence}"
        return replace(report, diagnosis=by_layers), LikelyCause(by_layers.likely_cause, evidence)
    by_arrays = _by_arrays(report, claimed, facts)
    named = _first_named(report, by_arrays, everywhere=False)
    if named is None:
        seen = second_look(claimed, facts, position, processes, how)
        if seen:
            by_arrays = _by_arrays(report, claimed, facts, seen)
        named = _first_named(report, by_arrays, everywhere=True)
    place = few_digits(report)
    if place is None and not _explains_all(named):
        change = mending_change(report, claimed, facts, position, processes)
        known = named or by_arrays
        by_change = _by_change(report, known, facts, change, is_named=named is not None)
        if by_change is not None:
            return by_change
    if named is not None:
        return replace(report, diagnosis=named), _cause_of(named)
    # Hints about one of our networks say more than hints about arrays.
    return replace(report, diagnosis=by_layers or by_arrays), place or where_to_look(report)


def _by_change(
    report: Report,
    numbers: ArrayDiagnosis | None,
    facts: PartFacts,
    found: Found | None,
    *,
    is_named: bool,
) -> tuple[Report, LikelyCause] | None:
    """The mistake that a change of the code shows, together with what the numbers show.

    Args:
        report: what the check found.
        numbers: what the numbers of the wrong arrays show.
        facts: about the part.
        found: the change that makes gradients right; None if none does.
        is_named: whether the numbers show a mistake that has a name.

    """
    if found is None or (is_named and not mends_all(found, report)):
        return None
    cause = cause_of_change(found, report)
    if numbers is None or not is_named or numbers.likely_cause != cause.name:
        return replace(report, diagnosis=_of_change(numbers, cause, facts, found)), cause
    # The numbers and the code show the same.
    shown = _cause_of(numbers)
    evidence = f"{shown.evidence} {change_words(found, report)}"
    return replace(report, diagnosis=numbers), replace(shown, evidence=evidence)


def _of_change(
    numbers: ArrayDiagnosis | None, cause: LikelyCause, facts: PartFacts, found: Found
) -> ArrayDiagnosis | None:
    """The diagnosis of the arrays that a change mends: its last hint is the line to read."""
    if numbers is None:
        return None
    mended = {facts.arrays[position].name for position in found.mended}
    line = f"Read line {found.line} of {found.file} again: it is where a small change helps."
    shown = [
        replace(
            each,
            likely_cause=cause.name,
            says=cause.evidence,
            hints=(*each.hints[:-1], line),
            others=(),
        )
        for each in (numbers, *numbers.others)
        if each.array in mended
    ]
    return replace(shown[0], others=tuple(shown[1:])) if shown else None


def _by_arrays(
    report: Report,
    claimed: Candidate,
    facts: PartFacts,
    seen: Mapping[str, Explanation] | None = None,
) -> ArrayDiagnosis | None:
    """The mistake in each wrong array, as its numbers show it or as a second look has shown it."""
    known = [
        ClaimedArray(gradient, array.value)
        for gradient, array in zip(claimed.gradients, facts.arrays, strict=True)
        if array.value.size
    ]
    size = facts.batch_size
    return array_diagnosis(
        report, known, batch_size=size, outputs=facts.n_output, found_otherwise=seen
    )


def _first_named(
    report: Report, found: ArrayDiagnosis | None, *, everywhere: bool
) -> ArrayDiagnosis | None:
    """The same diagnosis. First comes the explained array that backprop computes first.

    Args:
        report: what the check found.
        found: the diagnosis of its wrong arrays.
        everywhere: whether to go on to the next arrays if the first has no known mistake.

    Returns:
        None if no mistake is known.

    """
    if found is None:
        return None
    wrong = [array.name for array in wrong_arrays(report)]
    each_alone = [replace(each, others=()) for each in (found, *found.others)]
    each_alone.sort(key=lambda each: wrong.index(each.array))
    named = (each for each in each_alone if each.likely_cause is not None)
    first = next(named, None)
    if first is None or not (everywhere or first.array == wrong[0]):
        return None
    return replace(first, others=tuple(each for each in each_alone if each is not first))


def _explains_all(found: ArrayDiagnosis | None) -> bool:
    """Whether one mistake that has a name explains every wrong array."""
    if found is None:
        return False
    causes = {each.likely_cause for each in (found, *found.others)}
    return len(causes) == 1 and not causes & NUMBERS_ALONE


def _cause_of(found: ArrayDiagnosis) -> LikelyCause:
    """The mistake of a diagnosis, and all arrays that have it."""
    assert found.likely_cause is not None
    alike = [each.array for each in (found, *found.others) if each.says == found.says]
    evidence = f" {found.evidence}" if len(alike) == 1 else ""
    return LikelyCause(found.likely_cause, f"{found.says}{evidence} (In {names_text(alike)}.)")
