"""The verb serve: a page to search documents and to judge what was found."""

from __future__ import annotations

import contextlib
import getpass
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from langret.cli.console import err, out

if TYPE_CHECKING:
    from langret.serve.documents import Tell


def serve(
    path: Path,
    documents: Path | None,
    host: str,
    port: int,
    judgements: Path | None,
    judge: str | None,
    language: str | None,
) -> None:
    """Prepare the page, say where it is, and answer until Ctrl-C."""
    from langret.serve import make_server, open_site, open_target

    target = open_target(path, language)
    server = make_server(host, port)  # before anything is encoded: a port that is taken is said at once
    try:
        _quiet()
        with _telling() as tell:
            site = open_site(target, documents, judgements, judge or _user(), tell)
        console = out()
        for note in site.notes:
            err().print(f"note: {note}", style="yellow", soft_wrap=True)
        if not _is_loopback(host):
            said = "warning: everyone who reaches this machine can read the documents and judge."
            err().print(said, style="yellow", soft_wrap=True)
        systems = ", ".join(site.systems)
        with contextlib.suppress(KeyboardInterrupt):
            console.print(
                f"{site.name}: {len(site.documents):,} passages of {site.documents.name}, {systems}"
            )
            console.print(
                f"Judgements: {site.book.folder} ({len(site.book.judged())} queries)", soft_wrap=True
            )
            console.print(f"Open {server.url} (Ctrl-C stops)", soft_wrap=True)
            server.serve(site)
        judged = len(site.book.judged())
        console.print(f"\nStopped. {judged} queries have judgements in {site.book.folder}", soft_wrap=True)
    finally:
        server.server_close()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container without a name for its user
        return ""


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _quiet() -> None:
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()


@contextmanager
def _telling() -> Iterator[Tell]:
    """A bar on a terminal, a line for each step elsewhere."""
    console = err()
    if not console.is_terminal:
        said: list[str] = []

        def line(what: str, done: int, total: int | None) -> None:
            if said[-1:] != [what]:
                said.append(what)
                console.print(f"{what}{f' ({total:,} passages)' if total else ''}", soft_wrap=True)

        yield line
        return
    from rich import progress

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(bar_width=30),
        progress.MofNCompleteColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
