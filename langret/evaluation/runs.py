"""Runs on disk: what each system ranked, kept so that metrics can change without searching again."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from langret.evaluation.search import Run


def save_run(run: Run, path: Path, queries: list[str]) -> None:
    """Write a run as Parquet: query_id, passage_id, score, best first; a query without hits has no row."""
    columns: dict[str, list] = {"query_id": [], "passage_id": [], "score": []}
    for query in queries:
        for passage, score in run.get(query, {}).items():
            columns["query_id"].append(query)
            columns["passage_id"].append(passage)
            columns["score"].append(score)
    schema = pa.schema([("query_id", pa.string()), ("passage_id", pa.string()), ("score", pa.float64())])
    pq.write_table(pa.table(columns, schema=schema), path)


def load_run(path: Path) -> Run:
    """Read what ``save_run`` wrote."""
    table = pq.read_table(path)
    run: Run = {}
    rows = (table.column(name).to_pylist() for name in ("query_id", "passage_id", "score"))
    for query, passage, score in zip(*rows, strict=True):
        run.setdefault(query, {})[passage] = score
    return run
