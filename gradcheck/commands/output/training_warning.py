"""Whether a training has failed, though each of its steps was taken, and what to change."""

from collections.abc import Sequence

from gradcheck.show.learning_curve import best_epoch
from nets.training import Epoch

__all__ = ["warning_text"]

# Times as many right answers as by guessing. A network that has diverged answers the same digit
# always: of MNIST's test images 11.4 % are ones, 1.14 times as many as by guessing.
GUESSING = 1.5
# The last epoch's right answers as a share of the best epoch's. A choice: the trainings of
# docs/training.md end within 3 % of their best epoch.
LOST = 0.5
# The cost of the last epoch as a share of the first epoch's. Above it the cost counts as one that
# does not move. A choice: a training that works is far below it after a few epochs.
STILL = 0.98
# By which eta is divided in the advice.
SMALLER = 10.0


def warning_text(epochs: Sequence[Epoch], classes: int, eta: float) -> str | None:
    """What is wrong with a training that is no better than guessing, or has become so.

    Args:
        epochs: those that were finished.
        classes: how many answers there are to choose from.
        eta: the learning rate.

    Returns:
        A sentence that says so and what to change; None if the network has learned something.

    """
    if not epochs or epochs[-1].accuracy is None or classes < 2:
        return None
    last, best = epochs[-1], best_epoch(epochs)
    share = last.accuracy or 0.0
    right = f"{last.right:,} of {last.tested:,} right ({100 * share:.1f} %)"
    if share * classes > GUESSING:
        if share > LOST * (best.accuracy or 0.0):
            return None
        return (
            f"DIVERGED In the end {right}, after {100 * (best.accuracy or 0.0):.1f} % in epoch "
            f"{best.number}. The steps are too long. {_try(eta)}"
        )
    guessing = f"{right} is no better than guessing 1 of {classes} answers."
    if len(epochs) == 1:
        return f"NOTHING LEARNED after one epoch: {guessing} Train longer, or change --eta."
    if last.cost < STILL * epochs[0].cost and best is last:
        return (
            f"NOTHING LEARNED yet: {guessing} The cost goes down, but slowly. Train longer, or try "
            f"--eta {SMALLER * eta:g}."
        )
    return (
        f"DIVERGED In the end {guessing} The steps are too long: the network gives the same answer "
        f"for every digit. {_try(eta)}"
    )


def _try(eta: float) -> str:
    return f"Try --eta {eta / SMALLER:g}, or --init scaled."
