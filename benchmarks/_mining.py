"""The cases of ``mining.py``, each run in a process of its own: ``python _mining.py CASE FOLDER [options]``.

A case prints one line of JSON: wall and processor seconds of the measured part, and the peak memory of the whole
process. Texts, ids and, where they are ready, embeddings are loaded before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from _mining_data import LENGTHS, SEED, read_texts, read_vectors, write_data

os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")

NEGATIVES = 7
LIMIT = 0.95
DEPTH = 101  # one hundred and the positive: sentence-transformers looks one further too
QUERIES_A_BLOCK = 5000
MILLION_DIMENSIONS = 256
MEASURED: dict[str, Any] = {}


@contextmanager
def clock() -> Iterator[None]:
    """Measure what is inside: wall seconds; processor seconds, of workers too; the most memory that this process,
    not its workers, has had resident until then, mapped files included.
    """
    before, started = os.times(), time.perf_counter()
    yield
    MEASURED["wall"] = round(time.perf_counter() - started, 3)
    MEASURED["processor"] = round(sum(os.times()[:4]) - sum(before[:4]), 3)
    lines = Path("/proc/self/status").read_text().splitlines()
    peak = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    MEASURED["peak_mib"] = round(peak / 1024, 1)


@contextmanager
def part(name: str) -> Iterator[None]:
    """Wall seconds of a part, added up."""
    started = time.perf_counter()
    yield
    MEASURED[name] = round(MEASURED.get(name, 0.0) + time.perf_counter() - started, 3)


def prepare(folder: Path, given: argparse.Namespace) -> None:
    """Texts, an encoder and the embeddings that are ready."""
    write_data(folder, given.passages, given.queries)
    retriever = _retriever(folder)
    with clock():
        for kind, name, texts in zip(
            ("passage", "query"), ("passages", "queries"), read_texts(folder), strict=True
        ):
            _embed(retriever, kind, texts["text"].to_pylist(), folder / f"{name}.f32", given)


# --- langret ----------------------------------------------------------------------------------------------


def langret_ready(folder: Path, given: argparse.Namespace) -> None:
    passages, queries = read_texts(folder)
    vectors, asked = read_vectors(folder)
    mine = _miner(passages, queries)
    with clock():
        mined = mine(asked, vectors)
    _write(folder / "langret-ready.npy", _codes(mined["query"], mined["negative"], passages, queries))


def langret_whole(folder: Path, given: argparse.Namespace) -> None:
    passages, queries = read_texts(folder)
    texts, questions = passages["text"].to_pylist(), queries["text"].to_pylist()
    retriever, mine = _retriever(folder), _miner(passages, queries)
    with TemporaryDirectory(dir=folder) as out, clock():
        with part("embedding"):
            vectors = _embed(retriever, "passage", texts, Path(out) / "passages.f32", given)
            asked = _embed(retriever, "query", questions, Path(out) / "queries.f32", given)
        mined = mine(asked, vectors)
    _write(folder / "langret-whole.npy", _codes(mined["query"], mined["negative"], passages, queries))


def langret_million(folder: Path, given: argparse.Namespace) -> None:
    """Random vectors of 256 dimensions, made before in a process of its own; each query is near its positive."""
    import numpy as np
    import pyarrow as pa

    vectors = np.memmap(folder / "million.f32", np.float32, "r").reshape(-1, MILLION_DIMENSIONS)
    lots = np.random.default_rng(SEED)
    rows = lots.integers(0, len(vectors), given.queries)
    asked = vectors[rows] + lots.standard_normal((len(rows), MILLION_DIMENSIONS), dtype=np.float32) / 16
    names = [f"p{i}" for i in range(len(vectors))]
    passages = pa.table({"id": names, "text": names})
    asking = [f"q{i}" for i in range(len(rows))]
    queries = pa.table({"id": asking, "text": asking, "positive": [names[row] for row in rows]})
    mine = _miner(passages, queries)
    with clock():
        MEASURED["negatives"] = mine(asked, vectors).num_rows


def make_million(folder: Path, given: argparse.Namespace) -> None:
    import numpy as np

    lots = np.random.default_rng(SEED)
    with (folder / "million.f32").open("wb") as file:
        for start in range(0, given.passages, 10_000):
            size = (min(10_000, given.passages - start), MILLION_DIMENSIONS)
            vectors = lots.standard_normal(size, dtype=np.float32)
            file.write((vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).tobytes())


def langret_killed(folder: Path, given: argparse.Namespace) -> None:
    """Embed the first texts, telling a log of every text that is encoded; die where ``--die`` says."""
    texts = read_texts(folder)[0]["text"].to_pylist()[: given.passages]
    retriever, log = _retriever(folder), folder / "encoded.log"
    encoded = 0

    class Dying:
        dimension = retriever.dimension

        def encode(self, part: list[str], **kwargs: Any) -> Any:
            nonlocal encoded
            with log.open("a") as file:
                file.write(f"{len(part)}\n")
            encoded += len(part)
            if given.die and encoded > given.die:
                os.kill(os.getpid(), signal.SIGKILL)
            return retriever.encode(part, **kwargs)

    with clock():
        _embed(Dying(), "passage", texts, folder / "killed.f32", given)


def langret_same(folder: Path, given: argparse.Namespace) -> None:
    """Dense and BM25 negatives for the questions whose positive is among the first passages."""
    import hashlib

    import pyarrow as pa
    import pyarrow.compute as pc

    passages, queries = read_texts(folder)
    passages = passages.slice(0, given.passages)
    queries = queries.filter(pc.is_in(queries["positive"], pa.array(passages["id"].to_pylist())))
    retriever, mine = _retriever(folder), _miner(passages, queries)
    with TemporaryDirectory(dir=folder) as out, clock():
        texts, questions = passages["text"].to_pylist(), queries["text"].to_pylist()
        vectors = _embed(retriever, "passage", texts, Path(out) / "passages.f32", given)
        asked = _embed(retriever, "query", questions, Path(out) / "queries.f32", given)
        mined = mine(asked, vectors)
        index = _index(passages)
        found = index.search(_queries(queries), 100)
    MEASURED["queries"] = len(queries)
    for name, result in (("dense", mined), ("bm25", found)):
        rows = "\n".join(map(str, zip(*result.to_pydict().values(), strict=True)))
        MEASURED[name] = hashlib.sha256(rows.encode()).hexdigest()[:16]


def _retriever(folder: Path) -> Any:
    from langret.modeling import load_model

    return load_model(folder / "encoder", **LENGTHS)


def _embed(retriever: Any, kind: Any, texts: list[str], path: Path, given: argparse.Namespace) -> Any:
    from langret.mining import embed_texts

    encode = partial(retriever.encode, kind=kind, batch_size=given.batch)
    return embed_texts(texts, encode, path, retriever.dimension, shard=given.shard)


def _miner(passages: Any, queries: Any) -> Callable[[Any, Any], Any]:
    """From embeddings to triples of texts, which is what the other miner returns."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from langret.mining import candidates_from_arrays, exact_search, select_negatives
    from langret.recipe.schema import Miner, Negatives

    rules = Negatives(
        miners=[Miner(kind="dense", last=DEPTH)],
        per_query=NEGATIVES,
        max_of_positive=LIMIT,
        near_positive=None,
    )
    query_ids, passage_ids = queries["id"].to_pylist(), passages["id"].to_pylist()

    def mine(asked: Any, vectors: Any) -> Any:
        positives = {q: [p] for q, p in zip(query_ids, queries["positive"].to_pylist(), strict=True)}
        rows = pc.index_in(queries["positive"], passages["id"])
        own = np.einsum("qd,qd->q", asked, vectors[rows.to_numpy()])
        scores = {"dense": dict(zip(query_ids, own.tolist(), strict=True))}
        found, indices = exact_search(asked, vectors, DEPTH)
        kept = []
        for start in range(0, len(query_ids), QUERIES_A_BLOCK):
            block = slice(start, start + QUERIES_A_BLOCK)
            candidates = candidates_from_arrays(
                query_ids[block], passage_ids, found[block], indices[block], "dense"
            )
            chosen = select_negatives(candidates, positives, scores, rules, SEED)
            kept.append(chosen.filter(chosen["kept"]).select(["query_id", "passage_id"]))
        pairs = pa.concat_tables(kept)
        query = pc.index_in(pairs["query_id"], queries["id"])
        return pa.table(
            {
                "query": queries["text"].take(query),
                "positive": passages["text"].take(rows.take(query)),
                "negative": passages["text"].take(pc.index_in(pairs["passage_id"], passages["id"])),
            }
        )

    return mine


