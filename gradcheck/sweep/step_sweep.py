"""What a sweep of steps has found: a result that prints itself."""

from dataclasses import dataclass, field
from typing import Any

from gradcheck.show.text import Part, Sentence, html, plain_text
from gradcheck.slopes.schemes import SCHEMES
from gradcheck.sweep.curves import DtypeSweep
from gradcheck.sweep.notes import ZERO_NOTE, curve_notes, kink_notes, reference_note
from gradcheck.sweep.tables import best_table, errors_table

__all__ = ["StepSweep", "SweepInterrupted"]


@dataclass(frozen=True)
class StepSweep:
    """The V-shaped curves of error against step.

    Prints as tables, and shows as tables in a notebook. ``to_dict`` gives what ``--json`` writes.

    Attributes:
        dtypes: the curves in float64 and in float32.
        reference: the scheme that measured the reference, in float64.
        engine: the engine that measured the curves.
        parameters: how many parameters the network has.
        sampled: how many of them were drawn for the sample.
        left_out: schemes that do not suit the network.
        evaluations: how many times C was evaluated in all.
        seconds: how long the sweep took.

    """

    dtypes: tuple[DtypeSweep, ...]
    reference: str
    engine: str
    parameters: int
    sampled: int
    left_out: tuple[str, ...]
    evaluations: int
    seconds: float = field(compare=False)

    @property
    def is_smooth(self) -> bool:
        """Whether the cost has no kinks. Only then the complex step can measure the reference."""
        return SCHEMES[self.reference].is_complex

    def to_dict(self) -> dict[str, Any]:
        """The sweep as plain numbers, lists and strings."""
        return {
            "reference": self.reference,
            "engine": self.engine,
            "parameters": self.parameters,
            "sampled": self.sampled,
            "left_out": list(self.left_out),
            "evaluations": self.evaluations,
            "seconds": self.seconds,
            "dtypes": [each.to_dict() for each in self.dtypes],
        }

    def parts(self) -> list[Part]:
        """The tables and sentences that are shown, 80 columns wide."""
        return [
            *(errors_table(each) for each in self.dtypes),
            best_table(self.dtypes),
            *(Sentence(note) for note in self._notes()),
        ]

    def finished_parts(self) -> list[Part]:
        """The tables of a sweep that was interrupted; their marks are those of the steps tried."""
        return [errors_table(each) for each in self.dtypes]

    def _notes(self) -> list[str]:
        kinked = max(each.kinked for each in self.dtypes)
        return [
            *curve_notes(self.dtypes),
            reference_note(
                self.dtypes[0],
                self.reference,
                self.sampled - kinked,
                self.parameters,
                self.left_out,
            ),
            *([] if self.is_smooth else kink_notes(kinked)),
            *([ZERO_NOTE] if any(each.zero_gradient for each in self.dtypes) else []),
        ]

    def __str__(self) -> str:
        return plain_text(self.parts())

    def _repr_html_(self) -> str:
        return html(self.parts())


class SweepInterrupted(KeyboardInterrupt):
    """Ctrl-C during a sweep; ``sweep`` holds the steps that were finished, if any."""

    def __init__(self, sweep: StepSweep) -> None:
        """Keep what was measured so far."""
        super().__init__("the sweep was interrupted")
        self.sweep = sweep
