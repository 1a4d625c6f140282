"""A reranker as scorer and as judge: query and passage are read together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret.errors import ModelError, first_line
from langret.judging.cases import windows
from langret.judging.verdicts import Case, Progress, Verdict, silent
from langret.recipe.lock import split_revision

if TYPE_CHECKING:
    import numpy as np

    from langret.recipe.schema import CrossEncoderJudge

TOLERANCE = 1e-6
"""How far scores of one pair may differ between batches: padding changes the last bits of a float32 logit."""
_SORTED = 64  # batches whose pairs are sorted by length together, so that little of a batch is padding


class CrossScorer:
    """Scores pairs of query and passage with a sentence-transformers CrossEncoder.

    ``scores`` are between 0 and 1, whatever the model was saved with: the model gives ``logits``, and they pass one
    sigmoid here, in float64. Rerankers differ in this (those of MS MARCO and BGE are saved with the identity, others
    with a sigmoid), and a sigmoid in bfloat16 rounds all good passages to 1.

    Pairs of different queries share batches, sorted by length within a window of 64 batches; they stream, so that
    memory does not grow with their number. Equal input gives equal scores; another ``batch_size`` changes them by
    less than ``TOLERANCE``.

    Args:
        model: Folder or hub name, with ``@revision`` where a lock file pins one.
        tokens: Longest input in tokens; the longer of query and passage is cut. Never above what the model takes.
        batch_size: Pairs a forward pass.

    Raises:
        ModelError: While scoring: there is no such model, it is no reranker with one score, or its scores pass
            another function than the identity or a sigmoid.

    Examples:
        >>> scorer = CrossScorer("BAAI/bge-reranker-v2-m3", tokens=512)  # nothing is loaded yet
        >>> list(scorer.scores([]))
        []
    """

    def __init__(self, model: str | Path, tokens: int = 512, *, batch_size: int = 32) -> None:
        self._name, self._revision = split_revision(str(model))
        self._tokens = tokens
        self._batch_size = batch_size

    def scores(self, pairs: Iterable[tuple[str, str]]) -> Iterator[float]:
        """Score pairs of query and passage.

        Args:
            pairs: Query and passage; read as they are needed.

        Yields:
            A score between 0 and 1 a pair, in the order of the pairs; NaN where the model gives NaN.
        """
        from scipy.special import expit

        for window in self._windows(pairs):
            yield from expit(window).tolist()

    def logits(self, pairs: Iterable[tuple[str, str]]) -> Iterator[float]:
        """Score pairs as the model itself does, before any sigmoid: what a student learns from.

        A sigmoid takes away what a teacher knows beyond "very good" and "very bad": logits of 6 and 9 become .9975 and
        .9999, which no student can tell apart.

        Args:
            pairs: As for ``scores``.

        Yields:
            A logit a pair, in the order of the pairs.
        """
        for window in self._windows(pairs):
            yield from window.tolist()

    def _windows(self, pairs: Iterable[tuple[str, str]]) -> Iterator[np.ndarray]:
        stream = iter(pairs)
        while window := list(islice(stream, self._batch_size * _SORTED)):
            yield self._window(window)

    def _window(self, pairs: list[tuple[str, str]]) -> np.ndarray:
        import numpy as np

        # the longest first, so that a batch too large for the device fails at once
        order = sorted(range(len(pairs)), key=lambda i: -len(pairs[i][0]) - len(pairs[i][1]))
        logits = self._model.predict(
            [pairs[i] for i in order], batch_size=self._batch_size, show_progress_bar=False
        )
        found = np.empty(len(pairs), dtype=np.float64)
        found[order] = np.asarray(logits, dtype=np.float64)
        return found

    @cached_property
    def _model(self) -> Any:
        import torch
        from safetensors import SafetensorError
        from sentence_transformers import CrossEncoder
        from transformers import AutoConfig
        from transformers.utils import logging

        # absolute, because a relative path of two parts would also do as a hub name, and be asked for there
        where = str(Path(self._name).resolve()) if Path(self._name).is_dir() else self._name
        logging.disable_progress_bar()
        try:
            _must_be_a_reranker(AutoConfig.from_pretrained(where, revision=self._revision), where)
            # the weights' own type is for devices that compute in it; a CPU is exact and no slower in float32
            kind = "auto" if torch.cuda.is_available() else torch.float32
            model = CrossEncoder(
                where,
                revision=self._revision,
                activation_fn=torch.nn.Identity(),
                model_kwargs={"dtype": kind, "use_safetensors": True},
            )
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise ModelError(
                f"cannot be loaded as a cross-encoder: {first_line(error)}",
                where=where,
                hint="Give a folder with config.json and model.safetensors, or a hub name if the hub can be reached.",
            ) from error
        model.max_length = min(self._tokens, model.max_length)
        return model


def _must_be_a_reranker(config: Any, where: str) -> None:
    """Refuse models to which transformers would add a head with random weights, and scores of another kind."""
    kinds = config.architectures or []
    if not any(kind.endswith("ForSequenceClassification") for kind in kinds):
        raise ModelError(
            "is no cross-encoder: expected an architecture ForSequenceClassification, "
            f"found {', '.join(kinds) or 'none'}.",
            where=where,
            hint="Its head would have random weights. Give a reranker, such as BAAI/bge-reranker-v2-m3.",
        )
    if config.num_labels != 1:
        raise ModelError(f"gives {config.num_labels} scores a pair, expected 1.", where=where)
    saved = (getattr(config, "sentence_transformers", None) or {}).get("activation_fn")
    activation = str(saved or getattr(config, "sbert_ce_default_activation_function", None) or "Sigmoid")
    if activation.rpartition(".")[2] not in ("Identity", "Sigmoid"):
        raise ModelError(
            f"was saved with the activation {activation}; a score between 0 and 1 comes from Identity or Sigmoid.",
            where=where,
        )


class ByCrossEncoder:
    """Judges by a reranker: a candidate that scores near the best positive is a false negative.

    The rule is that of positive-aware mining (NV-Retriever, METHODS.md 10) with a stronger model's scores. A candidate
    is a false negative from ``max_of_positive`` times the best score of the query's positives, minus ``TOLERANCE``,
    so that a copy of the positive is one whatever batch it fell into. It never says ``partial``: a score does not tell
    a weaker answer from none. A score that is NaN is ``unknown``; so is every candidate of a query without a
    positive's score.
    """

    def __init__(self, settings: CrossEncoderJudge) -> None:
        self._fraction = settings.max_of_positive
        self._scorer = CrossScorer(settings.model, settings.tokens)

    def judge(self, cases: Iterable[Case], progress: Progress = silent) -> Iterator[list[Verdict]]:
        """Judge cases; the rows' scores are those of the candidates."""
        done = 0
        for window in windows(cases, 2048, lambda case: len(case.positives) + len(case.candidates)):
            scores = self._scorer.scores(
                (case.query, text) for case in window for _, text in (*case.positives, *case.candidates)
            )
            for case in window:
                own = list(islice(scores, len(case.positives)))
                best = max((score for score in own if not math.isnan(score)), default=math.nan)
                yield [
                    self._verdict(case, passage_id, score, best)
                    for (passage_id, _), score in zip(
                        case.candidates, islice(scores, len(case.candidates)), strict=True
                    )
                ]
                done += 1
                progress(done, None, "queries judged")

    def _verdict(self, case: Case, passage_id: str, score: float, best: float) -> Verdict:
        if math.isnan(score):
            return Verdict(case.query_id, passage_id, "unknown", None, "nan_score")
        if math.isnan(best):
            return Verdict(case.query_id, passage_id, "unknown", score, "no_positive_score")
        false = score >= self._fraction * best - TOLERANCE
        return Verdict(case.query_id, passage_id, "false_negative" if false else "negative", score)

    def estimate(self, cases: Iterable[Case]) -> None:
        """Nothing is asked of an endpoint, so there is nothing to pay."""
