"""The page of a check: its verdict first, then what to mend, pictures, tables and costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from gradcheck.show.page.document import Page
from gradcheck.show.page.pieces import (
    folded,
    lines,
    paragraph,
    parts_html,
    section,
    sortable_table,
    table_html,
)
from gradcheck.show.text import Part
from gradcheck.verdicts.array_report import ArrayReport
from gradcheck.verdicts.page.histogram import errors_in_bars_table
from gradcheck.verdicts.page.pictures import pictures
from gradcheck.verdicts.page.worst_entries import HEADINGS, worst_entries
from gradcheck.verdicts.verdict import Verdict

__all__ = ["CheckOnPage", "ReportPage"]

# A sign stands beside each verdict, so no meaning depends on colour alone.
MARKS = {"agree": "✓", "disagree": "✗", "failed": "✗"}
# Rows of the table of the worst entries: as many as fit on a sheet of paper, or fewer if there is
# such a table for each of several checks.
MOST_WORST, MOST_WORST_OF_EACH = 30, 10
# Said in place of the pictures where nothing draws them.
WITHOUT_SCRIPT = (
    "<noscript><p>The pictures need JavaScript. The tables have the same in numbers.</p></noscript>"
)


@dataclass(frozen=True)
class CheckOnPage:
    """One of the checks that a page shows.

    Attributes:
        heading: what was checked; empty where the page shows only one.
        verdict: on the whole of it.
        arrays: what was found of each parameter array.
        found: the tables and notes of the report.
        before: what stands above them, such as how a part was understood.

    """

    heading: str
    verdict: Verdict
    arrays: tuple[ArrayReport, ...]
    found: tuple[Part, ...]
    before: tuple[Part, ...] = ()


@dataclass(frozen=True)
class ReportPage:
    """All that a page shows of a check. Texts are plain; they are escaped here.

    Attributes:
        title: what was checked.
        word: the verdict as JSON writes it, or ``failed``.
        sentence: the verdict in a sentence.
        about: sentences on what was checked, and how.
        mend: what to mend; ``hints`` are folded below it.
        traceback: the student's own lines, where the code failed.
        understood: how the code was understood.
        checks: what was found.
        costs: what it cost.

    """

    title: str
    word: str
    sentence: str
    about: tuple[str, ...] = ()
    mend: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    traceback: str = ""
    understood: tuple[Part, ...] = ()
    checks: tuple[CheckOnPage, ...] = ()
    costs: tuple[Part, ...] = ()

    def page(self) -> Page:
        """The page."""
        most = MOST_WORST if len(self.checks) == 1 else MOST_WORST_OF_EACH
        main = [
            self._mend(),
            section("In the student's file", "traceback", lines(self.traceback))
            if self.traceback
            else "",
            _section_of("How it was understood", "understood", self.understood),
            *(_check(check, number, most) for number, check in enumerate(self.checks)),
            _section_of("What it costs", "costs", self.costs),
        ]
        body = "\n".join([self._header(), "<main>", *filter(None, main), "</main>"])
        data = {"checks": pictures([check.arrays for check in self.checks])}
        styles = ("page.css", "chart.css", "report.css")
        return Page(f"{self.title}: {self.word}", body, styles, "report.js", data)

    def _header(self) -> str:
        mark = MARKS.get(self.word, "?")
        first, _, rest = self.sentence.partition(" ")
        about = "\n".join(paragraph(text, "quiet") for text in self.about)
        return f"""<header>
<div class="heading">
<h1>{escape(self.title)}</h1>
<button type="button" id="theme" class="screen-only">Dark colours</button>
</div>
<p class="said-first"><strong class="verdict {self.word}"><span aria-hidden="true">{mark} </span>
{escape(first)}</strong> {escape(rest)}</p>
{about}
</header>"""

    def _mend(self) -> str:
        if not (self.mend or self.hints):
            return ""
        said = [paragraph(text, "mend") for text in self.mend]
        hints = [folded(f"Hint {n}", paragraph(hint)) for n, hint in enumerate(self.hints, 1)]
        return section("What to mend", "mend", "\n".join([*said, *hints]))


def _section_of(heading: str, name: str, parts: Sequence[Part]) -> str:
    return section(heading, name, parts_html(parts)) if parts else ""


def _check(check: CheckOnPage, number: int, most: int) -> str:
    """The pictures of a check, to be drawn by the script, and all of it as text."""
    heading = f"{check.heading}: {check.verdict.word}" if check.heading else "What was found"
    worst = worst_entries(check.arrays, most)
    inside = [
        parts_html(check.before),
        f'<div class="arrays" data-check="{number}"></div>',
        WITHOUT_SCRIPT,
        parts_html(check.found),
        table_html(errors_in_bars_table(check.arrays)),
        sortable_table("The worst entries, counted in error bars", HEADINGS, worst)
        if worst
        else "",
    ]
    return section(heading, f"check-{number}", "\n".join(filter(None, inside)))
