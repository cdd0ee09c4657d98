"""A check with a progress bar; what was finished is shown if it is interrupted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from gradcheck.commands.options.check import CheckOptions
from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.progress import Progress
from gradcheck.commands.output.verify import show_finished
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.check_claims import CheckInterrupted, CheckWithoutWorkers

__all__ = ["progress_of_check"]


@contextmanager
def progress_of_check(
    check: CheckOptions, array_sizes: Sequence[int], output: OutputOptions
) -> Iterator[Progress]:
    """Show how far a check has come; if it ends early, show the arrays that were finished.

    Args:
        check: how the gradient is checked.
        array_sizes: the number of entries in each parameter array.
        output: JSON is not written for an interrupted check.

    """
    entries = sum(min(check.sample or size, size) for size in array_sizes)
    costs = entries * len(scheme_named(check.scheme).perturbed_offsets)
    try:
        with Progress("checking", costs) as progress:
            yield progress
    except CheckInterrupted as interrupt:
        if not output.as_json:
            show_finished(interrupt.report, plain=output.plain)
        raise
    except CheckWithoutWorkers as gone:
        if gone.report.arrays and not output.as_json:
            show_finished(gone.report, plain=output.plain)
        raise
