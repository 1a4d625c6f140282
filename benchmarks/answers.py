"""How many mined negatives hold the answer: a likely false negative, on real questions in five languages.

    python benchmarks/answers.py

In data of SQuAD's shape the answer is a string. A candidate that holds the answer of its question is likely to be an
answer that nobody marked (not surely: names recur). The table says how many of the negatives hold it, chosen by
chance, by BM25, and by BM25 with the 0.95 rule, and how many of the candidates that the rule set aside do.
Answers of fewer than four characters are left out: too many passages hold them by chance.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from _machine import save

ROOT = Path(os.environ.get("LANGRET_DATA", "../shared/data"))
SETS = {
    "ja": "ja/jaquad/train",
    "ar": "ar/arcd/arcd-train.json",
    "id": "id/idk_mrc/train.json",
    "th": "th/iapp_wiki_qa/train.jsonl",
    "zh": "zh/cmrc2018",
}
SHORTEST = 4
SEED = 13


def answers(value: Any) -> Iterator[tuple[str, list[str]]]:
    """Questions and their answers, wherever they stand in a JSON value."""
    if isinstance(value, list):
        for item in value:
            yield from answers(item)
    elif isinstance(value, dict):
        question = value.get("question") or value.get("query_text")
        given = value.get("answers")
        if isinstance(question, str) and given:
            if isinstance(given, dict):
                given = given.get("text", given.get("answer", []))
            texts = (a.get("text", "") if isinstance(a, dict) else a for a in given)
            yield question, [text for text in texts if isinstance(text, str)]
        else:
            for item in value.values():
                yield from answers(item)


def answers_of(path: Path) -> dict[str, list[str]]:
    """Answers by question, of every JSON file under a path."""
    found: dict[str, list[str]] = {}
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*.json*") if p.is_file())
    for file in files:
        text = file.read_text(encoding="utf-8")
        lines = text.splitlines() if file.suffix == ".jsonl" else [text]
        for line in filter(str.strip, lines):
            for question, strings in answers(json.loads(line)):
                found.setdefault(question, []).extend(s for s in strings if len(s) >= SHORTEST)
    return {question: strings for question, strings in found.items() if strings}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=int, default=2000, help="questions of each language")
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()

    from langret.data import clean, read_source
    from langret.data.records import Texts
    from langret.language import get_language
    from langret.mining import BM25Index, join_candidates, random_candidates, select_negatives
    from langret.recipe.schema import Filters, Negatives, Source

    arms = {
        "random": Negatives.model_validate({"miners": [{"kind": "random"}]}),
        "bm25": Negatives.model_validate({"miners": [{"kind": "bm25"}], "max_of_positive": None}),
        "bm25, 0.95": Negatives.model_validate({"miners": [{"kind": "bm25"}]}),
    }
    results: dict[str, Any] = {}
    print(
        f"{'':<6}{'questions':>10}"
        + "".join(f"{name:>14}" for name in arms)
        + f"{'set aside':>14}{'recall':>10}"
    )
    for code, place in SETS.items():
        language = get_language(code)
        with tempfile.TemporaryDirectory() as folder:
            source = Source(path=str(ROOT / place), limit=given.questions)
            raw = read_source(source, base=Path(), language=language, seed=SEED)
            data = clean(raw, language, Filters(), folder=Path(folder))
            strings = {
                language.normalize(q): [language.normalize(a) for a in found]
                for q, found in answers_of(ROOT / place).items()
            }
            positives = data.positives()
            queries = [q for q in data.kept_queries() if q.id in positives and q.text in strings]
            holds = {q.id: strings[q.text] for q in queries}
            passages = list(data.kept_passages())
            texts = Texts(data.passages)
            index = BM25Index.build(language, passages)
            found = index.search(queries, 100)
            own = {"bm25": index.positive_scores(queries, positives)}
            chance = random_candidates([q.id for q in queries], [p.id for p in passages], 100, SEED)

            def holding(rows: list[dict[str, Any]]) -> list[bool]:
                return [any(a in texts[r["passage_id"]] for a in holds[r["query_id"]]) for r in rows]  # noqa: B023

            shares: dict[str, float] = {}
            for name, rules in arms.items():
                table = join_candidates([chance if name == "random" else found])
                chosen = select_negatives(table, positives, own, rules, SEED, texts=texts).to_pylist()
                hits = holding([r for r in chosen if r["kept"]])
                shares[name] = sum(hits) / max(1, len(hits))
            aside = holding([r for r in chosen if r["reason"] == "above_positive"])
            others = holding([r for r in chosen if r["reason"] not in ("above_positive", "positive")])
            shares["set aside by the rule"] = sum(aside) / max(1, len(aside))
            shares["recall of the rule"] = sum(aside) / max(1, sum(aside) + sum(others))
        results[code] = {"questions": len(queries), "passages": len(passages), **shares}
        figures = list(shares.values())
        line = "".join(f"{value:>14.1%}" for value in figures[:-1])
        print(f"{code:<6}{len(queries):>10,}{line}{figures[-1]:>10.1%}", flush=True)
    if not given.no_save:
        save("answers", {"questions": given.questions, "results": results})


if __name__ == "__main__":
    main()
