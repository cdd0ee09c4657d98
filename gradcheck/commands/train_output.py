"""What ``gradcheck train`` shows: a line an epoch, or JSON; the learning curve; how it ended."""

import json
import sys
from pathlib import Path
from typing import Any

from gradcheck.commands.shared import ExitCode, write_out
from gradcheck.show.learning_curve import best_epoch, draw_learning_curve, learning_curve_text
from gradcheck.show.text import Part, Sentence, rendered
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.training import Epoch

__all__ = ["TrainOutput"]

ENDS = {
    "done": "DONE",
    "interrupted": "INTERRUPTED",
    "diverged": "DIVERGED",
    "disagreement": "STOPPED",
    "fault": "STOPPED",
}


class TrainOutput:
    """Shows a training as it goes on, and keeps what its end has to tell."""

    def __init__(
        self,
        settings: dict[str, Any],
        save: Path | None,
        plot: Path | None,
        *,
        as_json: bool,
        plain: bool,
    ) -> None:
        """Begin with nothing to tell.

        Args:
            settings: what is trained and how, as the JSON's last object has it.
            save: the file that holds the network, if any.
            plot: the file for the learning curve, if any.
            as_json: whether a JSON object a line takes the place of text.
            plain: no colour.

        """
        self._settings, self._save, self._plot = settings, save, plot
        self._as_json, self._plain = as_json, plain
        self._epochs: list[Epoch] = []
        self._reports: list[Report] = []

    @property
    def is_wrong(self) -> bool:
        """Whether the last check found a mistake, or a fault of its own."""
        return self.exit_code in (ExitCode.DISAGREEMENT, ExitCode.TOOL_IS_WRONG)

    @property
    def exit_code(self) -> ExitCode:
        """What the checks so far come to; without a check all is well."""
        if not self._reports:
            return ExitCode.OK
        last = self._reports[-1]
        if last.comparison is not None and not last.comparison.ok:
            return ExitCode.TOOL_IS_WRONG
        if last.verdict is Verdict.DISAGREE:
            return ExitCode.DISAGREEMENT
        decided = any(report.verdict is Verdict.AGREE for report in self._reports)
        return ExitCode.OK if decided else ExitCode.UNDECIDED

    def begin(self) -> None:
        """Say what is trained and how."""
        if self._as_json:
            return
        told, network = self._settings, self._settings["network"]
        on_gpu = " on the GPU" if told["device"] == "gpu" else ""
        self._show(
            Sentence(
                f"{self._title} network, {network['activation']}, {network['cost']} cost, "
                f"{network['init']} initialisation, {network['parameters']:,} parameters, "
                f"{told['dtype']}{on_gpu}; {told['data']}; {told['training_examples']:,} training "
                f"and {told['test_examples']:,} test examples; mini-batches of "
                f"{told['batch_size']:,}, eta {told['eta']:g}, seed {told['seed']}."
            )
        )

    def after(self, epoch: Epoch, report: Report | None) -> None:
        """Show an epoch, and what a check after it found."""
        self._epochs.append(epoch)
        if report is not None:
            self._reports.append(report)
        if self._as_json:
            self._write_json("epoch", {**_figures(epoch), "check": _check(report)})
            return
        right = f"{epoch.right:,} / {epoch.tested:,} right ({100 * (epoch.accuracy or 0):.1f} %)"
        write_out(
            f"Epoch {epoch.number}: {right}, {_seconds(epoch.seconds)}, cost {epoch.cost:.4g}\n"
        )
        if report is not None:
            counts = ", ".join(f"{n:,} {word}" for word, n in report.counts.items() if n)
            write_out(f"  gradient checked, {report.verdict.word}: {counts}\n")

    def end(self, how: str = "") -> None:
        """Draw the learning curve, and say how the training ended and what there is of it."""
        ended = how or {
            ExitCode.DISAGREEMENT: "disagreement",
            ExitCode.TOOL_IS_WRONG: "fault",
        }.get(self.exit_code, "done")
        if self._plot is not None and self._epochs:
            self._draw(self._plot)
        if self._as_json:
            self._write_json("summary", self._summary(ended))
            return
        write_out("\n")
        if self.is_wrong:
            wrong = self._reports[-1]
            self._show(*(Sentence(note) for note in wrong.notes()), *wrong.conclusion_parts())
        self._show(Sentence(f"{ENDS[ended]} {self._outcome()}"))

    @property
    def _title(self) -> str:
        return "-".join(map(str, self._settings["network"]["sizes"]))

    def _outcome(self) -> str:
        """What was reached, and where it is kept."""
        if not self._epochs:
            return "before the first epoch was over: nothing was trained."
        best, last = best_epoch(self._epochs), self._epochs[-1]
        kept = "" if self._save is None else f" {self._save} holds the network after the last one."
        return (
            f"after epoch {last.number}, {_seconds(sum(epoch.seconds for epoch in self._epochs))} "
            f"in all; the most right answers were {best.right:,} of {best.tested:,} "
            f"({100 * (best.accuracy or 0):.1f} %), after epoch {best.number}.{kept}"
        )

    def _summary(self, ended: str) -> dict[str, Any]:
        best = best_epoch(self._epochs) if self._epochs else None
        return {
            "ended": ended,
            **self._settings,
            "epochs": len(self._epochs),
            "best": None if best is None else _figures(best),
            "checks": len(self._reports),
            "seconds": sum(epoch.seconds for epoch in self._epochs),
            "weights": None if self._save is None or not self._epochs else str(self._save),
        }

    def _write_json(self, record: str, content: dict[str, Any]) -> None:
        line = {"schema_version": 1, "command": "train", "record": record, **content}
        write_out(json.dumps(line, allow_nan=False) + "\n")

    def _show(self, *parts: Part) -> None:
        write_out(rendered(parts, sys.stdout, plain=self._plain))

    def _draw(self, path: Path) -> None:
        from gradcheck.show.figures import save_figure

        told = self._settings
        title = (
            f"{self._title}, mini-batches of {told['batch_size']:,}, eta {told['eta']:g}, on "
            f"{told['data']}"
        )
        figure = draw_learning_curve(self._epochs, title)
        save_figure(figure, path, learning_curve_text(self._epochs, title))


def _figures(epoch: Epoch) -> dict[str, Any]:
    return {
        "epoch": epoch.number,
        "right": epoch.right,
        "tested": epoch.tested,
        "accuracy": epoch.accuracy,
        "cost": epoch.cost,
        "seconds": epoch.seconds,
    }


def _check(report: Report | None) -> dict[str, Any] | None:
    """The verdict and what it rests on; of a disagreement everything."""
    if report is None:
        return None
    whole = report.to_dict()
    if report.verdict is Verdict.DISAGREE:
        return whole
    return {name: whole[name] for name in ("verdict", "checked", "counts", "engines")}


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s"
