"""How far long work has come: a bar on a terminal, a line now and then on other standard errors."""

import sys
import time
from typing import TYPE_CHECKING

from gradcheck.commands.output.durations import rough_duration
from gradcheck.commands.output.streams import notice

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar

__all__ = ["Progress"]

# Seconds before the bar appears. Work that ends sooner needs none: it would only flash.
SILENT_SECONDS = 1.0
# Seconds between two pictures of the bar. With fewer it looks livelier, but delays the work more.
REFRESH_SECONDS = 0.2
# Seconds before the first line where there is no terminal. Each next line comes after as long again
# as the work has taken, and after at most a minute: a log of hours stays readable.
FIRST_LINE_SECONDS, LONGEST_SILENCE = 10.0, 60.0
# The total is a lower bound, so the bar never shows more than this part of it as done.
MOST_SHOWN = 0.99
# Things done in a second. A lower rate says nothing that the time left does not say.
LEAST_RATE = 10.0


class Progress:
    """Call it with the count of what is done so far; it tells how far the work is if it takes long.

    The bar is drawn only during these calls, never by a thread of its own, which would disturb
    work that is being timed.
    """

    def __init__(self, label: str, total: int, unit: str = "costs") -> None:
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
        self._next_line = FIRST_LINE_SECONDS

    def expect(self, total: int) -> None:
        """Say about how many there are to do, where that was not known at the beginning."""
        self._total = total

    def __call__(self, done: int, label: str | None = None) -> None:
        """Show the count, at most a few times a second; a new label is shown at once."""
        now = time.monotonic()
        self._label = label or self._label
        if self._console is None:
            self._line_now_and_then(done, now - self._begun)
            return
        early = now - self._begun < SILENT_SECONDS or now - self._last < REFRESH_SECONDS
        if label is None and early:
            return
        self._last = now
        self._draw(self._console, done, now - self._begun)

    def say(self, text: str) -> None:
        """Tell something that stays, in a line of its own above the bar."""
        if self._bar is not None and self._console is not None:
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr)

    def _draw(self, console: "Console", done: int, seconds: float) -> None:
        if self._bar is None:
            self._bar = _bar(console)
            self._bar.add_task("", total=self._total, count="")
        rate = done / seconds if seconds else 0.0
        self._bar.update(
            self._bar.task_ids[0],
            total=self._total,
            description=self._label,
            completed=min(done, MOST_SHOWN * self._total),
            count=f"{done:,} {self._unit}" + (f", {rate:,.0f}/s" if rate >= LEAST_RATE else ""),
        )
        self._bar.start()
        self._bar.refresh()

    def _line_now_and_then(self, done: int, seconds: float) -> None:
        if seconds < self._next_line:
            return
        self._next_line = seconds + min(seconds, LONGEST_SILENCE)
        part = min(done / self._total, MOST_SHOWN) if self._total else 0.0
        left = f", {rough_duration(seconds * (1.0 - part) / part)} left" if part else ""
        notice(f"{self._label}: {done:,} {self._unit}, {100.0 * part:.0f} %{left}")

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *error: object) -> None:
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
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(bar_width=16),
        progress.TextColumn("{task.fields[count]}"),
        progress.TaskProgressColumn(),
        progress.TimeRemainingColumn(),
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
