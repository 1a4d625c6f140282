"""How often judges call a passage an answer that people have judged not to be one: Finnish NoMIRACL.

    python benchmarks/human_negatives.py [--cross-encoder FOLDER]

People read about ten passages for each question. For 124 questions (`non_relevant`) they found none relevant, so what
a judge flags there is a false alarm. For 110 (`relevant`) at least one is relevant, and which one is not recorded: a
judge that flags nothing there has missed it. Rates are over passages, and over questions with a flagged passage.

Judges, none of which was made for Finnish questions:

- best passage: the 0.95 rule, by BM25 scores, with the question's best passage in the place of its answer. The best is
  not counted; it would always be flagged.
- shared words: a `python` judge; the share of the question's terms, as BM25 sees them, that stand in the passage.
- cross-encoder: the model of ``negatives.py``, MiniLM with English weights, tuned on 200 English questions.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from _machine import save

ROOT = Path(os.environ.get("LANGRET_DATA", "../shared/data")) / "fi" / "nomiracl"
SUBSETS = ("non_relevant", "relevant")
LIMIT = 0.95
LIMITS = (0.5, 0.75, 0.95)
TOKENS = 256

Judge = Callable[[list[Any]], list[list[float]]]


@lru_cache(maxsize=1)
def finnish() -> Any:
    from langret.language import get_language

    return get_language("fi")


@lru_cache(maxsize=10_000)
def terms(text: str) -> frozenset[str]:
    """BM25's terms of a text."""
    return frozenset(finnish().analyze(text))


def shared_words(case: Any) -> list[float]:
    """The share of the question's terms that stand in each candidate."""
    asked = terms(case.query)
    return [len(asked & terms(text)) / max(1, len(asked)) for _, text in case.candidates]


def cases_of(subset: str) -> list[Any]:
    """Questions with their judged passages, whose known answers nobody recorded."""
    from langret.judging import Case

    language, found = finnish(), []
    for line in (ROOT / f"fi.{subset}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        candidates = {p["docid"]: language.normalize(p["text"]) for p in row["passages"]}
        found.append(Case(row["query_id"], language.normalize(row["query"]), [], list(candidates.items())))
    return found


def to_best_passage(cases: list[Any]) -> list[list[float]]:
    """BM25 scores over those of the question's best passage, which is left out itself."""
    from langret.data.records import Passage, Query
    from langret.mining import BM25Index

    passages = {pid: text for case in cases for pid, text in case.candidates}
    index = BM25Index.build(finnish(), [Passage(pid, text) for pid, text in passages.items()])
    found = index.search([Query(case.query_id, case.query) for case in cases], len(passages)).to_pylist()
    scores: dict[str, dict[str, float]] = {}
    for row in found:
        scores.setdefault(row["query_id"], {})[row["passage_id"]] = row["score"]
    out = []
    for case in cases:
        own = sorted(
            (scores.get(case.query_id, {}).get(pid, 0.0) for pid, _ in case.candidates), reverse=True
        )
        out.append([score / own[0] if own[0] else 0.0 for score in own[1:]])
    return out


def by_cross_encoder(model: Path) -> Judge:
    """Scores between 0 and 1 of a reranker."""
    from langret.judging import CrossScorer

    def judge(cases: list[Any]) -> list[list[float]]:
        scores = CrossScorer(model, TOKENS).scores(
            (case.query, text) for case in cases for _, text in case.candidates
        )
        return [[next(scores) for _ in case.candidates] for case in cases]

    return judge


def by_function(cases: list[Any]) -> list[list[float]]:
    """The `python` judge, called as a recipe calls it."""
    from langret.judging import make_judge
    from langret.recipe.schema import PythonJudge

    judge = make_judge(PythonJudge(kind="python", function="human_negatives:shared_words"), None)
    return [[verdict.score for verdict in verdicts] for verdicts in judge.judge(cases)]


def rates(scores: list[list[float]], limit: float) -> dict[str, float]:
    """Share of passages that reach the limit, and of questions with such a passage."""
    flagged = [[score >= limit for score in own] for own in scores]
    return {
        "passages": sum(map(sum, flagged)) / sum(map(len, flagged)),
        "questions": sum(map(any, flagged)) / len(flagged),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--cross-encoder", type=Path, default=Path("runs/negatives-cross-encoder"), help="of negatives.py"
    )
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()

    judges: dict[str, tuple[Judge, tuple[float, ...]]] = {
        "best passage": (to_best_passage, (LIMIT,)),
        "shared words": (by_function, LIMITS),
    }
    if (given.cross_encoder / "config.json").is_file():
        judges["cross-encoder"] = (by_cross_encoder(given.cross_encoder), LIMITS)
    asked = {subset: cases_of(subset) for subset in SUBSETS}
    everything = [case for cases in asked.values() for case in cases]
    counts = {
        subset: {"questions": len(cases), "passages": sum(len(case.candidates) for case in cases)}
        for subset, cases in asked.items()
    }
    print(f"{'flagged':<24}{'none is relevant':>26}{'one or more are':>26}")
    print(f"{'':<24}{'passages':>13}{'questions':>13}{'passages':>13}{'questions':>13}")
    found: dict[str, Any] = {}
    for name, (judge, limits) in judges.items():
        scores = judge(everything)
        first = len(asked[SUBSETS[0]])
        for limit in limits:
            row = {
                s: rates(part, limit)
                for s, part in zip(SUBSETS, (scores[:first], scores[first:]), strict=True)
            }
            found[f"{name}, {limit}"] = row
            cells = "".join(f"{row[s][key]:>13.1%}" for s in SUBSETS for key in ("passages", "questions"))
            print(f"{name + ', ' + str(limit):<24}{cells}", flush=True)
    if not given.no_save:
        save("human_negatives", {"counts": counts, "flagged": found})


if __name__ == "__main__":
    main()
