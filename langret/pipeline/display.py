"""What people see while stages run: a bar on a terminal, plain lines in a log file."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from langret.pipeline.stage import Progress
from langret.report.words import duration

if TYPE_CHECKING:
    from rich.console import Console

_EVERY = 20.0
"""Seconds between two progress lines where there is no terminal."""


class Display:
    """Tells of the stages of one run.

    Args:
        console: Where to, or None for silence.
        total: Number of stages.
    """

    def __init__(self, console: Console | None, total: int) -> None:
        self._console = console
        self._total = total
        self._number = 0

    def line(self, text: str) -> None:
        """Print a line among the others."""
        if self._console is not None:
            from rich.text import Text

            self._console.print(Text(f"      {text}"), soft_wrap=True)

    def cached(self, title: str, seconds: float, summary: str) -> None:
        """A stage was finished before."""
        self._number += 1
        self._report("✓", "green", title, f"cached (took {duration(seconds)})", summary)

    def done(self, title: str, seconds: float, summary: str) -> None:
        """The running stage finished."""
        self._report("✓", "green", title, duration(seconds), summary)

    def failed(self, title: str) -> None:
        """The running stage failed."""
        self._report("✗", "red", title, "failed", "")

    @contextmanager
    def running(self, title: str) -> Iterator[Progress]:
        """Show that a stage is at work; gives the function that moves its bar."""
        self._number += 1
        if self._console is None:
            yield lambda done, total, note: None
        elif not self._console.is_terminal:
            self._print("…", "cyan", title, "", "")
            yield self._plain(title)
        else:
            with self._bar(title) as progress:
                yield progress

    def _plain(self, title: str) -> Progress:
        last = time.monotonic()

        def progress(done: float, total: float | None, note: str) -> None:
            nonlocal last
            if time.monotonic() - last >= _EVERY:
                last = time.monotonic()
                of = f" of {total:,.0f}" if total is not None else ""
                self.line(f"{title}: {done:,.0f}{of}{' ' + note if note else ''}")

        return progress

    @contextmanager
    def _bar(self, title: str) -> Iterator[Progress]:
        from rich import progress as bars

        columns = (
            bars.SpinnerColumn(),
            bars.TextColumn(f"[{self._number}/{self._total}] {{task.description}}", markup=False),
            bars.BarColumn(bar_width=30),
            bars.TextColumn("{task.fields[note]}", markup=False),
            bars.TimeElapsedColumn(),
            bars.TimeRemainingColumn(),
        )
        with bars.Progress(*columns, console=self._console, transient=True) as bar:
            task = bar.add_task(title, total=None, note="")

            def progress(done: float, total: float | None, note: str) -> None:
                count = f"{done:,.0f}" + (f"/{total:,.0f}" if total is not None else "")
                bar.update(task, completed=done, total=total, note=f"{count} {note}".strip())

            yield progress

    def _report(self, mark: str, style: str, title: str, state: str, summary: str) -> None:
        if self._console is not None:
            self._print(mark, style, title, state, summary)

    def _print(self, mark: str, style: str, title: str, state: str, summary: str) -> None:
        from rich.text import Text

        assert self._console is not None
        tail = (f"  {state}" if state else "", style)
        text = Text.assemble((f"{mark} ", style), (f"[{self._number}/{self._total}] ", "dim"), title, tail)
        if summary:
            text.append(f"  {summary}", "dim")
        self._console.print(text, soft_wrap=True)
