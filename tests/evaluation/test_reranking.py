"""Candidates are put in order, and nothing else is looked at."""

from __future__ import annotations

import numpy as np
import pytest

from langret.data.records import Collection, Judgement, Passage, Query
from langret.evaluation import evaluate
from langret.evaluation.reranking import candidates_of, rerank
from langret.language import get_language

EN = get_language("en")
PASSAGES = {
    "d1": "the harbour of the old town", "d2": "a harbour", "d3": "income tax", "d4": "the old town",
    "d5": "the harbour of the old town and its ships",
}  # fmt: skip


@pytest.fixture
def benchmark() -> Collection:
    judged = [("q1", "d1", 1), ("q1", "d3", 0), ("q1", "d4", 0), ("q2", "d3", 2), ("q2", "d2", 0)]
    return Collection.from_records(
        [
            *(Passage(pid, text) for pid, text in PASSAGES.items()),
            Query("q1", "the harbour of the old town"),
            Query("q2", "tax on income"),
            *(Judgement(*row) for row in judged),
        ]
    )


@pytest.mark.parametrize("system", ["dense", "colbert", "bm25", "bag_of_words"])
def test_every_candidate_has_a_place(system, benchmark, fake):
    queries, passages = list(benchmark.kept_queries()), list(benchmark.kept_passages())
    retriever = system if system in ("bm25", "bag_of_words") else fake(system)
    run = rerank(retriever, EN, queries, passages, candidates_of(benchmark))
    assert {q: set(hits) for q, hits in run.items()} == {"q1": {"d1", "d3", "d4"}, "q2": {"d3", "d2"}}
    assert next(iter(run["q1"])) == "d1"  # not d5, which is no candidate
    assert all(list(hits.values()) == sorted(hits.values(), reverse=True) for hits in run.values())
    if not isinstance(retriever, str):
        assert "d5" not in retriever.encoded and PASSAGES["d5"] not in retriever.encoded


def test_results_say_that_candidates_were_given(benchmark, fake):
    results, _ = evaluate(
        {"dense": fake("dense")}, "own", benchmark, ["AP", "RR@10"], language=EN, seed=1, task="reranking"
    )
    assert {(r.task, r.search) for r in results} == {("reranking", "candidates")}
    assert {r.member: r.value for r in results if r.metric == "AP"}["bm25"] == 1


def test_mean_average_precision_is_that_of_mteb(fake):
    """mteb's is the measure ``map_cut_1000`` of pytrec_eval."""
    pytrec_eval = pytest.importorskip("pytrec_eval")
    rng = np.random.default_rng(3)
    names = [f"d{i}" for i in range(12)]
    records: list = [Passage(name, " ".join(rng.choice(list("abcdefgh"), 5))) for name in names]
    qrels: dict[str, dict[str, int]] = {}
    for q in range(8):
        qrels[f"q{q}"] = {str(name): int(rng.random() < 0.3) for name in rng.choice(names, 6, replace=False)}
        qrels[f"q{q}"] |= {names[q]: 1}
        records.append(Query(f"q{q}", " ".join(rng.choice(list("abcdefgh"), 3))))
        records += [Judgement(f"q{q}", name, grade) for name, grade in qrels[f"q{q}"].items()]
    results, runs = evaluate(
        {"dense": fake("dense")}, "own", Collection.from_records(records), ["AP"], language=EN, seed=1,
        task="reranking", baselines=[],
    )  # fmt: skip
    scored = pytrec_eval.RelevanceEvaluator(qrels, {"map_cut.1000"}).evaluate(runs["dense"])
    theirs = np.mean([one["map_cut_1000"] for one in scored.values()])
    assert 0.3 < theirs < 1 and results[0].value == pytest.approx(theirs, abs=1e-4)
