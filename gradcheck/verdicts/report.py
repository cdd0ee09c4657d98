"""What a check found: per array and in all, for the terminal, a notebook and JSON."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gradcheck.show.figures import figure_html
from gradcheck.show.page.document import expect_page_file, write_page
from gradcheck.show.text import Part, Sentence, Table, html, plain_text
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts import report_notes as notes
from gradcheck.verdicts import report_tables as tables
from gradcheck.verdicts import report_words as words
from gradcheck.verdicts.array_diagnosis import ArrayDiagnosis
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.engine_comparison import EngineComparison
from gradcheck.verdicts.page.page_of_report import page_of_report
from gradcheck.verdicts.report_figure import draw_arrays
from gradcheck.verdicts.verdict import Verdict
from gradcheck.verdicts.what_to_mend import Diagnosis

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Report"]


@dataclass(frozen=True)
class Report:
    """What a check found.

    Prints as tables, shows as tables in a notebook; ``to_dict`` is what ``--json`` writes.

    Attributes:
        arrays: what was found of each parameter array.
        scheme: the name of the difference scheme.
        epsilon: its relative step.
        engine: the name of the engine.
        cost: C, unperturbed.
        parameters: how many parameters there are, checked or not.
        evaluations: how many times C was evaluated in all.
        seconds: how long the check took.
        comparison: how the engine fared against full forward passes; None if it makes them.
        diagnosis: what to mend, where something disagrees: for a network the first wrong step and
            the likely mistake, for other functions the likely mistake in each array.
        suspicions: signs that a thing was compared with itself.
        remarks: what else a reader should know, such as agreement to some digits only.
        findings: what is wrong besides the numbers, such as a backward pass that changes its
            inputs. With any, the report is not ok.

    """

    arrays: tuple[ArrayReport, ...]
    scheme: str
    epsilon: float
    engine: str
    cost: float
    parameters: int
    evaluations: int
    seconds: float
    comparison: EngineComparison | None = None
    diagnosis: Diagnosis | ArrayDiagnosis | None = None
    suspicions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    @property
    def checked(self) -> int:
        """How many entries were checked."""
        return sum(array.checked for array in self.arrays)

    @property
    def is_sample(self) -> bool:
        """Whether only some of the parameters were checked."""
        return self.checked < self.parameters

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many entries have each verdict, over all arrays."""
        each = [array.counts for array in self.arrays]
        return {verdict.word: sum(counts[verdict.word] for counts in each) for verdict in Verdict}

    @property
    def undecided_arrays(self) -> tuple[ArrayReport, ...]:
        """The arrays in which nothing disagrees, and not even an error of 1 % would have shown."""
        return tuple(array for array in self.arrays if not array.is_decided)

    @cached_property
    def verdict(self) -> Verdict:
        """Disagree if any entry does; agree if none does and every array has entries that agree.

        An array in which nothing could be decided leaves the whole undecided, and so does an entry
        around which the cost is not finite: what was not tested never passes.
        """
        if self.counts["disagree"]:
            return Verdict.DISAGREE
        not_finite = any(np.any(array.not_finite) for array in self.arrays)
        nothing = self.undecided_arrays or not self.arrays
        return Verdict.UNDECIDED if nothing or not_finite else Verdict.AGREE

    @property
    def ok(self) -> bool:
        """Whether the verdict is ``agree``, and nothing else was found to be wrong."""
        engines = self.comparison is None or self.comparison.ok
        return self.verdict is Verdict.AGREE and engines and not self.findings

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings: the part of the JSON that the check knows."""
        return {
            "scheme": self.scheme,
            "epsilon": self.epsilon,
            "engine": self.engine,
            "cost": self.cost,
            "verdict": self.verdict.word,
            "parameters": self.parameters,
            "checked": self.checked,
            "sample": self.is_sample,
            "evaluations": self.evaluations,
            "counts": self.counts,
            "engines": None if self.comparison is None else self.comparison.to_dict(),
            "arrays": [array.to_dict() for array in self.arrays],
            "suspicions": list(self.suspicions),
            "remarks": list(self.remarks),
            "findings": list(self.findings),
            "diagnosis": None if self.diagnosis is None else self.diagnosis.to_dict(),
        }

    def parts(self) -> list[Part]:
        """The whole report: what was found, and what to conclude."""
        return [*self.found_parts(), *self.conclusion_parts()]

    def found_parts(self) -> list[Part]:
        """What was found: tables of counts and of errors, and notes."""
        title = (
            f"Verdict on each entry, by {scheme_named(self.scheme).title} with epsilon "
            f"{self.epsilon:.1e}"
        )
        checked = "sampled" if self.is_sample else "checked"
        return [
            tables.counts_table(self.arrays, self.counts, title, checked),
            tables.errors_table(self.arrays),
            *(Sentence(note) for note in self.notes()),
        ]

    def notes(self, *, short: bool = False) -> list[str]:
        """What a reader must know beside the tables: the sample, kinks, what was not resolved.

        Args:
            short: only count the kinks, and leave out the engines if they agree.

        """
        sample = [notes.sample_note(self.checked, self.parameters)] if self.is_sample else []
        each_kink = (note for array in self.arrays for note in notes.kink_notes(array))
        engines = self.comparison
        leave_out = short and engines is not None and engines.ok
        return [
            *sample,
            *(notes.kinks_note(self.counts) if short else each_kink),
            *(note for array in self.arrays for note in notes.edge_notes(array)),
            *([] if engines is None or leave_out else [notes.comparison_note(engines)]),
            *notes.count_notes(self.counts, self._edges),
            *(f"Remark: {each}" for each in self.remarks),
            *notes.nearly_notes(self.arrays),
            *(f"Suspicious: {each}" for each in self.suspicions),
            *notes.stillness_notes(self.arrays),
        ]

    def short_tables(self, rows: int) -> tuple[Table, ...]:
        """One table of what was found, in versions of at most ``rows`` arrays down to one."""
        most = min(rows, len(self.arrays))
        found = self.diagnosis
        to_mend = [] if found is None else [a.name for a in self.arrays if found.is_about(a)]
        return tuple(
            tables.short_table(self.arrays, self.counts, shown, to_mend)
            for shown in range(most, 0, -1)
        )

    def conclusion_parts(self) -> list[Part]:
        """The verdict in a sentence and, where something disagrees, what to mend."""
        verdict = words.verdict_part(self.verdict, self.sentence)
        findings = [words.finding_part(each) for each in self.findings]
        lines = [] if self.diagnosis is None else self.diagnosis.lines()
        return [verdict, *findings, *map(Sentence, lines)]

    @property
    def _edges(self) -> int:
        """At how many entries the cost is not finite nearby."""
        return sum(int(np.count_nonzero(array.not_finite)) for array in self.arrays)

    @property
    def sentence(self) -> str:
        """The verdict in a sentence."""
        if self.verdict is Verdict.DISAGREE:
            return words.disagreement(self.arrays, self.scheme)
        if self.verdict is Verdict.UNDECIDED:
            return words.indecision(self.undecided_arrays, self._edges, self.scheme)
        return words.agreement(self.arrays, self.counts["agree"], self.scheme)

    def to_html(self, path: str | Path, title: str = "Gradient check") -> None:
        """Write the report as one HTML file, with pictures, that needs no internet.

        Args:
            path: the file; it is written whole or not at all.
            title: what was checked.

        Raises:
            BadInput: the file cannot be written, or its name does not end in .html.

        """
        file = Path(path)
        expect_page_file(file)
        write_page(page_of_report(self, title).page(), file)

    def plot(self, title: str = "") -> "Figure":
        """A matplotlib figure: claims against slopes beside errors in bars, a row for each array.

        It needs no display: ``report.plot().savefig("check.png")`` writes it into a file.

        Args:
            title: what was checked, and the mistake that was planted; it stands before the verdict.

        """
        said = f"{self.verdict.word.upper()}, by {scheme_named(self.scheme).title}"
        return draw_arrays(self.arrays, f"{title}: {said}" if title else said)

    def __str__(self) -> str:
        return plain_text(self.parts())

    def _repr_html_(self) -> str:
        """The tables and the figure, for a notebook."""
        return html(self.parts()) + figure_html(self.plot(), self.sentence)
