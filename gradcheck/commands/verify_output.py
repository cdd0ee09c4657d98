"""What ``gradcheck verify`` shows: its JSON, its tables, its figure."""

import sys
from pathlib import Path
from typing import Any

from gradcheck.commands.shared import write_out
from gradcheck.commands.subject import Subject, subject_text
from gradcheck.costs.multiply_adds import backprop_forward_passes, book_forward_passes
from gradcheck.show.numbers import seconds_text
from gradcheck.show.text import Part, Sentence, Table, rendered
from gradcheck.slopes.schemes import scheme_named
from gradcheck.verdicts.report import Report

__all__ = ["plot_report", "show_finished", "show_report", "summary_of"]


def summary_of(
    subject: Subject, report: Report, planted: dict[str, Any] | None, seconds: dict[str, float]
) -> dict[str, Any]:
    """The JSON of the command."""
    asked = subject.options
    return {
        "schema_version": 1,
        "command": "verify",
        **subject.to_dict(),
        **report.to_dict(),
        "planted": planted,
        "forward_passes": {
            "book": book_forward_passes(asked.sizes),
            "backprop": backprop_forward_passes(asked.sizes),
        },
        "seconds": seconds,
    }


def plot_report(report: Report, network: str, path: Path) -> None:
    """Draw the report of a network, such as 784-30-10, into a file."""
    from gradcheck.show.figures import (
        save_figure,
    )
    from gradcheck.verdicts.report_figure import (
        draw_report,
    )

    title = f"{network}: backprop against {scheme_named(report.scheme).title}"
    save_figure(draw_report(report, title), path, f"{title}. {report.sentence}")


def show_report(report: Report, summary: dict[str, Any], planted: str | None, plain: bool) -> None:
    """Print what was checked, what was found, what it cost, what was planted, and the verdict."""
    double = "" if summary["dtype"] == "float64" else ", checked in float64"
    settings = Sentence(f"{subject_text(summary, double)}; engine {report.engine}.")
    parts = [
        settings,
        *_origin_parts(summary),
        *report.found_parts(),
        *_cost_parts(report, summary),
    ]
    if planted is not None:
        parts.append(Sentence(planted))
    parts += report.conclusion_parts()
    write_out(rendered(parts, sys.stdout, plain=plain))


def _origin_parts(summary: dict[str, Any]) -> list[Part]:
    """Where the network comes from, unless it was drawn."""
    origin = summary["weights"]
    return [] if origin is None else [Sentence(f"The network is the one in {origin}.")]


def _cost_parts(report: Report, summary: dict[str, Any]) -> list[Part]:
    """What the gradient costs by either way, on paper and here."""
    passes, seconds = summary["forward_passes"], summary["seconds"]
    if report.engine == "one-by-one":
        # Every pass of the check costs the same, so (46) alone has its share of the time.
        book = seconds["check"] / report.evaluations * passes["book"]
    else:
        book = seconds["forward"] * passes["book"]
    measured = report.engine == "one-by-one" and not report.is_sample
    table = Table(
        "What one gradient of all parameters costs",
        ("", "forward passes", "seconds here"),
        (
            ("one forward pass", "1", seconds_text(seconds["forward"])),
            (
                "backprop, by multiply-adds",
                f"{passes['backprop']:.2f}",
                seconds_text(seconds["backprop"]),
            ),
            (
                "equation (46), one by one",
                f"{passes['book']:,}",
                seconds_text(book) + ("" if measured else " (estimate)"),
            ),
            (f"this check, {report.engine}", "", seconds_text(seconds["check"])),
        ),
    )
    ratio = passes["book"] / passes["backprop"]
    return [
        table,
        Sentence(
            f"On paper (46) costs {ratio:,.0f} times as much as backprop. The check evaluated "
            f"{report.evaluations:,} costs: both sides of every entry for its error bar, and again "
            "where in doubt. Small networks are bound by calls, not by multiply-adds: see "
            "gradcheck cost-compare."
        ),
    ]


def show_finished(report: Report, plain: bool) -> None:
    """Print what an interrupted check had finished."""
    finished = Sentence("INTERRUPTED These arrays were finished; the others were not checked.")
    write_out(rendered([*report.found_parts(), finished], sys.stdout, plain=plain))
