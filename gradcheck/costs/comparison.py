"""A comparison of backprop with (46): rows of costs that print themselves."""

from dataclasses import dataclass
from typing import Any

from gradcheck.costs.cost_row import CostRow
from gradcheck.costs.notes import PRODUCTS_NOTE, clock_notes, differences_notes
from gradcheck.costs.tables import clock_table, differences_table, products_table
from gradcheck.show.text import Part, html, plain_text

__all__ = ["CompareInterrupted", "Comparison"]


@dataclass(frozen=True)
class Comparison:
    """Rows of costs, and what they were measured with.

    Prints as tables, and shows as tables in a notebook. ``to_dict`` gives what ``--json`` writes.

    Attributes:
        rows: one for each network and mini-batch.
        threads: how many threads BLAS and the batched engine used.
        product_rate: multiply-adds per second of a large matrix product.
        blas: the name and version of the BLAS library, which computes matrix products.

    """

    rows: tuple[CostRow, ...]
    threads: int
    product_rate: float
    blas: str

    def to_dict(self) -> dict[str, Any]:
        """The comparison as plain numbers, lists and strings."""
        return {
            "threads": self.threads,
            "blas": self.blas,
            "product_rate": self.product_rate,
            "rows": [row.to_dict() for row in self.rows],
        }

    def parts(self) -> list[Part]:
        """The tables and sentences that are shown, 80 columns wide; it needs at least one row."""
        return [
            products_table(self.rows[0].case.sizes),
            PRODUCTS_NOTE,
            clock_table(self.rows),
            *clock_notes(self.rows, self.threads, self.product_rate, self.blas),
            differences_table(self.rows),
            *differences_notes(self.rows),
        ]

    def __str__(self) -> str:
        return plain_text(self.parts())

    def _repr_html_(self) -> str:
        return html(self.parts())


class CompareInterrupted(KeyboardInterrupt):
    """Ctrl-C during a comparison; ``comparison`` holds the rows that were finished, if any."""

    def __init__(self, comparison: Comparison) -> None:
        """Keep what was measured so far."""
        super().__init__("the comparison was interrupted")
        self.comparison = comparison
