"""The verdicts on gradients that a part of somebody else's code claims."""

from gradcheck.engines.engine import Engine
from gradcheck.homework.candidates import Candidate
from gradcheck.homework.enough_digits import DIGITS_OF_A_CLASS, with_enough_digits
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.student_text import printable
from gradcheck.slopes.settings import Settings
from gradcheck.verdicts.check_claims import check_claims
from gradcheck.verdicts.claim import Claim
from gradcheck.verdicts.report import Report

__all__ = ["report_on"]


def report_on(
    claimed: Candidate,
    facts: PartFacts,
    engine: Engine,
    how: Settings,
    *,
    strict: bool,
    digits: float = DIGITS_OF_A_CLASS,
) -> Report:
    """The verdicts on the gradients of one candidate.

    Args:
        claimed: the gradients.
        facts: about the part that claims them.
        engine: computes its cost.
        how: the scheme, its step, and which entries.
        strict: whether agreement to some digits is not enough.
        digits: how many are enough otherwise.

    Raises:
        StudentError: the student's code raised something or broke a limit.

    """
    claims = []
    for array, gradient in zip(facts.arrays, claimed.gradients, strict=True):
        slot, name = array.slot, printable(array.name)
        layer, parameter = (None, name) if slot is None else (slot.layer, slot.parameter)
        claims.append(Claim(name, layer, parameter, array.value, gradient))
    report = check_claims(claims, engine, how)
    return with_enough_digits(report, facts, strict=strict, digits=digits)
