"""Writing a collection as a BEIR folder, which langret and most other tools read."""

from __future__ import annotations

import json
from pathlib import Path

from langret.data.records import Collection


def write_beir(collection: Collection, folder: Path, split: str = "test") -> None:
    """Write what is kept: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/SPLIT.tsv``, in the order of the tables.

    Args:
        collection: Passages, queries and judgements; those set aside are left out.
        folder: Made where it is not there; files of these names are replaced.
        split: Name of the file of judgements.
    """
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    with (folder / "corpus.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for passage in collection.kept_passages():
            file.write(_line({"_id": passage.id, "title": passage.title, "text": passage.text}))
    with (folder / "queries.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for query in collection.kept_queries():
            file.write(_line({"_id": query.id, "text": query.text}))
    with (folder / "qrels" / f"{split}.tsv").open("w", encoding="utf-8", newline="\n") as file:
        file.write("query-id\tcorpus-id\tscore\n")
        for judgement in collection.kept_judgements():
            file.write(f"{judgement.query_id}\t{judgement.passage_id}\t{judgement.relevance}\n")


def _line(row: dict[str, str]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