# --- sentence-transformers --------------------------------------------------------------------------------


def st_ready(folder: Path, given: argparse.Namespace) -> None:
    _st(folder, given, ready=True)


def st_whole(folder: Path, given: argparse.Namespace) -> None:
    _st(folder, given, ready=False)


def _st(folder: Path, given: argparse.Namespace, *, ready: bool) -> None:
    import numpy as np
    import pyarrow as pa
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.util import mine_hard_negatives

    import langret.modeling  # noqa: F401 (the encoder segments with it)

    passages, queries = read_texts(folder)
    corpus = passages["text"].to_pylist()
    place = {pid: row for row, pid in enumerate(passages["id"].to_pylist())}
    pairs = Dataset.from_dict(
        {
            "query": queries["text"].to_pylist(),
            "positive": [corpus[place[pid]] for pid in queries["positive"].to_pylist()],
        }
    )
    model = SentenceTransformer(str(folder / "encoder"), device="cpu")
    model.max_seq_length = LENGTHS["passage_tokens"]
    if ready:
        vectors, asked = map(np.array, read_vectors(folder))
        model.encode_document = lambda texts, **_: vectors
        model.encode_query = lambda texts, **_: asked
    else:
        model.encode_document = part("embedding")(model.encode_document)
        model.encode_query = part("embedding")(model.encode_query)
    with clock():
        mined = mine_hard_negatives(
            pairs,
            model,
            corpus=corpus,
            range_max=DEPTH - 1,
            relative_margin=1 - LIMIT,
            num_negatives=NEGATIVES,
            sampling_strategy="top",
            output_format=given.format,
            use_faiss=given.faiss,
            verbose=False,
        )
    if given.format == "labeled-list":
        asking = [q for q, texts in zip(mined["query"], mined["positive"], strict=True) for _ in texts[1:]]
        found = [text for texts in mined["positive"] for text in texts[1:]]
        name = f"st{'-faiss' if given.faiss else ''}-{'ready' if ready else 'whole'}.npy"
        _write(folder / name, _codes(pa.array(asking), pa.array(found), passages, queries))


