"""A recipe of a user's own, small enough to run in seconds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

TOWNS = ["青木", "赤川", "白浜", "黒部", "金沢", "銀山", "緑町", "桜井", "松本", "竹原", "梅田", "柳川"]
THINGS = {"駅": "鉄道", "橋": "川", "寺": "仏像", "港": "船", "城": "石垣"}

RECIPE = """
name: own
language: ja
data:
  train:
    - path: pairs.jsonl
  holdout: 5
backbone:
  scratch: {layers: 1, hidden: 32, heads: 2, intermediate: 32, max_tokens: 64, vocabulary: 400}
pretraining:
  - {objective: mlm, steps: 4, batch_size: 8, tokens: 32}
  - {objective: weak_pairs, steps: 4, batch_size: 8, query_tokens: 8, passage_tokens: 32}
negatives:
  miners: [{kind: bm25, last: 20}, {kind: dense, last: 20}]
  per_query: 2
training: {epochs: 2, batch_size: 8, passage_tokens: 48, query_tokens: 16, evaluations: 1, checkpoints: 4}
evaluation:
  benchmarks:
    - {name: own-test, path: bench}
"""


@pytest.fixture()
def own(tmp_path: Path) -> Path:
    """A folder with pairs.jsonl, a BEIR folder and a recipe over both."""
    rows, corpus, queries, qrels = [], [], [], ["query-id\tcorpus-id\tscore"]
    for i, town in enumerate(TOWNS):
        for j, (thing, about) in enumerate(THINGS.items()):
            text = f"{town}の{thing}は{1900 + 7 * i + j}年に建てられた。{about}で知られている。"
            rows.append({"query": f"{town}の{thing}はいつできましたか", "positive": text})
            corpus.append({"_id": f"d{i}-{j}", "title": town, "text": text})
            if j == 0:
                queries.append({"_id": f"q{i}", "text": f"{about}で有名な{town}の{thing}"})
                qrels.append(f"q{i}\td{i}-{j}\t1")

    def lines(items: list) -> str:
        return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)

    (tmp_path / "pairs.jsonl").write_text(lines(rows), encoding="utf-8")
    bench = tmp_path / "bench"
    (bench / "qrels").mkdir(parents=True)
    (bench / "corpus.jsonl").write_text(lines(corpus), encoding="utf-8")
    (bench / "queries.jsonl").write_text(lines(queries), encoding="utf-8")
    (bench / "qrels" / "test.tsv").write_text("\n".join(qrels) + "\n", encoding="utf-8")
    (tmp_path / "own.yaml").write_text(RECIPE, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def encoders(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """Folders of a dense and a ColBERT model, tiny and untrained, of the language ``ja``."""
    from langret.language import get_language
    from langret.modeling import build_member, new_backbone, save_member
    from langret.recipe.schema import Member, Scratch
    from langret.tokenizer import train_tokenizer

    folder = tmp_path_factory.mktemp("encoders")
    language = get_language("ja")
    texts = [f"{town}の{thing}は{about}で知られている。" for town in TOWNS for thing, about in THINGS.items()]
    shape = Scratch(layers=1, hidden=32, heads=2, intermediate=32, max_tokens=64, vocabulary=400)
    backbone = new_backbone(shape, train_tokenizer(language, texts, 400), language, folder / "bare", seed=1)
    lengths = {"query_tokens": 16, "passage_tokens": 48}
    for head in ("dense", "colbert"):
        model = build_member(backbone, Member(head=head, dimension=16), language, **lengths, seed=2)
        facts = {"language": "ja", "version": language.version, "segmented": True, "head": head}
        save_member(model, folder / head, facts)
    return SimpleNamespace(dense=folder / "dense", colbert=folder / "colbert")


def _die_while_training(folder: Path, stage: str, step: int, changes: Sequence[str] = ()) -> None:
    """Run ``own.yaml`` in a process of its own that the system kills in the middle of a training stage."""
    program = f"""
import os, signal
from pathlib import Path
from langret.pipeline.work import training as work
from langret.pipeline.run import run_recipe
from langret.recipe import load_recipe
reporter = work.reporter
def deadly(ctx):
    report = reporter(ctx)
    def wrapped(step, steps, figures):
        report(step, steps, figures)
        if ctx.folder.name.startswith({stage!r} + "-") and step == {step}:
            os.kill(os.getpid(), signal.SIGKILL)
    return wrapped
work.reporter = deadly
run_recipe(load_recipe({str(folder / "own.yaml")!r}, {list(changes)!r}), runs=Path({str(folder / "runs")!r}))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ)
    assert done.returncode == -signal.SIGKILL, done.stderr[-2000:]


@pytest.fixture()
def killed_in_training():
    """Kill a run of ``own.yaml`` with SIGKILL: ``killed_in_training(folder, stage, step, overrides)``."""
    return _die_while_training
