"""Every reader gives the scores that langret gives, from a folder that langret saved or exported.

Members: a Japanese one from scratch, whose tokenizer reads segmented text, and a German one over a BERT, which reads
text as it is written. A reader without langret gets what ``Retriever.prepare`` makes of a text. Differences go to
``differences.json`` beside the environments.
"""

from __future__ import annotations

import json
import os
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from langret.data.records import Collection, Judgement, Passage, Query
from langret.language import get_language
from tests.readers.environment import HERE, folder, python_of

pytestmark = pytest.mark.readers
HEADS = ("dense", "colbert")
CLOSE = 1e-4


def _backbone(code: str, place: Path) -> tuple[Any, Any]:
    from langret.modeling import new_backbone, open_backbone
    from langret.recipe.schema import Scratch
    from langret.tokenizer import train_tokenizer

    language = get_language(code)
    texts = [language.normalize(text) for text in language.examples]
    if language.presegment:
        scratch = Scratch(layers=2, hidden=64, heads=4, intermediate=128, max_tokens=64)
        tokenizer = train_tokenizer(language, texts * 3, vocabulary=400)
        return new_backbone(scratch, tokenizer, language, place, seed=3), texts
    import torch
    from transformers import BertConfig, BertModel

    from tests.toys import tokenizer_of

    tokenizer = tokenizer_of("wordpiece")
    tokenizer.save_pretrained(place)
    torch.manual_seed(4)
    size = {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 128}
    pad = tokenizer.pad_token_id
    BertModel(
        BertConfig(vocab_size=len(tokenizer), max_position_embeddings=64, pad_token_id=pad, **size)
    ).save_pretrained(place)
    return open_backbone(place), texts


@pytest.fixture(scope="session")
def members(tmp_path_factory) -> dict[tuple[str, str], Path]:
    """A saved member for each language and head; the dense ones have prefixes, the others ignore marks."""
    from langret.modeling import build_member, save_member
    from langret.recipe.schema import Member
    from langret.tokenizer import encode_texts

    saved = {}
    for code in ("ja", "de"):
        place = tmp_path_factory.mktemp(f"members-{code}")
        language = get_language(code)
        backbone, texts = _backbone(code, place / "backbone")
        facts = {"language": code, "version": language.version, "segmented": language.presegment}
        segmenter = language if language.presegment else None
        store = encode_texts(texts, backbone.path, place / "ids", language=segmenter, processes=1)
        first, second = language.examples[:2]
        prefixes = {"query_prefix": f"{first[:2]}: ", "passage_prefix": f"{second[:3]}: "}
        for head in HEADS:
            member = build_member(
                backbone,
                Member(head=head, **(prefixes if head == "dense" else {"dimension": 32})),
                language,
                query_tokens=24,
                passage_tokens=48,
                seed=5,
                from_scratch=language.presegment,
                passages=store,
            )
            save_member(member, place / head, {**facts, "head": head, "recipe": "readers", "member": head})
            saved[code, head] = place / head
    return saved


