"""A teacher's scores: of a reranker, of retrievers, of another member."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from langret.data.records import Collection, full_text
from langret.errors import ModelError, RecipeError
from langret.pipeline.plan import plan_recipe
from langret.pipeline.runner import run_stages
from langret.pipeline.work.shared import read_table
from langret.recipe import load_recipe

SHORT = ("pretraining=[]", "evaluation.benchmarks=[]", "training.epochs=1", "negatives.miners=[{kind: bm25}]")


def planned(folder: Path, *changes: str):
    return plan_recipe(
        load_recipe(folder / "own.yaml", [*SHORT, *changes]), runs=folder / "runs", measured=False
    )


def distill(teacher: object, **rest: object) -> str:
    keys = "".join(f", {key}: {value}" for key, value in rest.items())
    return f"training.distill={{teacher: '{teacher}'{keys}}}"


def teachers(plan):
    return [stage for stage in plan.stages if stage.name.startswith("teacher-")]


def made(plan):
    """Result of the one stage of a teacher, and the training data."""
    (stage,) = teachers(plan)
    done = run_stages([stage], plan.store)
    return done[stage.name], Collection.load(done["data"].folder / "train"), done


def texts(data):
    passages = data.passages
    columns = (passages[name].to_pylist() for name in ("id", "title", "text"))
    read = {i: full_text(title, text) for i, title, text in zip(*columns, strict=True)}
    return dict(zip(data.queries["id"].to_pylist(), data.queries["text"].to_pylist(), strict=True)), read


def test_a_reranker_scores_each_positive_and_negative_once_by_its_logits(own, reranker):
    from langret.judging.cross_encoder import CrossScorer

    plan = planned(own, distill(reranker))
    finished, data, done = made(plan)
    table = read_table(finished.folder / "teacher.arrow")
    mined = read_table(done["negatives"].folder / "negatives.arrow")
    mined = mined.filter(mined["kept"])
    queries = {q.id for q in data.kept_queries()}
    wanted = {(q, p) for q, found in data.positives().items() for p in found if q in queries}
    wanted |= set(zip(mined["query_id"].to_pylist(), mined["passage_id"].to_pylist(), strict=True))
    pairs = list(zip(table["query_id"].to_pylist(), table["passage_id"].to_pylist(), strict=True))
    assert len(pairs) == len(set(pairs)) and set(pairs) == wanted
    asked, read = texts(data)
    scores = table["score"].to_numpy()
    expected = list(CrossScorer(reranker, 64).logits((asked[q], read[p]) for q, p in pairs))
    np.testing.assert_allclose(scores, expected, atol=1e-4)
    assert (scores < 0).any() or (scores > 1).any(), "no sigmoid"
    assert finished.summary["pairs"] == len(pairs)


def test_dense_and_colbert_teachers_score_as_they_search(own, encoders):
    for folder, kind in ((encoders.dense, "dense"), (encoders.colbert, "colbert")):
        finished, data, _ = made(planned(own, distill(folder)))
        table = read_table(finished.folder / "teacher.arrow")
        asked, read = texts(data)
        from langret.modeling import load_model

        model = load_model(folder, query_tokens=16, passage_tokens=48)
        for row in table.slice(0, 12).to_pylist():
            q = model.encode([asked[row["query_id"]]] * 2, "query")[0]
            p = model.encode([read[row["passage_id"]]] * 2, "passage")[0]
            score = q @ p if kind == "dense" else (q @ p.T).max(axis=1).sum()
            assert row["score"] == pytest.approx(float(score), abs=1e-4)


def test_vectors_of_a_dense_teacher(own, encoders):
    finished, data, _ = made(planned(own, "members=[{head: dense}]", distill(encoders.dense, loss="vectors")))
    asked, read = texts(data)
    from langret.modeling import load_model

    model = load_model(encoders.dense, query_tokens=16, passage_tokens=48)
    for kind, known, table in (("query", asked, data.queries), ("passage", read, data.passages)):
        rows, vectors = (np.load(finished.folder / f"{kind}_{what}.npy") for what in ("rows", "vectors"))
        assert vectors.dtype == np.float32 and len(rows) == len(vectors)
        ids = table["id"].to_pylist()
        expected = model.encode([known[ids[row]] for row in rows], kind)
        np.testing.assert_allclose(vectors, expected, atol=1e-5)


def test_members_share_what_a_teacher_said(own, reranker):
    plan = planned(own, distill(reranker))
    (stage,) = teachers(plan)
    assert all(stage in model.inputs for model in plan.models.values())
    # the losses read the same scores; other lengths or other sources want others
    other = planned(own, distill(reranker, loss="margin_mse", passages=4))
    assert teachers(other)[0].fingerprint == stage.fingerprint
    assert other.models["dense"].fingerprint != plan.models["dense"].fingerprint
    apart = planned(
        own, distill(reranker), "members=[{head: dense}, {head: colbert, training: {passage_tokens: 40}}]"
    )
    assert [s.name for s in teachers(apart)] == ["teacher-bert", "teacher-bert-for-colbert"]


def test_a_member_teaches_another_and_is_trained_first(own):
    members = "members=[{head: dense, training: {distill: {teacher: colbert, passages: 3}}}, {head: colbert}]"
    plan = planned(own, members)
    names = [stage.name for stage in plan.stages]
    assert names.index("train-colbert") < names.index("teacher-colbert") < names.index("train-dense")
    assert list(plan.models) == ["dense", "colbert"]
    done = run_stages([plan.models["dense"]], plan.store)
    summary = done["teacher-colbert"].summary
    assert summary["compared_queries"] > 0 and done["train-dense"].summary["loss"] >= 0


@pytest.mark.parametrize(
    ("members", "message"),
    [
        (
            "[{head: dense, training: {distill: {teacher: colbertt}}}, {head: colbert}]",
            'Did you mean "colbert"',
        ),
        ("[{head: dense, training: {distill: {teacher: dense}}}]", "in a circle: dense → dense"),
        (
            "[{head: dense, training: {distill: {teacher: colbert}}},"
            " {head: colbert, training: {distill: {teacher: dense}}}]",
            "in a circle: dense → colbert → dense",
        ),
        ("[{head: dense, training: {distill: {teacher: ./nothing/here}}}]", "neither a model folder nor"),
        ("[{head: colbert, training: {distill: {teacher: a/b, loss: vectors}}}]", "needs head: dense"),
        (
            "[{head: dense, training: {distill: {teacher: colbert, loss: vectors}}}, {head: colbert}]",
            "needs a dense teacher",
        ),
    ],
)
def test_teachers_that_cannot_teach_are_refused_before_anything_runs(own, members, message):
    with pytest.raises(RecipeError, match=message):
        planned(own, f"members={members}")


def test_distilling_scores_without_hard_negatives_is_refused(own, reranker):
    with pytest.raises(RecipeError, match="hard negatives"):
        planned(own, distill(reranker), "negatives.miners=[]")


def test_what_has_no_vectors_and_what_is_no_model_stop_the_stage(own, reranker, tmp_path_factory):
    plan = planned(own, "members=[{head: dense}]", distill(reranker, loss="vectors"))
    with pytest.raises(ModelError, match="cross-encoder"):
        made(plan)
    broken = tmp_path_factory.mktemp("broken") / "model"
    shutil.copytree(reranker, broken)
    (broken / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot be loaded"):
        made(planned(own, distill(broken)))


def test_a_constant_teacher_is_told_of(own, reranker, monkeypatch):
    from langret.judging.cross_encoder import CrossScorer

    monkeypatch.setattr(CrossScorer, "logits", lambda self, pairs: (7.0 for _ in pairs))
    finished, _, _ = made(planned(own, distill(reranker)))
    summary = finished.summary
    assert summary["flat_queries"] == summary["compared_queries"] > 0 and summary["mean_spread"] == 0
    assert "nothing can be learned" in (finished.folder / "stage.json").read_text(encoding="utf-8")


def test_scores_that_are_no_numbers_stop_the_stage(own, reranker, monkeypatch):
    from langret.judging.cross_encoder import CrossScorer

    monkeypatch.setattr(CrossScorer, "logits", lambda self, pairs: (float("nan") for _ in pairs))
    with pytest.raises(ModelError, match="not finite"):
        made(planned(own, distill(reranker)))


def test_spread_counts_queries_whose_scores_lie_together():
    from langret.pipeline.work.teaching import spread

    table = pa.table(
        {
            "query_id": ["a", "a", "b", "b", "c"],
            "passage_id": ["1", "2", "1", "2", "1"],
            "score": pa.array([1.0, 3.0, 5.0, 5.0005, 9.0], pa.float32()),
        }
    )
    found = spread(table)
    assert (found["queries"], found["compared_queries"], found["flat_queries"]) == (3, 2, 1)
    assert found["mean_spread"] == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize("head", ["colbert", "dense"])
def test_a_stopped_teacher_goes_on_from_the_last_shard(own, encoders, monkeypatch, head):
    """The second shard fails; the stage that follows encodes no text of the first again."""
    from langret.modeling import Retriever
    from langret.pipeline.work import teaching

    monkeypatch.setattr(teaching, "_SHARD", 16)
    monkeypatch.setattr("langret.mining.embed_texts.__kwdefaults__", {"shard": 16, "progress": None})
    real, seen = Retriever.encode, []

    def encode(self, given, kind, **rest):
        if kind == "passage":
            if len(seen) == 1 and stop:
                raise OSError("power cut")
            seen.append(list(given))
        return real(self, given, kind, **rest)

    monkeypatch.setattr(Retriever, "encode", encode)
    stop = True
    folder = getattr(encoders, head)
    with pytest.raises(OSError, match="power cut"):
        made(planned(own, distill(folder)))
    stop = False
    first = seen.pop()
    finished, _, _ = made(planned(own, distill(folder)))
    assert seen and not {text for part in seen for text in part} & set(first)
    resumed = read_table(finished.folder / "teacher.arrow")
    shutil.rmtree(finished.folder)
    whole, _, _ = made(planned(own, distill(folder)))
    assert read_table(whole.folder / "teacher.arrow").equals(resumed)


def test_the_plan_says_how_many_pairs_are_scored(own, reranker):
    plan = planned(own, distill(reranker))
    made(plan)
    plan = planned(own, distill(reranker), "training.query_tokens=20")
    (row,) = [row for row in plan.rows() if row.name == "teacher-bert"]
    assert not row.cached
    finished, _, _ = made(plan)
    assert finished.summary["pairs"] <= row.cost["pairs at most"] <= finished.summary["pairs"] + 10


def test_hub_names_of_teachers_are_locked():
    from langret.recipe.lock import apply_lock, hub_names
    from langret.recipe.schema import Recipe

    recipe = Recipe.model_validate(
        {
            "name": "r",
            "language": "en",
            "data": {"train": [{"path": "x"}]},
            "training": {"distill": {"teacher": "a/b"}, "then": [{"distill": {"teacher": "c/d"}}]},
            "members": [
                {"head": "dense"},
                {"head": "colbert", "training": {"distill": {"teacher": "dense"}}},
            ],
        }
    )
    assert [name for _, name, _ in hub_names(recipe, Path(os.sep))] == ["a/b", "c/d"]
    commit = "0" * 40
    lock = {"models": {"a/b": commit, "c/d": commit, "dense": commit}, "datasets": {}}
    found = apply_lock(recipe, lock, base=Path(os.sep))
    phases = [[p.distill.teacher for p in found.training_of(m).phases if p.distill] for m in found.members]
    assert phases == [[f"a/b@{commit}", f"c/d@{commit}"], ["dense", f"c/d@{commit}"]]
