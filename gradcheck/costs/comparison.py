"""What a comparison of backprop with (46) has found: records, in numbers and as JSON."""

from dataclasses import dataclass
from typing import Any

from gradcheck.costs.cost_row import CostRow

__all__ = ["CompareInterrupted", "Comparison"]


@dataclass(frozen=True)
class Comparison:
    """Rows of costs, and what they were measured with.

    Prints as tables, shows as tables in a notebook; ``to_dict`` is what ``--json`` writes.
    """

    rows: tuple[CostRow, ...]
    threads: int
    product_rate: float
    blas: str

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers, lists and strings."""
        return {
            "threads": self.threads,
            "blas": self.blas,
            "product_rate": self.product_rate,
            "rows": [row.to_dict() for row in self.rows],
        }

    def __str__(self) -> str:
        from gradcheck.costs.tables import comparison_parts
        from gradcheck.show.text import plain_text

        return plain_text(comparison_parts(self))

    def _repr_html_(self) -> str:
        from gradcheck.costs.tables import comparison_parts
        from gradcheck.show.text import html

        return html(comparison_parts(self))


class CompareInterrupted(KeyboardInterrupt):
    """Ctrl-C during a comparison; ``comparison`` holds the rows that were finished, if any."""

    def __init__(self, comparison: Comparison) -> None:
        """Keep what was measured so far."""
        super().__init__("the comparison was interrupted")
        self.comparison = comparison
