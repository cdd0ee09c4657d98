"""A progress bar on standard error while long work runs, if that is a terminal."""

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar

__all__ = ["Progress"]

# Seconds before the bar appears. Work that ends sooner needs none: it would only flash.
SILENT_SECONDS = 1.0
# Seconds between two pictures of the bar. Fewer look livelier, and take more time from the work.
REFRESH_SECONDS = 0.2
# The total is a lower bound, so the bar never shows more than this part of it as done.
MOST_SHOWN = 0.99


class Progress:
    """Call it with the count of what is done so far; it draws a bar if the work takes long.

    The bar is drawn only during these calls, never by a thread of its own, which would disturb
    work that is being timed.
    """

    def __init__(self, label: str, total: int, unit: str = "costs computed") -> None:
        """Begin counting time; nothing is shown during the first second.

        Args:
            label: what is being done.
            total: about how many there are to do.
            unit: what is counted.

        """
        self._label, self._total, self._unit = label, total, unit
        self._console = _terminal()
        self._bar: Bar | None = None
        self._begun = self._last = time.monotonic()

    def expect(self, total: int) -> None:
        """Say about how many there are to do, where that was not known at the beginning."""
        self._total = total

    def __call__(self, done: int, label: str | None = None) -> None:
        """Show the count, at most a few times a second; a new label is shown at once."""
        if self._console is None:
            return
        now = time.monotonic()
        early = now - self._begun < SILENT_SECONDS or now - self._last < REFRESH_SECONDS
        if label is None and early:
            return
        self._last, self._label = now, label or self._label
        if self._bar is None:
            self._bar = _bar(self._console)
            self._bar.add_task("", total=self._total, count="")
        self._bar.update(
            self._bar.task_ids[0],
            description=self._label,
            completed=min(done, MOST_SHOWN * self._total),
            count=f"{done:,} {self._unit}",
        )
        self._bar.start()
        self._bar.refresh()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Wipe the bar away, so that something else can be written; the next call draws it."""
        if self._bar is not None:
            self._bar.stop()


def _terminal() -> "Console | None":
    """Standard error as rich writes to it; None if it cannot show a bar that changes."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console

    console = Console(stderr=True)
    return console if console.is_interactive else None


def _bar(console: "Console") -> "Bar":
    from rich import progress

    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=20),
        progress.TextColumn("{task.fields[count]}"),
        progress.TaskProgressColumn(),
        progress.TimeRemainingColumn(),
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
