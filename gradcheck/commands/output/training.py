"""What ``gradcheck train`` shows while it goes on and when it ends, as text or JSON."""

from pathlib import Path
from typing import Any

from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output import training_text as words
from gradcheck.commands.output.exit_code import ExitCode, exit_code_of
from gradcheck.commands.output.streams import notice, show, write_json, write_out
from gradcheck.commands.output.training_warning import warning_text
from gradcheck.show.figures import save_figure
from gradcheck.show.learning_curve import best_epoch, draw_learning_curve, learning_curve_text
from gradcheck.show.text import Sentence
from gradcheck.verdicts.report import Report
from gradcheck.verdicts.verdict import Verdict
from nets.training import Epoch

__all__ = ["TrainingOutput"]

# How a training ends if the last check found a mistake, in the network's backprop or in gradcheck.
WRONG = {ExitCode.DISAGREEMENT: "disagreement", ExitCode.TOOL_IS_WRONG: "fault"}


class TrainingOutput:
    """Shows a training as it goes on, and keeps what is shown at its end."""

    def __init__(self, settings: dict[str, Any], output: OutputOptions) -> None:
        """Begin before the first epoch.

        Args:
            settings: what is trained and how, as the last object of the JSON describes it.
            output: how to show it.

        """
        self._settings, self._output = settings, output
        self._epochs: list[Epoch] = []
        self._reports: list[Report] = []
        self._saved: tuple[Epoch, Path] | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether the last check found a mistake, or a fault in gradcheck itself."""
        return self.exit_code in WRONG

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of all checks so far; without a check it is ``OK``.

        A training ends at the first check that finds a mistake. Without one, it is enough that
        some check could decide.
        """
        codes = [exit_code_of(report) for report in self._reports]
        if codes and codes[-1] in WRONG:
            return codes[-1]
        return ExitCode.OK if ExitCode.OK in codes or not codes else ExitCode.UNDECIDED

    def begin(self) -> None:
        """Say what is trained and how."""
        if not self._output.as_json:
            show([Sentence(words.settings_text(self._settings))], plain=self._output.plain)

    def saved(self, epoch: Epoch, path: Path) -> None:
        """Remember that the network after this epoch is in a file."""
        self._saved = epoch, path

    def after(self, epoch: Epoch, report: Report | None) -> None:
        """Show an epoch, and what a check after it found."""
        self._epochs.append(epoch)
        if report is not None:
            self._reports.append(report)
        if self._output.as_json:
            self._write("epoch", {**_figures(epoch), "check": _check(report)})
            return
        write_out(words.epoch_line(epoch))
        if report is not None:
            write_out(words.check_line(report))

    def end(self, how: str = "") -> None:
        """Draw the learning curve, and say how the training ended and what is left of it."""
        ended = how or WRONG.get(self.exit_code, "done")
        warning = self._warning(ended)
        if self._output.plot is not None and self._epochs:
            self._draw(self._output.plot)
        if self._output.as_json:
            self._write("summary", self._summary(ended))
            if warning is not None:
                notice(warning)
            return
        write_out("\n")
        if self.is_wrong:
            wrong = self._reports[-1]
            notes = map(Sentence, wrong.notes())
            show([*notes, *wrong.conclusion_parts()], plain=self._output.plain)
        outcome = words.outcome_text(ended, self._epochs, self._saved)
        worse = [] if warning is None else [Sentence(warning, "bold yellow")]
        show([Sentence(outcome), *worse], plain=self._output.plain)

    def _warning(self, ended: str) -> str | None:
        """That the network has learned nothing, where it was trained to the end."""
        classes, eta = self._settings["network"]["sizes"][-1], self._settings["eta"]
        return warning_text(self._epochs, classes, eta) if ended == "done" else None

    def _summary(self, ended: str) -> dict[str, Any]:
        return {
            "ended": ended,
            **self._settings,
            "epochs": len(self._epochs),
            "best": _figures(best_epoch(self._epochs)) if self._epochs else None,
            "checks": len(self._reports),
            "seconds": sum(epoch.seconds for epoch in self._epochs),
            "weights": None if self._saved is None else str(self._saved[1]),
        }

    def _write(self, record: str, content: dict[str, Any]) -> None:
        write_json("train", {"record": record, **content}, indent=None)

    def _draw(self, path: Path) -> None:
        title = words.figure_title(self._settings)
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
    """The verdict and the counts of a check; the whole report if it disagrees."""
    if report is None:
        return None
    whole = report.to_dict()
    if report.verdict is Verdict.DISAGREE:
        return whole
    return {name: whole[name] for name in ("verdict", "checked", "counts", "engines")}
