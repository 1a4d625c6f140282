"""Encoding texts with a dense model on CPU: one length a batch, one batch a core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer
from torch.nn.functional import normalize
from tqdm.autonotebook import tqdm

from langret.modeling.segmented import SegmentedTransformer
from langret.text.workers import cores

_CHUNK = 4096  # texts tokenized at a time
# Products and sums over one to three rows are rounded otherwise than over more.
_LEAST = 4


def encodes_by_length(model: SentenceTransformer) -> bool:
    """Whether ``encode_by_length`` gives what the model's own ``encode`` gives, but for rounding."""
    first: Any = model[0]
    return bool(
        model.device.type == "cpu"
        and model.truncate_dim is None
        and model.default_prompt_name is None
        # others may tokenize, pool or route in ways of their own
        and type(model) is SentenceTransformer
        and type(first) in (Transformer, SegmentedTransformer)
        and first.tokenizer.is_fast
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
        model: One that ``encodes_by_length``.
        texts: As the model's tokenizer expects them, prompts included.
        batch_size: Most texts a forward pass.
        progress: Show a progress bar.

    Returns:
        float32 [texts, dimension].
    """
    model.eval()
    out = np.empty((len(texts), int(model.get_sentence_embedding_dimension() or 0)), dtype=np.float32)

    def run(rows: np.ndarray, features: dict[str, torch.Tensor]) -> int:
        with torch.inference_mode():
            vectors = model(features)["sentence_embedding"]
            out[rows] = normalize(vectors.float(), p=2, dim=1)[: len(rows)].numpy()
        return len(rows)

    threads = torch.get_num_threads()
    pool = ThreadPoolExecutor(cores(), "langret-encode", initializer=torch.set_num_threads, initargs=(1,))
    before: list[Future[int]] = []
    try:
        with pool, tqdm(total=len(texts), desc="Texts", disable=not progress) as bar:
            for start in range(0, len(texts), _CHUNK):
                batches = _batches(model[0], texts[start : start + _CHUNK], batch_size)
                now = [pool.submit(run, start + rows, features) for rows, features in batches]
                for done in before:  # one chunk is tokenized while the one before it is computed
                    bar.update(done.result())
                before = now
            for done in before:
                bar.update(done.result())
    finally:
        torch.set_num_threads(threads)  # the threads' setting is also what new threads begin with
    return out


def _batches(
    module: Any, texts: Sequence[str], batch_size: int
) -> Iterator[tuple[np.ndarray, dict[str, torch.Tensor]]]:
    """Positions of texts of one length, and their features, longest first; too few are filled up with the last."""
    segmented = isinstance(module, SegmentedTransformer)
    prepared = [(module.prepare(text) if segmented else text).strip() for text in texts]
    if module.do_lower_case:
        prepared = [text.lower() for text in prepared]
    features = module.tokenizer(prepared, truncation="longest_first", max_length=module.max_seq_length)
    lengths = np.array([len(ids) for ids in features["input_ids"]])
    order = np.argsort(-lengths, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(lengths[order])) + 1):
        for first in range(0, len(group), batch_size):
            rows = group[first : first + batch_size]
            filled = [*rows, *[rows[-1]] * (_LEAST - len(rows))]
            arrays = {name: np.array([values[i] for i in filled]) for name, values in features.items()}
            yield rows, {name: torch.from_numpy(array) for name, array in arrays.items()}
