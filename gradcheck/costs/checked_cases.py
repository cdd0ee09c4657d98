"""What ``compare_costs`` is given, checked before anything is measured."""

from collections.abc import Sequence

from gradcheck.costs.cost_row import Case
from nets.errors import BadInput, expect_whole, in_one_line, is_number, is_whole
from nets.shapes import expect_free_memory, expect_sizes

__all__ = ["expect_some_work"]

# Seconds: a day. A longer budget is taken to be a slip.
LONGEST_BUDGET = 86_400
# More threads than any machine has cores.
MOST_THREADS = 4096


def expect_some_work(cases: Sequence[Case], budget: float, threads: int) -> None:
    """Check that there is something to measure, and that it can be measured.

    Args:
        cases: the networks and mini-batches.
        budget: seconds for all of them.
        threads: how many work.

    Raises:
        BadInput: there is nothing to measure, or it cannot be measured.

    """
    if not cases:
        raise BadInput("there are no networks to compare; give at least one")
    for case in cases:
        if not isinstance(case, Case):
            raise BadInput(f"a case is a {type(case).__name__}; give a gradcheck.Case")
        expect_sizes(case.sizes)
        expect_whole("the batch size of a case", case.batch_size, least=1)
        expect_free_memory(case.sizes, case.batch_size)
    if not (is_number(budget) and 0.0 < budget <= LONGEST_BUDGET):
        raise BadInput(
            f"a budget of {in_one_line(budget)} seconds cannot be used; give a positive number, "
            f"of at most {LONGEST_BUDGET:,}"
        )
    if not is_whole(threads) or not 1 <= threads <= MOST_THREADS:
        raise BadInput(
            f"{in_one_line(threads)} threads cannot do any work; give 1 to {MOST_THREADS}"
        )