def _codes(query: Any, negative: Any, passages: Any, queries: Any) -> Any:
    """Pairs of texts as one number each."""
    import numpy as np
    import pyarrow.compute as pc

    rows = pc.index_in(query, queries["text"]).to_numpy().astype(np.int64)
    return rows * len(passages) + pc.index_in(negative, passages["text"]).to_numpy()


def _write(path: Path, codes: Any) -> None:
    import numpy as np

    MEASURED["negatives"] = len(codes)
    np.save(path, np.sort(codes))


# --- BM25 -------------------------------------------------------------------------------------------------


def bm25_langret(folder: Path, given: argparse.Namespace) -> None:
    passages, queries = read_texts(folder)
    asked = _queries(queries)
    with clock():
        with part("index"):
            index = _index(passages)
        found = index.search(asked, 100)
    _scores(folder / "bm25-langret.npy", found["score"].to_numpy())


def _index(passages: Any) -> Any:
    from langret.data.records import Passage
    from langret.language import get_language
    from langret.mining import BM25Index

    records = map(Passage, passages["id"].to_pylist(), passages["text"].to_pylist())
    return BM25Index.build(get_language("ja"), records)


def _queries(queries: Any) -> list[Any]:
    from langret.data.records import Query

    return list(map(Query, queries["id"].to_pylist(), queries["text"].to_pylist()))


def bm25_bm25s(folder: Path, given: argparse.Namespace) -> None:
    import bm25s

    passages, queries = (
        (folder / f"{name}.terms").read_text(encoding="utf-8").split("\n") for name in ("passages", "queries")
    )
    split = partial(
        bm25s.tokenize, token_pattern=r"(?u)\S+", stopwords=None, lower=False, show_progress=False
    )
    with clock():
        with part("index"):
            engine = bm25s.BM25(method="lucene", backend=given.backend)
            engine.index(split(passages), show_progress=False)
        _, scores = engine.retrieve(split(queries), k=100, show_progress=False)
    _scores(folder / f"bm25-{given.backend}.npy", scores[scores > 0])


def _scores(path: Path, scores: Any) -> None:
    """All scores above 0 of all queries, sorted: equal, they say that the same was found."""
    import numpy as np

    MEASURED["candidates"] = len(scores)
    np.save(path, np.sort(scores))


CASES: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    case.__name__.replace("_", "-"): case
    for case in (
        prepare,
        langret_ready,
        langret_whole,
        langret_million,
        langret_killed,
        langret_same,
        make_million,
        st_ready,
        st_whole,
        bm25_langret,
        bm25_bm25s,
    )
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("case", choices=CASES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--shard", type=int, default=4096)
    parser.add_argument("--faiss", action="store_true")
    parser.add_argument("--format", default="labeled-list")
    parser.add_argument("--die", type=int, default=0)
    parser.add_argument("--cores", type=int, default=0)
    parser.add_argument("--backend", default="numpy")
    given = parser.parse_args()
    if given.cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: given.cores])
    CASES[given.case](given.folder, given)
    print(json.dumps(MEASURED), file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    main()
