"""BM25 with each plugin's analyzer, beside BM25 that knows nothing of the language, on real text.

    python benchmarks/analyzers.py [LANGUAGE ...]

Three ways to terms over the same normalised text: the plugin's ``analyze``, bigrams of characters, and the default
tokenizer of bm25s (words of two letters or more, English stop words). Same library, same k1 and b, same queries.
Text is read from LANGRET_DATA. Egyptian Arabic has no questions: titles ask for the sections of their articles. Of the
Finnish set it is not recorded which of a question's ten passages is the relevant one: any of them counts.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from statistics import mean

import bm25s
from _machine import save

from langret.data import clean, read_source
from langret.data.records import Collection, full_text
from langret.evaluation import interval, score
from langret.language import Language, get_language
from langret.recipe.schema import Filters, Source

ROOT = Path(os.environ.get("LANGRET_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
SETS = {
    "ja": "ja/jaquad/dev",
    "ar": "ar/arcd/arcd-test.json",
    "arz": "arz/arzwiki",
    "th": "th/iapp_wiki_qa/valid.jsonl",
    "id": "id/idk_mrc/valid.json",
    "zh": "zh/cmrc2018/cmrc2018_dev.json",
    "fi": "fi/nomiracl",
}
METRICS = ["nDCG@10", "Success@1"]
SEED = 13


def read(code: str, language: Language, folder: Path) -> Collection:
    """The set of a language, cleaned as a benchmark is."""
    source = _finnish(ROOT / SETS[code], folder) if code == "fi" else Source(path=str(ROOT / SETS[code]))
    found = read_source(source, base=Path(), language=language, seed=SEED)
    return clean(found, language, Filters(), role="benchmark", folder=folder / "clean")


def _finnish(folder: Path, out: Path) -> Source:
    """NoMIRACL's lists as a BEIR folder: the passages of both files, the questions of the one with answers."""
    corpus, queries, qrels = {}, [], ["query-id\tcorpus-id\tscore"]
    for name in ("relevant", "non_relevant"):
        for line in (folder / f"fi.{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            for passage in row["passages"]:
                corpus[passage["docid"]] = {"_id": passage["docid"], "text": passage["text"]}
                if name == "relevant":
                    qrels.append(f"{row['query_id']}\t{passage['docid']}\t1")
            if name == "relevant":
                queries.append({"_id": row["query_id"], "text": row["query"]})
    target = out / "beir"
    (target / "qrels").mkdir(parents=True)
    for file, rows in (("corpus", corpus.values()), ("queries", queries)):
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (target / f"{file}.jsonl").write_text(text, encoding="utf-8")
    (target / "qrels" / "test.tsv").write_text("\n".join(qrels) + "\n", encoding="utf-8")
    return Source(path=str(target), format="beir")


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring characters, spaces left out; a single character stands for itself."""
    found: list[str] = []
    for word in text.lower().split():
        found += map("".join, pairwise(word)) if len(word) > 1 else [word]
    return found


def default(text: str) -> list[str]:
    """What ``bm25s.tokenize`` makes of a text when nothing is said."""
    found = bm25s.tokenize([text], return_ids=False, show_progress=False)
    return list(found[0])


def values(data: Collection, terms: Callable[[str], Iterable[str]]) -> dict[str, dict[str, float]]:
    """Metrics, query by query."""
    passages, answerable = list(data.kept_passages()), data.positives()
    queries = [query for query in data.kept_queries() if query.id in answerable]
    index = bm25s.BM25()
    index.index([list(terms(full_text(p.title, p.text))) for p in passages], show_progress=False)
    run = {}
    for query in queries:
        asked = list(terms(query.text))
        if not asked:
            run[query.id] = {}
            continue
        found, scores = index.retrieve([asked], k=min(100, len(passages)), show_progress=False)
        run[query.id] = {passages[i].id: float(s) for i, s in zip(found[0], scores[0], strict=True) if s > 0}
    return score(run, data, METRICS)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "languages", nargs="*", metavar="LANGUAGE", help="default: all that there are sets for"
    )
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()
    results = {}
    print(
        f"{'':<5}{'queries':>8}{'passages':>9}   {'plugin':>14}{'bigrams':>14}{'bm25s':>14}   nDCG@10 and Success@1"
    )
    for code in given.languages or SETS:
        language = get_language(code)
        with tempfile.TemporaryDirectory() as name:
            data = read(code, language, Path(name))
            row: dict[str, object] = {}
            for way, terms in (("plugin", language.analyze), ("bigrams", bigrams), ("bm25s", default)):
                found = values(data, terms)
                row[way] = {metric: round(mean(found[metric].values()), 4) for metric in METRICS}
                if way == "plugin":
                    low, high = interval(found["nDCG@10"].values(), SEED)
                    row["interval"] = [round(low, 4), round(high, 4)]
                    row |= {
                        "queries": len(found["Success@1"]),
                        "passages": sum(1 for _ in data.kept_passages()),
                    }
        results[code] = {"set": SETS[code], "version": language.version, **row}
        cells = "".join(
            f"{row[way]['nDCG@10']:>9.3f}{row[way]['Success@1']:>5.2f}"
            for way in ("plugin", "bigrams", "bm25s")
        )
        print(f"{code:<5}{row['queries']:>8,}{row['passages']:>9,}   {cells}", flush=True)
    if not given.no_save:
        save("analyzers", results)


if __name__ == "__main__":
    main()
