"""What ``gradcheck verify`` shows: its JSON, its tables, its figure."""

from pathlib import Path
from typing import Any

from gradcheck.commands.output.streams import show
from gradcheck.commands.output.subject import subject_text
from gradcheck.costs.multiply_adds import backprop_forward_passes, book_forward_passes
from gradcheck.engines.kinds import engine_named
from gradcheck.show.figures import save_figure
from gradcheck.show.numbers import seconds_text, sizes_text
from gradcheck.show.text import Part, Sentence, Table
from gradcheck.slopes.schemes import Scheme, scheme_named
from gradcheck.verdicts.page.page_of_report import page_of_report
from gradcheck.verdicts.page.report_page import ReportPage
from gradcheck.verdicts.report import Report

__all__ = ["forward_passes", "page_of_network", "plot_report", "show_finished", "show_report"]


def forward_passes(sizes: tuple[int, ...]) -> dict[str, float]:
    """What one gradient costs on paper, in forward passes: by (46), and by backprop."""
    return {"book": book_forward_passes(sizes), "backprop": backprop_forward_passes(sizes)}


def plot_report(report: Report, title: str, path: Path) -> None:
    """Draw the report of a network, such as 784-30-10, into a file.

    Raises:
        BadInput: it cannot be written.

    """
    save_figure(report.plot(title), path, f"{title}. {report.sentence}")


def page_of_network(report: Report, content: dict[str, Any], planted: str | None) -> ReportPage:
    """The page of one of our networks; the arguments are those of ``show_report``."""
    about = [f"{_subject_of(content)}; engine {report.engine}."]
    about += [part.text for part in _origin_parts(content["weights"])]
    return page_of_report(
        report,
        sizes_text(content["network"]["sizes"]),
        about=tuple(about if planted is None else [*about, planted]),
        costs=tuple(_cost_parts(report, content)),
    )


def show_report(
    report: Report, content: dict[str, Any], planted: str | None, *, plain: bool
) -> None:
    """Show what was checked, what was found, what it cost, what was planted, and the verdict.

    Args:
        report: what was found.
        content: the command's JSON.
        planted: a sentence on the mistake that was planted; None if there is none.
        plain: without colours and lines.

    """
    parts: list[Part] = [
        Sentence(f"{_subject_of(content)}; engine {report.engine}."),
        *_origin_parts(content["weights"]),
        *report.found_parts(),
        *_cost_parts(report, content),
    ]
    if planted is not None:
        parts.append(Sentence(planted))
    show([*parts, *report.conclusion_parts()], plain=plain)


def _subject_of(content: dict[str, Any]) -> str:
    double = "" if content["dtype"] == "float64" else ", checked in float64"
    return subject_text(content, double)


def _origin_parts(weights: str | None) -> list[Sentence]:
    return [] if weights is None else [Sentence(f"The network comes from {weights}.")]


def _cost_parts(report: Report, content: dict[str, Any]) -> list[Part]:
    """What the gradient costs by backprop and by (46), on paper and on this computer."""
    passes = content["forward_passes"]
    ratio = passes["book"] / passes["backprop"]
    steps = _steps_text(scheme_named(report.scheme))
    entries = "every entry of the sample" if report.is_sample else "every entry"
    return [
        _cost_table(report, passes, content["seconds"]),
        Sentence(
            f"On paper (46) costs {ratio:,.0f} times as much as backprop. The check computed the "
            f"cost {report.evaluations:,} times: {steps} for {entries}, and again where in doubt. "
            "In a small network most time goes into calling functions, not into arithmetic: see "
            "gradcheck cost-compare."
        ),
    ]


def _cost_table(report: Report, passes: dict[str, float], seconds: dict[str, float]) -> Table:
    full_passes = engine_named(report.engine).full_passes
    # If each cost of the check is a forward pass, (46) alone has its share of the check's time.
    one_pass = seconds["check"] / report.evaluations if full_passes else seconds["forward"]
    estimate = "" if full_passes and not report.is_sample else " (estimate)"
    return Table(
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
                seconds_text(one_pass * passes["book"]) + estimate,
            ),
            (f"this check, {report.engine}", "", seconds_text(seconds["check"])),
        ),
    )


def _steps_text(scheme: Scheme) -> str:
    """The steps that a scheme takes from each entry, in words."""
    if scheme.is_complex:
        return "one complex step"
    each_way = len(scheme.perturbed_offsets) // 2
    return (
        "one step up and one down" if each_way == 1 else f"{each_way} steps up and {each_way} down"
    )


def show_finished(report: Report, *, plain: bool) -> None:
    """Show what an interrupted check had finished."""
    finished = Sentence("INTERRUPTED These arrays were finished; the others were not checked.")
    show([*report.found_parts(), finished], plain=plain)
