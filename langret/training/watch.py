"""Early sight of quality: held-out queries, scored while training."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
from sentence_transformers.evaluation import SentenceEvaluator

from langret.data.records import Collection
from langret.tokenizer import TokenStore
from langret.training.alarms import SIMILARITY
from langret.training.embedded import Texts, compare
from langret.training.encoder import Encoder
from langret.training.shapes import TextShape

DISTRACTORS = 500


class Watched(NamedTuple):
    """A benchmark to look at while training, in the token ids of the member's tokenizer.

    Attributes:
        collection: Passages, queries and judgements; row i of a table is text i of its store.
        queries: Token ids of the queries.
        passages: Token ids of the passages.
    """

    collection: Collection
    queries: TokenStore
    passages: TokenStore


class HeldOut(SentenceEvaluator):
    """nDCG@10 and MRR@10 of held-out queries over their positives and five hundred other passages.

    The mean cosine between those passages stands beside them; it nears 1 where vectors collapse.

    The pool is small so that a look costs seconds; the figure is for comparing steps with each other and not with a
    benchmark, where every passage is searched.

    Args:
        held_out: The queries with their judgements.
        collection: All training data; row i of its tables is text i of the token stores. Queries that are held
            out stand in it too, set aside.
        query_ids: Token ids of all its queries.
        passage_ids: Token ids of all its passages.
        queries: Layout of queries.
        passages: Layout of passages.
        encoder: The member, as the objective sees it.
        seed: Seed of the draw of other passages.
        others: Other passages to draw; None for all, as a small benchmark wants it.
    """

    def __init__(
        self,
        held_out: Collection,
        collection: Collection,
        query_ids: TokenStore,
        passage_ids: TokenStore,
        queries: TextShape,
        passages: TextShape,
        encoder: Encoder,
        seed: int,
        others: int | None = DISTRACTORS,
    ) -> None:
        super().__init__()
        row = {pid: i for i, pid in enumerate(collection.passages.column("id").to_pylist())}
        query_row = {qid: i for i, qid in enumerate(collection.queries.column("id").to_pylist())}
        positives = held_out.positives()
        kept = [q.id for q in held_out.kept_queries() if positives.get(q.id)]
        needed = sorted({row[pid] for qid in kept for pid in positives[qid]})
        kept_rows = np.flatnonzero(np.asarray(collection.passages.column("kept").to_pylist()))
        rest = np.setdiff1d(kept_rows, needed)
        drawn = np.random.default_rng([seed, 3]).permutation(rest)[:others]
        pool = [*needed, *drawn.tolist()]
        column = {r: i for i, r in enumerate(pool)}
        self.relevant = [np.asarray([column[row[pid]] for pid in positives[qid]]) for qid in kept]
        self.queries = [query_ids[query_row[qid]] for qid in kept]
        self.passages = [passage_ids[r] for r in pool]
        self.shapes = (queries, passages)
        self.encoder = encoder
        self.primary_metric = "ndcg@10"

    def __call__(
        self, model: Any, output_path: str | None = None, epoch: float = -1, steps: int = -1
    ) -> dict[str, float]:
        """Score the held-out queries with the model as it is now."""
        scores, middles = self._scores(model)
        gains, ranks = [], []
        for row, relevant in zip(scores, self.relevant, strict=True):
            order = np.argsort(-row, kind="stable")[:10]
            hits = np.isin(order, relevant)
            discount = 1 / np.log2(np.arange(2, 12))
            ideal = discount[: min(10, len(relevant))].sum()
            gains.append((hits * discount[: len(hits)]).sum() / ideal)
            ranks.append(1 / (np.argmax(hits) + 1) if hits.any() else 0.0)
        return {
            "ndcg@10": float(np.mean(gains)),
            "mrr@10": float(np.mean(ranks)),
            SIMILARITY: mean_cosine(middles),
        }

    @torch.no_grad()
    def _scores(self, model: Any) -> tuple[np.ndarray, torch.Tensor]:
        was_training = model.training
        model.eval()
        order = np.argsort([len(p) for p in self.passages], kind="stable")
        columns = np.empty((len(self.queries), len(self.passages)), dtype=np.float32)
        asked, middles = [], []
        for start in range(0, len(self.queries), 64):
            asked.append(
                self.encoder.embed(self._on(model, self.shapes[0].pad(self.queries[start : start + 64])))
            )
        for start in range(0, len(order), 64):
            rows = order[start : start + 64]
            features = self._on(model, self.shapes[1].pad([self.passages[r] for r in rows]))
            found = self.encoder.embed(features)
            middles.append(middle(found))
            for i, queries in enumerate(asked):
                columns[i * 64 : (i + 1) * 64, rows] = compare(queries, found).cpu().numpy()
        model.train(was_training)
        return columns, torch.cat(middles)

    @staticmethod
    def _on(model: Any, features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
        return {key: value.to(model.device) for key, value in features.items()}


def middle(passages: Texts) -> torch.Tensor:
    """One vector a passage: its own, or for ColBERT the mean of those of its tokens that count.

    The product of two means is the mean cosine of the tokens of one with the tokens of the other.
    """
    if passages.counts is None:
        return passages.vectors
    counts = passages.counts[..., None]
    return (passages.vectors * counts).sum(dim=1) / counts.sum(dim=1).clamp_min(1)


def mean_cosine(vectors: torch.Tensor) -> float:
    """Mean cosine of all pairs of different passages; 0 for a single one.

    Args:
        vectors: What ``middle`` gives, [passages, size].
    """
    count = len(vectors)
    if count < 2:
        return 0.0
    # the sum over all pairs is the square of the sum; every vector meets itself once
    together = vectors.double().sum(dim=0).square().sum() - vectors.double().square().sum()
    return float(together) / (count * (count - 1))
