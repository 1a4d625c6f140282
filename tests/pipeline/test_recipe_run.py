"""A whole recipe, from a user's files to a family of models."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from langret.errors import LangretError, RecipeError
from langret.language import get_language
from langret.modeling import new_backbone
from langret.pipeline.check import check_recipe
from langret.pipeline.plan import plan_recipe
from langret.pipeline.run import run_recipe
from langret.recipe import load_recipe
from langret.recipe.schema import Scratch
from langret.tokenizer import train_tokenizer


def to_do(folder: Path, *changes: str) -> set[str]:
    plan = plan_recipe(load_recipe(folder / "own.yaml", changes), runs=folder / "runs")
    return {row.name for row in plan.rows() if not row.cached}


def models_as_bytes(folder: Path) -> dict[str, bytes]:
    return {
        f"{head}/{path.relative_to(folder / 'runs' / 'own' / head)}": path.read_bytes()
        for head in ("dense", "colbert")
        for path in sorted((folder / "runs" / "own" / head).rglob("*.safetensors"))
    }


def test_run_makes_a_family_and_a_second_run_makes_nothing(own):
    loaded = load_recipe(own / "own.yaml")
    result = run_recipe(loaded, runs=own / "runs")
    assert set(result.models) == {"dense", "colbert"}
    systems = {r.member for r in result.results}
    assert systems == {"dense", "colbert", "bm25"}
    about = json.loads((own / "runs" / "own" / "results.json").read_text(encoding="utf-8"))
    assert about["schema"] == 1 and len(about["results"]) == len(result.results) == 15
    for folder in result.models.values():
        card = (folder / "README.md").read_text(encoding="utf-8")
        assert "bm25" in card and "langret" in card
        assert json.loads((folder / "langret.json").read_text())["segmented"] is True
    _has_a_report(own / "runs" / "own")
    assert not to_do(own)
    again = run_recipe(loaded, runs=own / "runs")
    assert again.results == result.results

    # a rule of selection re-runs selection and what follows, and mines nothing again
    changed = to_do(own, "negatives.per_query=1")
    assert "negatives" in changed and "train-dense" in changed
    assert not changed & {"data", "token-ids", "mine-bm25", "mine-dense", "pretrain-1"}
    # the other head alone
    assert to_do(own, "members.1.dimension=16") == {
        "train-colbert",
        "rank-own-test-colbert",
        "score-own-test",
    }
    # metrics alone
    assert "train-dense" not in to_do(own, "evaluation.metrics=[nDCG@5]")

    _loads_with_the_libraries_of_the_field(result.models)
    _refuses_without_langret(result.models["dense"])
    _refuses_another_version(result.models["dense"])


def _has_a_report(folder):
    from langret.report import open_run, write_report

    run = open_run(folder)
    assert not run.missing and [m.name for m in run.record.members] == ["dense", "colbert"]
    assert [b.place for b in run.record.benchmarks] == ["benchmark-own-test"]
    html = write_report(run, shown=1).read_text(encoding="utf-8")
    assert "What colbert matched, token by token" in html and '<mark style="--w: 1.0">' in html
    assert "Not shown" not in html and "Where colbert" in html


def _loads_with_the_libraries_of_the_field(models):
    from pylate.models import ColBERT
    from sentence_transformers import SentenceTransformer

    from langret.modeling import load_model

    texts = ["青木の駅は1900年に建てられた。"]
    theirs = SentenceTransformer(str(models["dense"])).encode(texts, normalize_embeddings=True)
    np.testing.assert_allclose(theirs, load_model(models["dense"]).encode(texts, "passage"), atol=1e-5)
    theirs = ColBERT(str(models["colbert"])).encode(texts, is_query=False)
    ours = load_model(models["colbert"]).encode(texts, "passage")
    np.testing.assert_allclose(np.asarray(theirs[0]), ours[0], atol=1e-5)
    # the full stop is in the skiplist: as many vectors as pieces that are not punctuation
    assert len(ours[0]) < len(ColBERT(str(models["colbert"])).tokenize(texts, is_query=False)["input_ids"][0])


def _refuses_without_langret(folder):
    program = f"""
import sys
sys.modules["langret"] = None
from sentence_transformers import SentenceTransformer
SentenceTransformer({str(folder)!r})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode != 0 and "langret" in done.stderr.splitlines()[-1]


def _refuses_another_version(folder):
    from langret.modeling import load_model

    path = folder / "langret.json"
    facts = json.loads(path.read_text())
    path.unlink()
    path.write_text(json.dumps({**facts, "version": "ja-0"}))
    with pytest.raises(LangretError, match="ja-0"):
        load_model(folder)


def test_killed_run_ends_in_the_same_bytes(own, killed_in_training):
    """SIGKILL in the middle of a training stage; the run goes on and repeats nothing that was finished."""
    killed_in_training(own, "train-dense", 9)
    assert "train-dense" in to_do(own) and "mine-dense" not in to_do(own)
    run_recipe(load_recipe(own / "own.yaml"), runs=own / "runs")
    killed = models_as_bytes(own)
    run_recipe(load_recipe(own / "own.yaml"), runs=own / "fresh")
    (own / "runs").rename(own / "killed")
    (own / "fresh").rename(own / "runs")
    assert killed and killed == models_as_bytes(own)


