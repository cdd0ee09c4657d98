"""What ``gradcheck verify`` shows: its JSON, its tables, its figure."""

from pathlib import Path
from typing import Any

from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.first_screen import MOST_ROWS, first_screen, short_conclusion
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
    about = _settings(report, content)
    return page_of_report(
        report,
        sizes_text(content["network"]["sizes"]),
        about=tuple(about if planted is None else [*about, planted]),
        costs=tuple(_cost_parts(report, content)),
    )


def show_report(
    report: Report, content: dict[str, Any], planted: str | None, output: OutputOptions
) -> None:
    """Show what was checked, what was found, what it cost, what was planted, and the verdict.

    Args:
        report: what was found.
        content: the command's JSON.
        planted: a sentence on the mistake that was planted; None if there is none.
        output: how to show it: on one screen, or with all details.

    """
    settings = _settings(report, content)
    mistake: list[Part] = [] if planted is None else [Sentence(planted)]
    if output.details:
        costs = _cost_parts(report, content)
        found = [*report.found_parts(), *costs, *mistake, *report.conclusion_parts()]
        parts: list[Part] = [*map(Sentence, settings), *found]
    else:
        time = _time_sentence(report, content["forward_passes"], content["seconds"])
        head = [*short_conclusion(report.conclusion_parts()), *mistake]
        parts = first_screen(
            head,
            " ".join(settings),
            report.short_tables(MOST_ROWS),
            time,
            warnings=report.notes(short=True),
            plain=output.plain,
        )
    show(parts, plain=output.plain)


def _time_sentence(report: Report, passes: dict[str, float], seconds: dict[str, float]) -> str:
    """What one gradient costs by backprop and by (46)."""
    return (
        f"One gradient by backprop takes {seconds_text(seconds['backprop'])} "
        f"({passes['backprop']:.2f} forward passes on paper), by equation (46) with "
        f"{passes['book']:,} forward passes {_book_seconds(report, passes, seconds)}. This check "
        f"took {seconds_text(seconds['check'])}."
    )


def _book_seconds(report: Report, passes: dict[str, float], seconds: dict[str, float]) -> str:
    """How long (46) takes one by one, and whether that is an estimate."""
    full_passes = engine_named(report.engine).full_passes
    # If each cost of the check is a forward pass, (46) alone has its share of the check's time.
    one_pass = seconds["check"] / report.evaluations if full_passes else seconds["forward"]
    estimate = "" if full_passes and not report.is_sample else " (estimate)"
    return seconds_text(one_pass * passes["book"]) + estimate


def _settings(report: Report, content: dict[str, Any]) -> list[str]:
    """What was checked, and where the network comes from if it is in a file."""
    double = "" if content["dtype"] == "float64" else ", checked in float64"
    asked = f"{subject_text(content, double)}; engine {report.engine}."
    origin = content["weights"]
    return [asked] if origin is None else [asked, f"The network comes from {origin}."]


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
                _book_seconds(report, passes, seconds),
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
    """Show the arrays that an interrupted check had finished, if any."""
    if not report.arrays:
        none = Sentence(
            f"INTERRUPTED No array was finished; {report.evaluations:,} costs were computed. An "
            "array gets its verdicts when all of its entries are measured: with --sample 200 that "
            "is sooner."
        )
        show([none], plain=plain)
        return
    finished = Sentence("INTERRUPTED These arrays were finished; the others were not checked.")
    show([*report.found_parts(), finished], plain=plain)
