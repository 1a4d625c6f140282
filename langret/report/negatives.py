"""What was written, and what was chosen as hard negatives and why, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.table import Table
    from rich.text import Text

    from langret.data.records import Collection

_SHOWN = 100
_ASIDE = 4
_LAST = ("queries", "short", "missing")
_DULL = ("not_drawn", "rank", "duplicate", "positive")


def summary_table(summary: Mapping[str, Any]) -> Table:
    """Candidates in, kept, and set aside by reason; queries that stay short are the last lines.

    Args:
        summary: Of a stage of negatives: ``in``, ``kept``, ``reasons``, ``queries``, ``short``, ``missing`` and more.
    """
    from rich.table import Table

    table = Table(box=None, padding=(0, 2), show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("candidates", f"{summary['in']:,}")
    table.add_row("kept", f"{summary['kept']:,}")
    for reason, count in sorted(summary.get("reasons", {}).items(), key=lambda item: (-item[1], item[0])):
        table.add_row(f"  {reason}", f"{count:,}")
    # a finished stage gives its summary by the alphabet, a stage that has just run as it counted
    rest = {k: v for k, v in summary.items() if isinstance(v, int) and k not in ("in", "kept", *_LAST)}
    for key in (*sorted(rest), *(k for k in _LAST if k in summary)):
        table.add_row(key.replace("_", " "), f"{summary[key]:,}")
    for reason, count in summary.get("aside", {}).items():
        table.add_row(f"queries set aside: {reason}", f"{count:,}")
    for name, said in summary.get("judges", {}).items():
        told = ", ".join(f"{verdict} {count:,}" for verdict, count in said.items())
        table.add_row(f"judge {name}", told)
    return table


def sample_text(data: Collection, chosen: pa.Table, queries: int, seed: int) -> Text:
    """A few queries with their positives, what was kept, and what was set aside with the reason.

    Args:
        data: The training collection.
        chosen: ``records.CANDIDATES`` after the choice.
        queries: How many queries to show, drawn by the seed from those that have candidates.
        seed: Seed of the draw.
    """
    import pyarrow.compute as pc
    from rich.text import Text

    from langret.data.records import Texts
    from langret.mining.candidates import lot

    texts, positives = Texts(data.passages), data.positives()
    ids = sorted(chosen.column("query_id").unique().to_pylist(), key=lambda qid: lot(seed, "sample", qid))
    asked = {q.id: q.text for q in data.kept_queries()}
    out = Text()
    for query_id in ids[:queries]:
        rows = chosen.filter(pc.equal(chosen.column("query_id"), query_id)).to_pylist()
        out.append(f"\n{_short(asked.get(query_id, ''))}", style="bold")
        out.append(f"  {query_id}\n", style="cyan")
        for pid in positives.get(query_id, ()):
            _line(out, "+", "positive", pid, texts, "green")
        for row in rows:
            if row["kept"]:
                _line(out, "-", _where(row), row["passage_id"], texts, "yellow")
        aside = [row for row in rows if not row["kept"] and row["reason"] not in _DULL]
        for row in aside[:_ASIDE]:
            _line(out, "x", f"{row['reason']}, {_where(row)}", row["passage_id"], texts, "dim")
        if len(aside) > _ASIDE:
            out.append(f"    and {len(aside) - _ASIDE} more set aside\n", style="dim")
    return out


def written_table(summaries: Mapping[str, Mapping[str, Any]]) -> Table:
    """What each writer wrote and what stayed, by stage.

    Args:
        summaries: Of the finished stages: ``write-NAME``, ``consistency`` and ``data``.
    """
    from rich.table import Table

    table = Table(box=None, padding=(0, 2), show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for name, summary in summaries.items():
        if not name.startswith("write-"):
            continue
        for what in ("queries", "passages", "judgements", "set_aside"):
            table.add_row(f"{name.removeprefix('write-')}: {what.replace('_', ' ')}", f"{summary[what]:,}")
        for reason, count in sorted(summary["reasons"].items(), key=lambda item: -item[1]):
            table.add_row(f"  {reason}", f"{count:,}")
    if found := summaries.get("consistency"):
        table.add_row("pairs looked at by a first model", f"{found['pairs']:,}")
        table.add_row("  found again", f"{found['kept']:,}")
    funnel = summaries["data"]["funnel"]
    table.add_row("queries in the training data", f"{funnel['queries']['kept']:,}")
    return table


def pairs_text(data: Path, writers: Sequence[str], queries: int, seed: int) -> Text:
    """A few queries that the named writers wrote, with their positives, drawn by the seed."""
    from rich.text import Text

    from langret.data.records import Collection, Texts
    from langret.mining.candidates import lot

    collection = Collection.load(data)
    texts, positives = Texts(collection.passages), collection.positives()
    names = tuple(f"{name}:" for name in writers)
    written = [q for q in collection.kept_queries() if q.id.startswith(names) and q.id in positives]
    out = Text()
    for query in sorted(written, key=lambda q: lot(seed, "sample", q.id))[:queries]:
        out.append(f"\n{_short(query.text)}", style="bold")
        out.append(f"  {query.id}\n", style="cyan")
        for pid in positives[query.id]:
            _line(out, "+", "positive", pid, texts, "green")
    return out


def _where(row: Mapping[str, Any]) -> str:
    score = "" if row["score"] is None else f" {row['score']:.3f}"
    return f"{row['source']} {row['rank']}{score}"


def _line(out: Text, sign: str, what: str, passage_id: str, texts: Mapping[str, str], style: str) -> None:
    out.append(f"  {sign} {what}: ", style=style)
    out.append(_short(texts.get(passage_id, "")))
    out.append(f"  {passage_id}\n", style="cyan")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
