"""Training pairs from real documents without a language model: how many, and how many of them BM25 finds.

    python benchmarks/synthesis.py

For each set: queries from titles and headings, from links (of folders of Markdown), and from sentences (``cloze``,
with every sentence left in its passage, and with half of them taken out). A pair is found when BM25 with the
language's analyzer ranks the passage second or better among all passages, other positives of the query not counted; a
query, when one of its pairs is.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from _machine import save

if TYPE_CHECKING:
    from langret.data.records import Collection
    from langret.language import Language

SEED = 13
SETS = {"ja": "ja/d365_docs", "ar": "ar/d365_docs", "th": "th/iapp_wiki_qa/train.jsonl"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()

    from langret.data import clean, read_source
    from langret.data.records import Collection, Passage, Query, Rejected
    from langret.language import get_language
    from langret.recipe.schema import Cloze, Filters, Source
    from langret.synthesis import write_pairs

    root = Path(os.environ.get("LANGRET_DATA", "../shared/data"))
    results: dict[str, object] = {}
    for code, path in SETS.items():
        language = get_language(code)
        folder = (root / path).is_dir()
        source = Source(path=str(root / path), links=folder)
        read = read_source(source, base=Path(), language=language, seed=SEED)
        documents = clean(read, language, Filters())
        if folder:
            ids = [query.id for query in documents.kept_queries()]
            reasons = read.rejected.column("reason").to_pylist()
            results[f"{code} titles and headings"] = look(
                documents, (i for i in ids if i.startswith("q-")), language, []
            )
            results[f"{code} links"] = look(
                documents, (i for i in ids if i.startswith("links:")), language, reasons
            )
        for kept in (1.0, 0.5):
            settings = Cloze(kind="cloze", keep_span=kept)
            records = list(write_pairs(settings, documents, language, seed=SEED))
            ids = [record.id for record in records if isinstance(record, Query | Passage)]
            reasons = [record.reason for record in records if isinstance(record, Rejected)]
            grown = Collection.from_records([*documents.kept_passages(), *records])
            results[f"{code} cloze, keep_span {kept}"] = look(grown, ids, language, reasons)
        print(*(f"{name}: {row}" for name, row in results.items() if name.startswith(code)), sep="\n")
    if not given.no_save:
        save("synthesis", results)


def look(
    collection: Collection, written: Iterable[str], language: Language, reasons: list[str]
) -> dict[str, object]:
    """Count pairs, and those that BM25 finds."""
    from langret.recipe.schema import Consistency
    from langret.synthesis import consistent

    rows = consistent(collection, written, language, Consistency(), seed=SEED).to_pylist()
    found = [row for row in rows if row["rank"] is not None]
    return {
        "queries": len({row["query_id"] for row in rows}),
        "queries_found": len({row["query_id"] for row in found}),
        "pairs": len(rows),
        "pairs_found": len(found),
        "set_aside": dict(sorted(Counter(reasons).items())),
    }


if __name__ == "__main__":
    main()
