"""What was written, and what was chosen as hard negatives and why, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from langret.report.words import short

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


class Asked(NamedTuple):
    """A query with its positives and its candidates.

    Attributes:
        id: Of the query.
        text: Its text.
        positives: Ids of its positives.
        kept: Rows of ``records.CANDIDATES`` that are its hard negatives.
        aside: Rows that were set aside for a reason worth a reader's eye, the first few.
        more: How many more of these there are.
    """

    id: str
    text: str
    positives: list[str]
    kept: list[dict[str, Any]]
    aside: list[dict[str, Any]]
    more: int


def sample(data: Collection, chosen: pa.Table, queries: int, seed: int) -> list[Asked]:
    """A few queries with their positives, what was kept, and what was set aside.

    Args:
        data: The training collection.
        chosen: ``records.CANDIDATES`` after the choice.
        queries: How many queries to show, drawn by the seed from those that have candidates.
        seed: Seed of the draw.
    """
    import pyarrow.compute as pc

    from langret.mining.candidates import lot

    positives = data.positives()
    ids = sorted(chosen.column("query_id").unique().to_pylist(), key=lambda qid: lot(seed, "sample", qid))
    texts = {q.id: q.text for q in data.kept_queries()}
    out = []
    for query_id in ids[:queries]:
        rows = chosen.filter(pc.equal(chosen.column("query_id"), query_id)).to_pylist()
        kept = [row for row in rows if row["kept"]]
        aside = [row for row in rows if not row["kept"] and row["reason"] not in _DULL]
        mine = positives.get(query_id, [])
        more = max(0, len(aside) - _ASIDE)
        out.append(Asked(query_id, texts.get(query_id, ""), mine, kept, aside[:_ASIDE], more))
    return out


def sample_text(data: Collection, chosen: pa.Table, queries: int, seed: int) -> Text:
    """The same as ``sample``, as text for the terminal."""
    from rich.text import Text

    from langret.data.records import Texts

    texts = Texts(data.passages)
    out = Text()
    for asked in sample(data, chosen, queries, seed):
        out.append(f"\n{short(asked.text, _SHOWN)}", style="bold")
        out.append(f"  {asked.id}\n", style="cyan")
        for pid in asked.positives:
            _line(out, "+", "positive", pid, texts, "green")
        for row in asked.kept:
            _line(out, "-", _where(row), row["passage_id"], texts, "yellow")
        for row in asked.aside:
            _line(out, "x", f"{row['reason']}, {_where(row)}", row["passage_id"], texts, "dim")
        if asked.more:
            out.append(f"    and {asked.more} more set aside\n", style="dim")
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
        out.append(f"\n{short(query.text, _SHOWN)}", style="bold")
        out.append(f"  {query.id}\n", style="cyan")
        for pid in positives[query.id]:
            _line(out, "+", "positive", pid, texts, "green")
    return out


def _where(row: Mapping[str, Any]) -> str:
    score = "" if row["score"] is None else f" {row['score']:.3f}"
    return f"{row['source']} {row['rank']}{score}"


def _line(out: Text, sign: str, what: str, passage_id: str, texts: Mapping[str, str], style: str) -> None:
    out.append(f"  {sign} {what}: ", style=style)
    out.append(short(texts.get(passage_id, ""), _SHOWN))
    out.append(f"  {passage_id}\n", style="cyan")
