"""Read a mined set with nothing but pyarrow: the judgements of one question."""

import sys
from pathlib import Path

import pyarrow.parquet as pq

folder = Path(sys.argv[1])
passages = {row["_id"]: row["text"] for row in pq.read_table(folder / "corpus.parquet").to_pylist()}
queries = {row["_id"]: row["text"] for row in pq.read_table(folder / "queries.parquet").to_pylist()}
judged = pq.read_table(folder / "qrels" / "train.parquet").to_pylist()

first = judged[0]["query-id"]
print(queries[first])
for row in judged:
    if row["query-id"] == first:
        print(row["score"], f"{row['origin']:<6}", passages[row["corpus-id"]])