def _texts(code: str) -> dict[str, list[str]]:
    examples = list(get_language(code).examples)
    passages = [*examples, *(f"{a} {b}" for a, b in pairwise(examples))]
    return {"queries": [text[: max(4, len(text) // 2)] for text in examples], "passages": passages}


def _ours(retriever: Any, texts: dict[str, list[str]]) -> np.ndarray:
    queries, passages = (
        retriever.encode(texts["queries"], "query"),
        retriever.encode(texts["passages"], "passage"),
    )
    if retriever.head == "dense":
        return np.asarray(queries) @ np.asarray(passages).T
    return np.array([[(q @ p.T).max(axis=1).sum() for p in passages] for q in queries])


def _job(retriever: Any, saved: Path, code: str, form: str | None, place: Path) -> dict[str, Any]:
    """What a reader gets: prepared text, and the folder as saved where that needs no langret, else exported."""
    from langret.modeling import export_model

    form = form or ("plain" if get_language(code).presegment else None)
    readable = place / f"{code}-{retriever.head}" if form else saved
    if form:
        export_model(saved, readable, form)  # type: ignore[arg-type]
    ready = {kind: [retriever.prepare(text) for text in rows] for kind, rows in _texts(code).items()}
    return {"folder": str(readable), "head": retriever.head, **ready}


def _read(reader: str, jobs: list[dict[str, Any]], place: Path) -> Any:
    source, target = place / "jobs.json", place / "found.json"
    source.write_text(json.dumps(jobs), encoding="utf-8")
    command = [str(python_of(reader)), str(HERE / f"read_{reader}.py"), str(source), str(target)]
    done = subprocess.run(command, env=_bare(), cwd=place, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(target.read_text(encoding="utf-8"))


def _bare() -> dict[str, str]:
    """The environment's variables without a path on which langret would be found."""
    return {**{k: v for k, v in os.environ.items() if k != "PYTHONPATH"}, "HF_HUB_OFFLINE": "1"}


def _note(reader: str, code: str, head: str, difference: float) -> None:
    file = folder() / "differences.json"
    known = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    known[f"{reader} {head} {code}"] = float(f"{difference:.1e}")
    file.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("reader", "heads", "form"),
    [
        ("pylate", ("colbert",), None),
        ("sentence_transformers_5", ("dense",), None),
        ("sentence_transformers_6", HEADS, None),
        ("onnx", ("dense",), "onnx"),
        ("ragatouille", ("colbert",), "stanford"),
    ],
)
def test_a_reader_gives_our_scores(members, reader, heads, form, tmp_path):
    from langret.modeling import load_model

    if form == "onnx":
        pytest.importorskip("onnxscript", reason="writing ONNX needs the extra [onnx]")
    chosen = {key: load_model(saved) for key, saved in members.items() if key[1] in heads}
    jobs = [_job(model, members[key], key[0], form, tmp_path) for key, model in chosen.items()]
    for ((code, head), model), theirs in zip(chosen.items(), _read(reader, jobs, tmp_path), strict=True):
        ours = _ours(model, _texts(code))
        assert ours.shape == np.shape(theirs)
        assert ours.std(axis=1).min() > 1e-3  # texts do differ, so that wrong vectors cannot pass
        difference = float(np.abs(ours - np.array(theirs)).max())
        _note(reader, code, head, difference)
        assert difference < CLOSE, (code, head)


def test_mteb_measures_what_we_measure(members, tmp_path):
    from langret.evaluation import evaluate
    from langret.modeling import load_model

    names = {"nDCG@10": "ndcg_at_10", "RR@10": "mrr_at_10", "R@1": "recall_at_1", "AP@100": "map_at_100"}
    chosen = {key: load_model(saved) for key, saved in members.items()}
    jobs = []
    for (code, head), model in chosen.items():
        # no joined passages: a query is found in them as well as in the passage that they begin with, but for rounding
        job = _job(model, members[code, head], code, None, tmp_path)
        n = len(job["queries"])
        # the passage that a query begins is found by any model; the next one's place is what tells models apart
        judged = {f"q{i}": {f"p{i}": 1, f"p{(i + 1) % n}": 2} for i in range(n)}
        jobs.append({**job, "passages": job["passages"][:n], "judged": judged})
    found = _read("mteb", jobs, tmp_path)
    for ((code, head), model), job, theirs in zip(chosen.items(), jobs, found, strict=True):
        texts, language = _texts(code), get_language(code)
        records: list[Any] = [
            Passage(f"p{i}", text) for i, text in enumerate(texts["passages"][: len(job["passages"])])
        ]
        records += [Query(f"q{i}", text) for i, text in enumerate(texts["queries"])]
        records += [Judgement(q, p, r) for q, row in job["judged"].items() for p, r in row.items()]
        benchmark = Collection.from_records(records)
        results, _ = evaluate(
            {"m": model}, "b", benchmark, list(names), language=language, baselines=(), seed=1
        )
        ours = {result.metric: result.value for result in results}
        _note("mteb", code, head, max(abs(ours[mine] - theirs[name]) for mine, name in names.items()))
        assert ours == pytest.approx({mine: theirs[name] for mine, name in names.items()}, abs=CLOSE)


def test_a_segmented_member_does_not_load_where_langret_is_missing(members, tmp_path):
    """Raw text would turn into unknown tokens; so the folder as it was saved fails instead."""
    code = (
        "import sys; from sentence_transformers import SentenceTransformer as S; S(sys.argv[1], device='cpu')"
    )
    command = [str(python_of("sentence_transformers_5")), "-c", code, str(members["ja", "dense"])]
    done = subprocess.run(command, env=_bare(), cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode != 0 and "langret" in done.stderr
