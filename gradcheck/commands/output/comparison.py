"""What ``gradcheck cost-compare`` shows: its tables, its JSON, its CSV file, its figure."""

from typing import Any

from gradcheck.commands.options.output import OutputOptions
from gradcheck.commands.output.streams import show, write_csv, write_json
from gradcheck.costs.comparison import Comparison
from gradcheck.costs.figure import draw_comparison
from gradcheck.costs.notes import comparison_text
from gradcheck.show.figures import save_figure
from gradcheck.show.numbers import sizes_text
from gradcheck.show.text import Sentence

__all__ = ["show_comparison", "show_finished_rows"]


def show_comparison(comparison: Comparison, output: OutputOptions) -> None:
    """Write the files that were asked for, and show the tables or the JSON.

    Raises:
        BadInput: a file cannot be written.

    """
    content = comparison.to_dict()
    if output.csv_file is not None:
        write_csv([_flat(row) for row in content["rows"]], output.csv_file)
    if output.plot is not None:
        save_figure(draw_comparison(comparison), output.plot, comparison_text(comparison.rows))
    if output.as_json:
        write_json("cost-compare", content)
    else:
        show(comparison.parts(), plain=output.plain)


def show_finished_rows(comparison: Comparison, asked: int, output: OutputOptions) -> None:
    """Show the rows that were finished when the comparison was interrupted, if any; no JSON.

    Args:
        comparison: those rows.
        asked: how many rows there should have been.
        output: how to show them; no file is written.

    """
    if output.as_json or not comparison.rows:
        return
    ended = Sentence(
        f"INTERRUPTED after {len(comparison.rows)} of {asked} rows; the others were not measured."
        f"{output.unwritten}"
    )
    show([*comparison.parts(), ended], plain=output.plain)


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """A row without nesting: the names of nested cells are joined by full stops."""
    flat: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{inner}": _cell(item) for inner, item in value.items()}
        else:
            flat[name] = sizes_text(value) if name == "sizes" else value
    return flat


def _cell(value: Any) -> Any:
    return " to ".join(map(str, value)) if isinstance(value, list) else value
