"""The stage of a teacher: it scores what a member is to learn from, once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret.errors import DataError, ModelError
from langret.pipeline.stage import Context
from langret.pipeline.work.examples import Examples, load_examples
from langret.pipeline.work.pairs import distinct_pairs, score_pairs
from langret.pipeline.work.shared import Summary, quiet, write_table
from langret.recipe.lock import split_revision

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from langret.modeling import Retriever

FLAT = 1e-3
"""Scores of a query that lie closer together than this teach nothing."""
MANY = 0.05
"""Share of such queries from which people are told."""
_SHARD = 4096


def teach(
    ctx: Context,
    teacher: str,
    trained: bool,
    lengths: tuple[int, int],
    vectors: bool,
    wanted: Sequence[int] | None,
    by_score: bool,
) -> Summary:
    """Scores of every training query's positives and hard negatives, or vectors of all these texts.

    Args:
        ctx: Of a stage with the inputs of ``load_examples``.
        teacher: Folder or hub name, or the stage that trains the member who teaches.
        trained: Whether it is such a stage. The member then keeps the lengths that it was trained with.
        lengths: Longest query and passage in tokens; a cross-encoder reads as much as both together.
        vectors: Whether vectors are wanted.
        wanted: Numbers of the sources that are trained on; None for all.
        by_score: As in ``load_examples``.

    Raises:
        ModelError: There is no such model, it gives what is not finite, or it has no vectors where they are wanted.
        DataError: There is nothing to score.
    """
    from langret.modeling import load_model
    from langret.modeling.kinds import kind_of

    quiet()
    examples = load_examples(ctx, wanted, by_score)
    name, revision = split_revision(str(ctx.inputs[teacher] / "model") if trained else teacher)
    kind = kind_of(name, revision)
    if vectors and kind != "dense":
        raise ModelError(
            f"is a {kind} model, and has no vector of a text.",
            where=name,
            hint="`distill.loss: vectors` needs a dense teacher; `kl` and `margin_mse` take any.",
        )
    pairs = pairs_to_score(examples)
    if kind == "cross-encoder":
        from langret.judging.cross_encoder import CrossScorer

        model = CrossScorer(teacher, sum(lengths))
        return _scored(ctx, score_pairs(ctx, pairs, examples.data, model.logits), name)
    given: dict[str, Any] = (
        {} if trained else {"query_tokens": lengths[0], "passage_tokens": lengths[1], "revision": revision}
    )
    work = _Retrieving(ctx, load_model(name, **given), examples, pairs)
    if vectors:
        return work.vectors()
    return _scored(ctx, work.dense() if kind == "dense" else work.colbert(), name)


def pairs_to_score(examples: Examples) -> pa.Table:
    """Each training query with its positives and its hard negatives: ``query_id`` and ``passage_id``, sorted.

    Raises:
        DataError: No training query has a positive.
    """
    import pyarrow.compute as pc

    data = examples.data
    judgements = data.judgements
    positive = judgements.filter(pc.and_(judgements["kept"], pc.greater(judgements["relevance"], 0)))
    trained = pc.unique(positive["query_id"])
    trained = trained.filter(
        pc.is_in(trained, value_set=data.queries.filter(data.queries["kept"])["id"].combine_chunks())
    )
    if not len(trained):
        raise DataError(
            "No training query has a positive passage, so there is nothing for a teacher to score.",
            hint="`langret check` shows the funnel.",
        )
    tables = [positive, *([examples.negatives] if examples.negatives is not None else [])]
    asked: list[pa.Table] = [table.filter(pc.is_in(table["query_id"], value_set=trained)) for table in tables]
    return distinct_pairs(asked)


class _Retrieving:
    """A retriever that teaches: each text is encoded once, and then the pairs are scored."""

    def __init__(self, ctx: Context, retriever: Retriever, examples: Examples, pairs: pa.Table) -> None:
        import numpy as np

        from langret.data.records import full_text
        from langret.training.teacher import rows_of_pairs

        self.ctx, self.retriever, self.pairs = ctx, retriever, pairs
        queries, passages = rows_of_pairs(pairs, examples.data)
        self.query_rows, self.query = np.unique(queries, return_inverse=True)
        self.passage_rows, self.passage = np.unique(passages, return_inverse=True)
        self.queries: list[str] = examples.data.queries["text"].take(self.query_rows).to_pylist()
        table = examples.data.passages

        def passage_texts(start: int, end: int) -> list[str]:
            found = table.select(["title", "text"]).take(self.passage_rows[start:end])
            return [
                full_text(t, x)
                for t, x in zip(found["title"].to_pylist(), found["text"].to_pylist(), strict=True)
            ]

        self.passage_texts = passage_texts
        self.texts = len(self.query_rows) + len(self.passage_rows)

    def dense(self) -> pa.Table:
        """Cosines of the pairs."""
        import numpy as np
        import pyarrow as pa

        queries, passages = self._embedded()
        found = np.empty(len(self.pairs), dtype=np.float32)
        for start in range(0, len(found), 65536):
            part = slice(start, start + 65536)
            found[part] = np.einsum("nd,nd->n", queries[self.query[part]], passages[self.passage[part]])
        return self.pairs.append_column("score", pa.array(found))

    def vectors(self) -> Summary:
        """Write the vectors themselves."""
        import numpy as np

        from langret.training.teacher import VECTORS

        rows = (self.query_rows, self.passage_rows)
        embedded = self._embedded()
        for kind, numbers, found in zip(VECTORS, rows, embedded, strict=True):
            np.save(self.ctx.folder / f"{kind}_rows.npy", numbers)
            np.save(self.ctx.folder / f"{kind}_vectors.npy", found)
        return {
            "queries": len(rows[0]),
            "passages": len(rows[1]),
            "dimension": int(embedded[0].shape[1]),
        }

    def colbert(self) -> pa.Table:
        """MaxSim of the pairs, passages a shard at a time; finished shards are read from scratch."""
        import numpy as np
        import pyarrow as pa

        asked: Any = self.retriever.encode(self.queries, "query")
        found = np.empty(len(self.pairs), dtype=np.float32)
        by_passage = np.argsort(self.passage, kind="stable")
        sorted_passages = self.passage[by_passage]
        for start in range(0, len(self.passage_rows), _SHARD):
            end = min(start + _SHARD, len(self.passage_rows))
            mine = by_passage[slice(*np.searchsorted(sorted_passages, [start, end]))]
            kept = self.ctx.scratch / f"scores-{start}.npy"
            if not kept.exists():
                vectors: Any = self.retriever.encode(self.passage_texts(start, end), "passage")
                scores = [_maxsim(asked[self.query[i]], vectors[self.passage[i] - start]) for i in mine]
                aside = kept.with_suffix(".partial.npy")
                np.save(aside, np.asarray(scores, dtype=np.float32))
                aside.rename(kept)
            found[mine] = np.load(kept)
            self.ctx.progress(end, len(self.passage_rows), "passages")
        return self.pairs.append_column("score", pa.array(found))

    def _embedded(self) -> tuple[np.ndarray, np.ndarray]:
        from langret.mining import embed_texts

        def texts() -> Any:
            for start in range(0, len(self.passage_rows), _SHARD):
                yield from self.passage_texts(start, start + _SHARD)

        def embedded(kind: Any, given: Any, first: int) -> np.ndarray:
            return embed_texts(
                given,
                lambda part: self.retriever.encode(part, kind),  # type: ignore[arg-type,return-value]
                self.ctx.scratch / f"{kind}.f32",
                self.retriever.dimension,
                progress=lambda done: self.ctx.progress(first + done, self.texts, f"{kind} embeddings"),
            )

        return embedded("query", self.queries, 0), embedded("passage", texts(), len(self.query_rows))


def _maxsim(query: np.ndarray, passage: np.ndarray) -> float:
    # a passage of skipped tokens alone matches nothing
    return float((query @ passage.T).max(axis=1).sum()) if len(passage) else 0.0


def _scored(ctx: Context, table: pa.Table, name: str) -> Summary:
    """Write the scores, and say whether they tell passages apart."""
    from langret.training.teacher import SCORES

    facts = spread(table)
    if facts.pop("not_finite"):
        raise ModelError("gives scores that are not finite.", where=name)
    flat, compared = facts["flat_queries"], facts["compared_queries"]
    if compared and flat >= MANY * compared:
        ctx.log(
            f"Of {compared:,} queries {flat:,} got scores from {Path(name).name} that lie less than {FLAT} apart: "
            "from them nothing can be learned. The teacher may be saturated, or may not know the language."
        )
    if not compared:
        ctx.log("No query has two scored passages: there is nothing to tell apart. Mine hard negatives.")
    write_table(table, ctx.folder / SCORES)
    return facts


def spread(table: pa.Table) -> dict[str, Any]:
    """How far a teacher's scores of a query lie apart (a check that mxbai-edge-colbert asks for, METHODS.md 10).

    Args:
        table: ``query_id``, ``passage_id``, ``score``.

    Returns:
        ``pairs``; ``queries``; ``compared_queries``, those with two scored passages at least; ``flat_queries``, those
        of them whose best and worst score differ by less than ``FLAT``; ``mean_spread`` of best and worst; and
        ``not_finite`` scores.
    """
    import pyarrow.compute as pc

    groups = table.group_by("query_id").aggregate([("score", "min"), ("score", "max"), ("score", "count")])
    several = groups.filter(pc.greater(groups["score_count"], 1))
    apart = pc.subtract(several["score_max"], several["score_min"])
    mean = pc.mean(apart).as_py()
    return {
        "pairs": table.num_rows,
        "queries": groups.num_rows,
        "compared_queries": several.num_rows,
        "flat_queries": int(pc.sum(pc.less(apart, FLAT)).as_py() or 0),
        "mean_spread": round(mean, 4) if mean is not None else 0.0,
        "not_finite": int(pc.sum(pc.invert(pc.is_finite(table["score"]))).as_py() or 0),
    }
