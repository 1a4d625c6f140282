"""Candidates and verdicts in few words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from langret.data.records import CANDIDATES
from langret.judging import Verdict, verdict_table

SHORT = {"n": "negative", "f": "false_negative", "p": "partial", "u": "unknown"}


def selected(*rows: tuple[str, str, int, str]) -> pa.Table:
    """Candidates that mining kept: query, passage, rank, source."""
    return pa.Table.from_pylist(
        [
            {
                "query_id": q,
                "passage_id": p,
                "rank": rank,
                "score": 1.0,
                "source": source,
                "kept": True,
                "reason": "",
            }
            for q, p, rank, source in rows
        ],
        schema=CANDIDATES,
    )


def one_query(passages: str, query: str = "q", source: str = "bm25") -> pa.Table:
    """A passage for each letter, ranked in their order."""
    return selected(*((query, p, rank, source) for rank, p in enumerate(passages, 1)))


def said(judge: str, verdicts: Mapping[str, str] | Iterable[tuple[str, str]], query: str = "q") -> pa.Table:
    """Verdicts by passage, each a letter."""
    pairs = verdicts.items() if isinstance(verdicts, Mapping) else verdicts
    return verdict_table(judge, [[Verdict(query, p, SHORT[v]) for p, v in pairs]])  # type: ignore[arg-type]


def outcome(table: pa.Table) -> dict[str, str]:
    """Passage id to "kept" or the reason against it."""
    return {
        row["passage_id"]: (row["reason"] or "kept") if row["kept"] else row["reason"]
        for row in table.to_pylist()
    }
