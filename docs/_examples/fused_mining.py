"""Two miners, their fusion, and a draw by chance, without a recipe."""

import json
from pathlib import Path

import numpy as np

from langret.data.records import Passage, Query
from langret.language import get_language
from langret.mining import (
    BM25Index,
    candidates_from_arrays,
    exact_search,
    fuse_candidates,
    join_candidates,
    select_negatives,
)
from langret.recipe.schema import Miner, Negatives

language = get_language("ja")
rows = [json.loads(line) for line in (Path(__file__).parent / "lakes.jsonl").read_text("utf-8").splitlines()]
passages = [Passage(f"p{i}", language.normalize(row["positive"])) for i, row in enumerate(rows)]
queries = [Query(f"q{i}", language.normalize(row["query"])) for i, row in enumerate(rows)]
positives = {f"q{i}": [f"p{i}"] for i in range(len(rows))}


def embed(texts: list[str]) -> np.ndarray:
    """Counts of characters, in the place of a model's vectors."""
    letters = sorted({c for passage in passages for c in passage.text})
    counts = np.array([[text.count(c) for c in letters] for text in texts], dtype=np.float32)
    return counts / np.linalg.norm(counts, axis=1, keepdims=True)


index = BM25Index.build(language, passages)
asked, vectors = embed([q.text for q in queries]), embed([p.text for p in passages])
scores, places = exact_search(asked, vectors, k=8)
names = [q.id for q in queries], [p.id for p in passages]
words = index.search(queries, k=8)
dense = candidates_from_arrays(*names, scores, places, "dense")
fused = fuse_candidates([words, dense], depth=8)

rules = Negatives(
    miners=[Miner(kind="bm25", share=0), Miner(kind="dense", share=0), Miner(kind="fused")],
    per_query=2,
    draw="softmax",
)
own = {
    "bm25": index.positive_scores(queries, positives),
    "dense": {f"q{i}": float(asked[i] @ vectors[i]) for i in range(len(rows))},
}
texts = {p.id: p.text for p in passages}
chosen = select_negatives(join_candidates([words, dense, fused]), positives, own, rules, seed=13, texts=texts)

print(queries[0].text)
for row in chosen.to_pylist():
    if row["query_id"] == "q0" and row["source"] == "fused":
        print(f"{row['rank']}  {row['score']:.4f}  {row['reason'] or 'kept':<14}  {texts[row['passage_id']]}")
