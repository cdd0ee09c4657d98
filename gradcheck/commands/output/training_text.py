"""A training in words: its settings, its epochs, its checks, how it ended."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gradcheck.show.learning_curve import best_epoch
from gradcheck.show.numbers import entries_text, sizes_text
from gradcheck.verdicts.report import Report
from nets.training import Epoch

__all__ = ["check_line", "epoch_line", "figure_title", "outcome_text", "settings_text"]

# The first word of how it ended.
ENDS = {
    "done": "DONE",
    "interrupted": "INTERRUPTED",
    "diverged": "DIVERGED",
    "disagreement": "STOPPED",
    "fault": "STOPPED",
}


def settings_text(settings: dict[str, Any]) -> str:
    """What is trained and how."""
    network = settings["network"]
    on_gpu = " on the GPU" if settings["device"] == "gpu" else ""
    return (
        f"{sizes_text(network['sizes'])} network, {network['activation']}, {network['cost']} cost, "
        f"{network['init']} initialisation, {network['parameters']:,} parameters, "
        f"{settings['dtype']}{on_gpu}; {settings['data']}; {settings['training_examples']:,} "
        f"training and {settings['test_examples']:,} test examples; mini-batches of "
        f"{settings['batch_size']:,}, eta {settings['eta']:g}, seed {settings['seed']}."
    )


def figure_title(settings: dict[str, Any]) -> str:
    """What the learning curve shows."""
    return (
        f"{sizes_text(settings['network']['sizes'])}, mini-batches of "
        f"{settings['batch_size']:,}, eta {settings['eta']:g}, on {settings['data']}"
    )


def epoch_line(epoch: Epoch) -> str:
    """How many test examples are right after an epoch, its time, and the cost."""
    right = f"{epoch.right:,} / {epoch.tested:,} right ({_percent(epoch)})"
    return f"Epoch {epoch.number}: {right}, {epoch.seconds:.1f} s, cost {epoch.cost:.4g}\n"


def check_line(report: Report) -> str:
    """What a check after an epoch found."""
    counts = {word: count for word, count in report.counts.items() if count}
    if set(counts) == {"agree"}:
        found = f"all {entries_text(counts['agree'])} agree"
    else:
        each = ", ".join(f"{count:,} {word}" for word, count in counts.items())
        found = f"{report.verdict.word} ({each})"
    return f"  gradient checked: {found}\n"


def outcome_text(
    ended: str, epochs: Sequence[Epoch], saved: tuple[Epoch, Path] | None = None
) -> str:
    """How the training ended, what was the best, and which network is in the file.

    Args:
        ended: a key of ``ENDS``.
        epochs: those that were finished.
        saved: the epoch after which the network was written to a file, and the file.

    """
    file = "" if saved is None else f" {saved[1]} holds the network after epoch {saved[0].number}."
    if not epochs:
        return (
            f"{ENDS[ended]} before the first epoch was finished.{file or ' Nothing was trained.'}"
        )
    after = "" if ended == "done" else f" after epoch {epochs[-1].number},"
    seconds = sum(epoch.seconds for epoch in epochs)
    best = best_epoch(epochs)
    return (
        f"{ENDS[ended]}{after} in {seconds:.1f} s. Best: {best.right:,} of {best.tested:,} right "
        f"({_percent(best)}), after epoch {best.number}.{file}"
    )


def _percent(epoch: Epoch) -> str:
    return f"{100 * (epoch.accuracy or 0):.1f} %"
