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
        pace = Pace()

        def progress(done: float, total: float | None, note: str) -> None:
            nonlocal last
            now = time.monotonic()
            pace.at(done, now)
            if now - last >= _EVERY:
                last = now
                of = f" of {total:,.0f}" if total is not None else ""
                parts = [f"{done:,.0f}{of} {note}".strip(), pace.rate(), pace.remaining(total)]
                self.line(f"{title}: {', '.join(part for part in parts if part)}")

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
            pace = Pace()

            def progress(done: float, total: float | None, note: str) -> None:
                pace.at(done, time.monotonic())
                count = f"{done:,.0f}" + (f"/{total:,.0f}" if total is not None else "")
                parts = (part for part in (count, note, pace.rate()) if part)
                bar.update(task, completed=done, total=total, note=" ".join(parts))

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


class Pace:
    """How fast something goes on, since it was first heard of: what was done before a kill does not count."""

    def __init__(self) -> None:
        self._first: tuple[float, float] | None = None
        self._done = 0.0
        self._since = 0.0

    def at(self, done: float, now: float) -> None:
        """So much is done at a time in seconds. Less than before is the beginning of something else."""
        if self._first is None or done < self._done:
            self._first = (now, done)
        self._done, self._since = done, now - self._first[0]

    def rate(self) -> str:
        """``3.2/s``, or for what is slow ``1.4 s each``; empty where it is too early to say."""
        each = self._each()
        if each is None:
            return ""
        return f"{each:.1f} s each" if each > 1 else f"{1 / each:,.1f}/s"

    def remaining(self, total: float | None) -> str:
        """``2 min 10 s left``; empty where it is not known."""
        each = self._each()
        if each is None or total is None or total <= self._done:
            return ""
        return f"{duration((total - self._done) * each)} left"

    def _each(self) -> float | None:
        gone = self._done - self._first[1] if self._first else 0.0
        return self._since / gone if gone > 0 and self._since > 0 else None
