"""Parts that no submission has: their names in the assignment are probably misspelt."""

from collections.abc import Sequence

from gradcheck.homework.choose_format import no_such_name
from gradcheck.homework.grading.grade_table import Row
from gradcheck.homework.grading.task import Task

__all__ = ["unknown_parts"]


def unknown_parts(rows: Sequence[Row], task: Task) -> list[str]:
    """The names of the parts that no submission has, in the order of the task.

    A submission in which nothing could be read does not count. All others must lack the part, and
    there must be at least one of them.

    Args:
        rows: of the table of grades.
        task: what was asked for.

    """
    names = [part.how.class_name for part in task.parts if part.how.class_name is not None]
    return [name for name in names if _is_nowhere(name, rows)]


def _is_nowhere(name: str, rows: Sequence[Row]) -> bool:
    lacks = [no_such_name(name) in row.error for row in rows]
    return any(lacks) and all(
        is_absent or not row.format for is_absent, row in zip(lacks, rows, strict=True)
    )
