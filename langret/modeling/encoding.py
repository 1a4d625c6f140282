"""Encoding texts on CPU, for either head: one length a batch, one batch a core."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
from pylate.models import ColBERT
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer
from torch.nn.functional import normalize
from tqdm.autonotebook import tqdm

from langret.modeling.late import pool_vectors
from langret.modeling.segmented import SegmentedTransformer
from langret.text.workers import cores

_CHUNK = 4096  # texts tokenized at a time
# Products and sums over one to three rows are rounded otherwise than over more.
_LEAST = 4


Batch = tuple[np.ndarray, dict[str, torch.Tensor]]


def encodes_by_length(model: SentenceTransformer) -> bool:
    """Whether ``encode_by_length`` or ``tokens_by_length`` gives the vectors of the model's own ``encode``, rounding
    aside."""
    first: Any = model[0]
    return bool(
        model.device.type == "cpu"
        and model.truncate_dim is None
        and model.default_prompt_name is None
        # others may tokenize, pool or route in ways of their own
        and type(model) in (SentenceTransformer, ColBERT)
        and type(first) in (Transformer, SegmentedTransformer)
        and first.tokenizer.is_fast
        # ColBERT's marker stands behind the first token, wherever padding has put that
        and (type(model) is SentenceTransformer or first.tokenizer.padding_side == "right")
        and all(module.include_prompt for module in model if isinstance(module, Pooling))
    )


def encode_by_length(
    model: SentenceTransformer, texts: Sequence[str], *, batch_size: int, progress: bool = False
) -> np.ndarray:
    """Turn texts into L2-normalised vectors, the same bits whatever they are encoded with.

    A batch holds texts of one length in tokens and is computed by one thread, so that nothing is padded and no sum is
    cut in another place: on a given machine a text's vector depends on the text alone, not on the others, their number,
    ``batch_size`` or how many cores are used. It is also faster than ``SentenceTransformer.encode``, which converts
    ids one at a time, pads, and has all threads wait for each other in every small product.

    Args:
        model: A dense one that ``encodes_by_length``.
        texts: As the model's tokenizer expects them, prompts included.
        batch_size: Most texts a forward pass.
        progress: Show a progress bar.

    Returns:
        float32 [texts, dimension].
    """
    out = np.empty((len(texts), int(model.get_sentence_embedding_dimension() or 0)), dtype=np.float32)

    def batches(part: Sequence[str]) -> Iterator[Batch]:
        return _by_length(_ids(model[0], part, model.max_seq_length), batch_size)

    def run(rows: np.ndarray, features: dict[str, torch.Tensor]) -> None:
        vectors = model(features)["sentence_embedding"]
        out[rows] = normalize(vectors.float(), p=2, dim=1)[: len(rows)].numpy()

    _all(model, texts, batches, run, progress)
    return out


def tokens_by_length(
    model: ColBERT,
    texts: Sequence[str],
    *,
    query: bool,
    batch_size: int,
    pool_tokens: int = 1,
    progress: bool = False,
) -> list[np.ndarray]:
    """Do the same for a ColBERT model, which gives a text one L2-normalised vector a token.

    PyLate's markers, lengths, masks of a query and skiplist of a passage are kept; of its ways of encoding only the
    order of work differs.

    Args:
        model: One that ``encodes_by_length``.
        texts: As the model's tokenizer expects them.
        query: Whether they are queries.
        batch_size: Most texts a forward pass.
        pool_tokens: Of a passage one vector is kept for so many tokens (``late.pool_vectors``).
        progress: Show a progress bar.

    Returns:
        One float32 array [tokens, dimension] a text.
    """
    out: list[Any] = [None] * len(texts)
    marker: Any = model.query_prefix_id if query else model.document_prefix_id
    longest = int((model.query_length if query else model.document_length) or 0)
    filled = longest if query and model.do_query_expansion else 0
    skipped = torch.tensor(sorted(model.skiplist), dtype=torch.long)

    def batches(part: Sequence[str]) -> Iterator[Batch]:
        features = _ids(model[0], part, longest - (marker is not None))
        fills = {"input_ids": int(model.tokenizer.pad_token_id or 0)}
        if query and model.attend_to_expansion_tokens:
            fills["attention_mask"] = 1
        for name, rows in features.items():
            first: Any = {"input_ids": marker, "attention_mask": 1}.get(name, 0)
            for row in rows:
                row[1:1] = [] if marker is None else [first]
                row += [fills.get(name, 0)] * (filled - len(row))
        return _by_length(features, batch_size)

    def run(rows: np.ndarray, features: dict[str, torch.Tensor]) -> None:
        ids = features["input_ids"]
        vectors = normalize(model(features)["token_embeddings"].float(), p=2, dim=-1).numpy()
        # what a query is filled up with counts, and nothing else is padded; a passage lacks what its skiplist names
        kept = np.ones(ids.shape, dtype=bool) if query else ~torch.isin(ids, skipped).numpy()
        found = [vectors[i][kept[i]] for i in range(len(rows))]
        for row, own in zip(rows, found if query else pool_vectors(found, pool_tokens), strict=True):
            out[row] = own

    _all(model, texts, batches, run, progress)
    return out


def _all(
    model: SentenceTransformer,
    texts: Sequence[str],
    batches: Callable[[Sequence[str]], Iterator[Batch]],
    run: Callable[[np.ndarray, dict[str, torch.Tensor]], None],
    progress: bool,
) -> None:
    """Compute all batches, one a core; one chunk is tokenized while the one before it is computed."""
    model.eval()

    def compute(rows: np.ndarray, features: dict[str, torch.Tensor]) -> int:
        with torch.inference_mode():
            run(rows, features)
        return len(rows)

    threads = torch.get_num_threads()
    pool = ThreadPoolExecutor(cores(), "langret-encode", initializer=torch.set_num_threads, initargs=(1,))
    before: list[Future[int]] = []
    try:
        with pool, tqdm(total=len(texts), desc="Texts", disable=not progress) as bar:
            for start in range(0, len(texts), _CHUNK):
                now = [
                    pool.submit(compute, start + rows, features)
                    for rows, features in batches(texts[start : start + _CHUNK])
                ]
                for done in before:
                    bar.update(done.result())
                before = now
            for done in before:
                bar.update(done.result())
    finally:
        torch.set_num_threads(threads)  # the threads' setting is also what new threads begin with


def _ids(module: Any, texts: Sequence[str], longest: int) -> dict[str, list[list[int]]]:
    """What the tokenizer makes of texts, unpadded: feature name -> one list a text."""
    segmented = isinstance(module, SegmentedTransformer)
    prepared = [(module.prepare(text) if segmented else text).strip() for text in texts]
    if module.do_lower_case:
        prepared = [text.lower() for text in prepared]
    return dict(module.tokenizer(prepared, truncation="longest_first", max_length=longest))


def _by_length(features: dict[str, list[list[int]]], batch_size: int) -> Iterator[Batch]:
    """Positions of texts of one length, and their features, longest first; too few are filled up with the last."""
    lengths = np.array([len(ids) for ids in features["input_ids"]])
    order = np.argsort(-lengths, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        for first in range(0, len(group), batch_size):
            rows = group[first : first + batch_size]
            filled = [*rows, *[rows[-1]] * (_LEAST - len(rows))]
            arrays = {name: np.array([values[i] for i in filled]) for name, values in features.items()}
            yield rows, {name: torch.from_numpy(array) for name, array in arrays.items()}
