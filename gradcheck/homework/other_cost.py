"""Whether gradients that disagree are right for another cost than the one that was guessed."""

from collections.abc import Sequence

from gradcheck.homework.candidates import Candidate, fits
from gradcheck.homework.facts import PartFacts
from gradcheck.homework.likely_cause import LikelyCause
from gradcheck.homework.process.process_engine import ProcessEngine
from gradcheck.homework.process.student_process import StudentProcess
from gradcheck.homework.student_code import StudentError
from gradcheck.homework.understanding.output_costs import COSTS_OF_OUTPUT

__all__ = ["right_for_another_cost"]


def right_for_another_cost(
    claimed: Candidate,
    facts: PartFacts,
    position: int,
    processes: Sequence[StudentProcess],
    seed: int,
) -> LikelyCause | None:
    """The cost that the gradients are right for, if there is one.

    Args:
        claimed: the gradients that disagree.
        facts: about the part.
        position: of the part in the contract.
        processes: those that compute its costs.
        seed: chooses the entries that are compared.

    """
    for name, cost in COSTS_OF_OUTPUT.items():
        if name == facts.cost:
            continue
        try:
            engine = ProcessEngine(processes, facts.values, part=position, cost=name)
            found = fits(claimed, engine, facts.values, seed)
        except StudentError:
            continue  # such as ln of an output that is not between 0 and 1
        if found:
            return LikelyCause(
                "other-cost",
                f"The gradients are right for another cost: {cost.formula}. If that is the cost "
                f"that you mean, use --cost {name}. If not, the derivative of the last activation "
                "is missing.",
            )
    return None