def test_check_finds_mistakes_in_recipe_and_data(own):
    text = (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    text[7] = '{"query": "切れた行'
    (own / "pairs.jsonl").write_text("\n".join(text) + "\n", encoding="utf-8")
    with (own / "bench" / "qrels" / "test.tsv").open("a", encoding="utf-8") as file:
        file.write("q0\tnowhere\t1\n")
    loaded = load_recipe(own / "own.yaml", ["evaluation.metrics=[nDGC@10]"])
    problems = check_recipe(loaded, runs=own / "runs")
    said = "\n".join(f"{p.severity} {p.where} {p.message} {p.hint}" for p in problems)
    assert "nDCG" in said
    assert "unknown_passage" in said
    assert "pairs.jsonl:8" in said and "broken_json" in said
    assert {p.severity for p in problems if "pairs.jsonl:8" in p.where} == {"warning"}


def test_too_few_queries_to_hold_out_and_no_benchmark_is_found_before_training(own):
    rows = (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()[:5]
    (own / "pairs.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    loaded = load_recipe(own / "own.yaml", ["evaluation.benchmarks=[]"])
    problem = next(p for p in check_recipe(loaded, runs=own / "runs") if p.severity == "error")
    assert problem.severity == "error" and "nothing to measure on" in problem.message


def test_missing_file_names_the_key_and_the_place(own):
    path = own / "own.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("pairs.jsonl", "pears.jsonl"), encoding="utf-8")
    loaded = load_recipe(path)
    with pytest.raises(RecipeError, match=r"data\.train\[0\].*pears") as caught:
        plan_recipe(loaded, runs=own / "runs")
    assert "pairs.jsonl" in str(caught.value)


@pytest.mark.parametrize("tokenizer", ["trimmed", "transplanted"])
def test_a_pretrained_encoder_gets_another_vocabulary(own, tokenizer):
    pairs = [json.loads(line) for line in (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    language = get_language("und")
    texts = [pair["positive"] for pair in pairs] + ["words of another language, and more of them"] * 20
    whole = train_tokenizer(language, texts, 500)
    shape = Scratch(layers=1, hidden=32, heads=2, intermediate=32, max_tokens=64, vocabulary=500)
    new_backbone(shape, whole, language, own / "encoder", seed=1)
    backbone = {"pretrained": "encoder", "tokenizer": tokenizer, "vocabulary": 300}
    recipe = yaml.safe_load((own / "own.yaml").read_text(encoding="utf-8")) | {"backbone": backbone}
    (own / "own.yaml").write_text(yaml.safe_dump(recipe), encoding="utf-8")
    result = run_recipe(load_recipe(own / "own.yaml"), runs=own / "runs")
    assert {r.member for r in result.results} == {"dense", "colbert", "bm25"}
    summary = next(
        json.loads(path.read_text(encoding="utf-8"))["summary"]
        for path in (own / "runs" / "own" / "stages").glob("tokenizer-*/stage.json")
    )
    assert summary["pieces_before"] == len(whole)
    if tokenizer == "trimmed":
        assert summary["pieces"] < len(whole)
    else:
        assert summary["pieces"] <= 300


def test_pretrained_folder_that_is_none(own):
    loaded = load_recipe(
        own / "own.yaml", ["backbone.scratch=null", f"backbone.pretrained={own / 'bench'}", "pretraining=[]"]
    )
    with pytest.raises(RecipeError, match=r"config\.json"):
        plan_recipe(loaded, runs=own / "runs")


def test_held_out_queries_are_the_benchmark_where_none_is_given(own):
    loaded = load_recipe(own / "own.yaml", ["evaluation.benchmarks=[]"])
    plan = plan_recipe(loaded, runs=own / "runs")
    assert set(plan.scores) == {"held-out"}


def test_members_are_measured_beside_lexical_baselines_and_fused_with_bm25(own):
    changes = [
        "members=[{head: dense}]",
        "evaluation.baselines=[bm25, bag_of_words]",
        "evaluation.fusion=true",
    ]
    loaded = load_recipe(
        own / "own.yaml", [*changes, "pretraining=[]", "negatives.miners=[]", "training.epochs=1"]
    )
    result = run_recipe(loaded, runs=own / "runs")
    first = {r.member: r for r in result.results if r.metric == "nDCG@10"}
    assert list(first) == ["dense", "bm25", "bag_of_words", "dense+bm25"]
    assert first["dense+bm25"].search == "fused"
    assert all(r.p_corrected >= r.p_value for r in first.values() if r.p_value is not None)
    assert first["bm25"].judged and first["bm25"].judged > 0
    with pytest.raises(RecipeError, match="fusion: true needs bm25"):
        load_recipe(own / "own.yaml", ["evaluation.baselines=[]", "evaluation.fusion=true"])
