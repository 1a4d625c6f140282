"""What ``mining.py`` mines: JaQuAD's questions over windows of its paragraphs, and an encoder from nothing."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path
from typing import Any

SEED = 13
WINDOW = 160  # characters of a passage
LENGTHS = {"query_tokens": 48, "passage_tokens": 160}


def write_data(folder: Path, n_passages: int, n_queries: int) -> None:
    """Write texts with ids, their BM25 terms, and an encoder with the shape of the quickstart's."""
    import pyarrow as pa

    from langret.language import get_language
    from langret.modeling import build_member, new_backbone, save_member
    from langret.recipe import load_recipe
    from langret.recipe.schema import Member
    from langret.text import map_texts
    from langret.tokenizer import encode_texts, train_tokenizer

    language = get_language("ja")
    raw, asked = windows(n_passages, n_queries)
    passages, queries = (
        [language.normalize(text) for text in texts] for texts in (raw, [text for text, _ in asked])
    )
    tables = {
        "passages": pa.table({"id": [f"p{i}" for i in range(len(passages))], "text": passages}),
        "queries": pa.table(
            {
                "id": [f"q{i}" for i in range(len(queries))],
                "text": queries,
                "positive": [f"p{row}" for _, row in asked],
            }
        ),
    }
    for name, table in tables.items():
        with (
            pa.OSFile(str(folder / f"{name}.arrow"), "wb") as sink,
            pa.ipc.new_file(sink, table.schema) as out,
        ):
            out.write_table(table)
        terms = map_texts(language, table["text"].to_pylist(), "analyze")
        (folder / f"{name}.terms").write_text("\n".join(map(" ".join, terms)), encoding="utf-8")

    shape = load_recipe(Path(__file__).parent.parent / "recipes/quickstart/ja.yaml").recipe.backbone.scratch
    assert shape is not None
    some = passages[:20_000]
    tokenizer = train_tokenizer(language, some, shape.vocabulary)
    tokenizer.save_pretrained(folder / "tokenizer")
    ids = encode_texts(some, folder / "tokenizer", folder / "ids", language=language)
    backbone = new_backbone(shape, tokenizer, language, folder / "backbone", seed=SEED)
    model = build_member(
        backbone, Member(head="dense"), language, **LENGTHS, seed=SEED, from_scratch=True, passages=ids
    )
    save_member(model, folder / "encoder", {"language": language.code, "version": language.version})


def windows(n_passages: int, n_queries: int) -> tuple[list[str], list[tuple[str, int]]]:
    """Distinct windows of the paragraphs; questions with the row of the first window that holds their answer."""
    root = Path(os.environ.get("LANGRET_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    files = sorted((root / "ja" / "jaquad").glob("*/*.json"))
    if not files:
        raise SystemExit(f"No JaQuAD in {root}: set LANGRET_DATA.")
    paragraphs = [
        paragraph
        for file in files
        for article in json.loads(file.read_text(encoding="utf-8"))["data"]
        for paragraph in article["paragraphs"]
    ]
    for step in range(WINDOW, 0, -4):
        found = {
            paragraph["context"][start : start + WINDOW]: None
            for paragraph in paragraphs
            for start in _starts(len(paragraph["context"]), step)
        }
        if len(found) >= n_passages:
            break
    else:
        raise SystemExit(f"JaQuAD does not make {n_passages} windows.")
    answered: dict[str, str] = {}
    for paragraph in paragraphs:
        context, starts = paragraph["context"], _starts(len(paragraph["context"]), step)
        for question in paragraph["qas"]:
            answer = question["answers"][0]
            first, end = answer["answer_start"], answer["answer_start"] + len(answer["text"])
            for start in starts:
                if start <= first and end <= start + WINDOW:
                    answered.setdefault(question["question"], context[start : start + WINDOW])
                    break
    lots = random.Random(SEED)
    asked = lots.sample(sorted(answered.items()), n_queries)
    positives = dict.fromkeys(text for _, text in asked)
    rest = [text for text in found if text not in positives]
    rows = list(positives) + lots.sample(rest, n_passages - len(positives))
    lots.shuffle(rows)
    place = {text: row for row, text in enumerate(rows)}
    return rows, [(question, place[text]) for question, text in asked]


def _starts(length: int, step: int) -> range:
    return range(0, max(length - WINDOW, 0) + step, step)


def read_texts(folder: Path) -> tuple[Any, Any]:
    """Tables of passages and queries, memory-mapped."""
    import pyarrow as pa

    tables = []
    for name in ("passages", "queries"):
        with pa.memory_map(str(folder / f"{name}.arrow")) as source:
            tables.append(pa.ipc.open_file(source).read_all())
    return tables[0], tables[1]


def read_vectors(folder: Path) -> tuple[Any, Any]:
    """Embeddings of passages and queries, memory-mapped."""
    import numpy as np

    passages, queries = (
        np.memmap(folder / f"{name}.f32", np.float32, "r").reshape(len(texts), -1)
        for name, texts in zip(("passages", "queries"), read_texts(folder), strict=True)
    )
    return passages, queries
