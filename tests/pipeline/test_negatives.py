"""The stages of hard negatives: what runs again, what a kill repeats, what a set gives back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import yaml

from langret.data.records import Collection
from langret.errors import DataError, ModelError
from langret.pipeline import run_stages
from langret.pipeline.plan import plan_recipe
from langret.pipeline.publish_set import publish_set
from langret.pipeline.stage import Context, in_order
from langret.pipeline.work import choosing, late, mining
from langret.pipeline.work.shared import read_table, write_table
from langret.recipe import load_recipe
from langret.recipe.load import LoadedRecipe


def recipe_of(
    folder: Path, miners: list[dict[str, Any]] | None, *changes: str, **negatives: Any
) -> LoadedRecipe:
    """The recipe of ``own`` with these miners, nothing pretrained."""
    values = yaml.safe_load((folder / "own.yaml").read_text(encoding="utf-8"))
    values |= {"pretraining": [], "evaluation": {}}
    values["negatives"] = {"per_query": 2, **negatives, **({} if miners is None else {"miners": miners})}
    path = folder / "mine.yaml"
    path.write_text(yaml.safe_dump(values), encoding="utf-8")
    return load_recipe(path, changes)


def made(
    folder: Path, loaded: LoadedRecipe, name: str = "negatives", runs: str = "runs"
) -> tuple[pa.Table, dict]:
    """Runs a stage of the negatives; its table and summary."""
    plan = plan_recipe(loaded, runs=folder / runs, measured=False)
    stage = next(s for s in plan.stages if s.name == name)
    finished = run_stages([stage], plan.store)[name]
    file = "negatives.arrow" if name == "negatives" else "candidates.arrow"
    return read_table(finished.folder / file), finished.summary


def to_do(folder: Path, loaded: LoadedRecipe) -> set[str]:
    """Stages up to the negatives that are not finished yet."""
    plan = plan_recipe(loaded, runs=folder / "runs", measured=False)
    assert plan.negatives is not None
    return {row.name for row in plan.store.rows(in_order([plan.negatives])) if not row.cached}


def kept(table: pa.Table) -> set[tuple[str, str]]:
    rows = table.filter(table.column("kept"))
    return set(zip(rows["query_id"].to_pylist(), rows["passage_id"].to_pylist(), strict=True))


def rows_of(table: pa.Table) -> list[tuple]:
    return sorted((tuple(row.values()) for row in table.to_pylist()), key=repr)


@pytest.fixture
def four(own: Path, encoders: SimpleNamespace) -> list[dict[str, Any]]:
    """A miner of each kind that scores."""
    return [
        {"kind": "bm25", "last": 12},
        {"kind": "dense", "last": 12, "model": str(encoders.dense)},
        {"kind": "colbert", "last": 12, "model": str(encoders.colbert)},
        {"kind": "fused", "last": 6},
    ]


def test_changing_a_rule_runs_the_choice_alone(own: Path, four: list) -> None:
    table, summary = made(own, recipe_of(own, four))
    assert summary["short"] == 0 and set(summary["sources"]) == {"bm25", "dense", "colbert", "fused"}
    assert to_do(own, recipe_of(own, four)) == set()
    rules = ("per_query=1", "max_of_positive=0.9", "margin=0.1", "near_positive=null", "draw=softmax")
    for rule in (*rules, "miners.bm25.share=3", "miners.dense.first=3", "miners.colbert.min_score=0.1"):
        assert to_do(own, recipe_of(own, four, f"negatives.{rule}")) == {"negatives"}, rule
    assert made(own, recipe_of(own, four, "negatives.per_query=1"))[1]["kept"] == summary["queries"]
    after = {"mine-fused", "negatives"}
    for change, expected in {
        "miners.bm25.last=13": {"mine-bm25", *after},
        "miners.fused.last=7": after,
        "miners.dense.index=hnsw": {"mine-dense", *after},
        "miners.colbert.index=exact": {"mine-colbert", *after},
    }.items():
        assert to_do(own, recipe_of(own, four, f"negatives.{change}")) == expected, change
    longer = to_do(own, recipe_of(own, four, "training.passage_tokens=40"))
    assert longer == {"embed-dense", "mine-dense", "mine-colbert", *after}, "models see more of a text"
    assert table.num_rows == summary["in"] == summary["kept"] + sum(summary["reasons"].values())


def test_blocks_of_queries_change_nothing(own: Path, four: list, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = recipe_of(own, [*four, {"kind": "random"}], draw="softmax", per_query=3)
    whole, summary = made(own, loaded)
    fused, _ = made(own, loaded, "mine-fused")
    monkeypatch.setattr(mining, "_QUERIES_AT_ONCE", 7)
    blocks, counted = made(own, loaded, runs="again")
    assert rows_of(blocks) == rows_of(whole) and counted == summary
    assert made(own, loaded, "mine-fused", runs="again")[0].combine_chunks() == fused.combine_chunks()


def test_miners_of_one_kind_keep_apart_and_fusion_takes_those_above_it(own: Path, encoders) -> None:
    model = str(encoders.dense)
    kinds = ["bm25", "fused", "dense", "fused", "dense", "fused"]
    miners = [{"kind": k, "last": 5} | ({"model": model} if k == "dense" else {}) for k in kinds]
    plan = plan_recipe(recipe_of(own, miners), runs=own / "runs", measured=False)
    inputs = {s.name: [i.name for i in s.inputs] for s in plan.stages if s.name.startswith("mine-fused")}
    assert inputs == {
        "mine-fused": ["data", "mine-bm25"],
        "mine-fused-2": ["data", "mine-bm25", "mine-dense"],
        "mine-fused-3": ["data", "mine-bm25", "mine-dense", "mine-dense-2"],
    }
    table, summary = made(own, recipe_of(own, miners))
    names = {"bm25", "fused", "dense", "fused-2", "dense-2", "fused-3"}
    assert set(table.column("source").to_pylist()) == names == set(summary["sources"])


def test_a_miner_without_a_share_serves_the_fused_one(own: Path, four: list) -> None:
    silent = [{**m, "share": 0} if m["kind"] != "fused" else m for m in four]
    table, summary = made(own, recipe_of(own, silent))
    assert {s: n["kept"] for s, n in summary["sources"].items() if n["kept"]} == {"fused": summary["kept"]}
    assert kept(table) <= {
        (row["query_id"], row["passage_id"])
        for row in made(own, recipe_of(own, four), "mine-fused")[0].to_pylist()
    }


def test_hnsw_finds_what_exact_search_finds(own: Path, encoders) -> None:
    pytest.importorskip("faiss", reason="faiss-cpu is not installed (langret[faiss])")
    tables = [
        made(
            own, recipe_of(own, [{"kind": "dense", "last": 9, "model": str(encoders.dense), "index": index}])
        )[0]
        for index in ("exact", "hnsw")
    ]
    assert len(kept(tables[0]) & kept(tables[1])) > 0.95 * len(kept(tables[0]))


def test_a_model_of_the_other_head_is_refused(own: Path, encoders) -> None:
    with pytest.raises(ModelError, match=r"is a ColBERT model.*kind: colbert"):
        made(own, recipe_of(own, [{"kind": "dense", "model": str(encoders.colbert)}]))
    with pytest.raises(ModelError, match=r"is a dense model.*kind: dense"):
        made(own, recipe_of(own, [{"kind": "colbert", "model": str(encoders.dense)}]))


def test_data_without_questions_is_told(own: Path) -> None:
    (own / "pairs.jsonl").write_text('{"text": "題のない文書の本文です。長い文です。"}\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"nothing to mine for.*titles or headings"):
        made(own, recipe_of(own, [{"kind": "bm25"}]))


def test_a_corpus_smaller_than_what_is_wanted(own: Path) -> None:
    rows = (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    (own / "pairs.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    table, summary = made(own, recipe_of(own, [{"kind": "random"}], per_query=50))
    assert summary["queries"] == 3 == summary["short"] and summary["kept"] == 6
    assert summary["missing"] == 150 - 6 and table.num_rows == 9


def test_mining_needs_nothing_to_measure_on(own: Path) -> None:
    """Five questions leave none to hold out: enough to mine with the recipe's own encoder, too few to train."""
    rows = (own / "pairs.jsonl").read_text(encoding="utf-8").splitlines()[:5]
    (own / "pairs.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    loaded = recipe_of(own, [{"kind": "dense"}], per_query=3, max_of_positive=None)
    assert made(own, loaded)[1]["kept"] == 15
    plan = plan_recipe(loaded, runs=own / "other")
    with pytest.raises(DataError, match="nothing to measure on"):
        run_stages([plan.negatives], plan.store)


# Killed in the middle: a program, whose imports take longest, forks once for each run of a stage. A run dies where it
# is told to, as "passage 3", the third time that passages are encoded; "full" gives it a disk that takes little more.

PROGRAM = """
import json, os, resource, signal, sys, traceback
from functools import partial
from pathlib import Path
import langret.mining
from langret.modeling.retriever import Retriever
from langret.pipeline import run_stages
from langret.pipeline.plan import plan_recipe
from langret.pipeline.work import late
from langret.recipe import load_recipe

folder = Path(sys.argv[1])
langret.mining.embed_texts = partial(langret.mining.embed_texts, shard=16)
late._SHARD = 16
encode, fsync = Retriever.encode, os.fsync

def run(stage, runs, deadly):
    calls = []
    def noted(self, texts, kind, **rest):
        calls.append(kind)
        print(kind, texts[0], flush=True)
        if deadly == f"{kind} {calls.count(kind)}":
            os.kill(os.getpid(), signal.SIGKILL)
        return encode(self, texts, kind, **rest)
    Retriever.encode = noted
    if deadly == "full":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        def full(number):
            fsync(number)
            if os.fstat(number).st_size >= 2048:
                resource.setrlimit(resource.RLIMIT_FSIZE, (2500, resource.RLIM_INFINITY))
        os.fsync = full
    plan = plan_recipe(load_recipe(folder / "mine.yaml"), runs=folder / runs, measured=False)
    run_stages([next(s for s in plan.stages if s.name == stage)], plan.store)

for stage, runs, deadly in json.loads(sys.argv[2]):
    print("#", flush=True)
    child = os.fork()
    if not child:
        try:
            run(stage, runs, deadly)
        except BaseException as error:
            print(f"! {type(error).__name__} {error}", flush=True)
            os._exit(1)
        os._exit(0)
    print("=", os.waitpid(child, 0)[1], flush=True)
"""


def program(folder: Path, *runs: tuple[str, str, str]) -> list[tuple[int, list[str], str]]:
    """Of each run of a stage: the signal or exit status, what was encoded, and the error."""
    command = [sys.executable, "-c", PROGRAM, str(folder), json.dumps(runs)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    assert done.returncode == 0, done.stderr[-2000:]
    found = []
    for part in done.stdout.split("#\n")[1:]:
        lines = part.splitlines()
        encoded = [line for line in lines if line.startswith(("passage", "query"))]
        error = "".join(line for line in lines if line.startswith("!"))
        found.append((int(lines[-1][2:]), encoded, error))
    return found


def result(folder: Path, stage: str, runs: str = "runs") -> dict[str, bytes]:
    place = next((folder / runs / "own" / "stages").glob(f"{stage}-*"))
    return {p.name: p.read_bytes() for p in place.iterdir() if p.name != "stage.json"}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="signals and resource limits as on POSIX")
def test_killed_or_out_of_disk_a_run_repeats_one_shard(own: Path, encoders) -> None:
    miners = [
        {"kind": head, "last": 9, "model": str(getattr(encoders, head))} for head in ("dense", "colbert")
    ]
    loaded = recipe_of(own, miners)
    dense, colbert = "embed-dense", "mine-colbert"
    fresh, passage, query, last, full, room, whole, killed, rest = program(
        own,
        (dense, "fresh", ""),
        (dense, "runs", "passage 3"),
        (dense, "runs", "query 2"),
        (dense, "runs", ""),
        (dense, "small", "full"),
        (dense, "small", ""),
        (colbert, "fresh", ""),
        (colbert, "runs", "passage 3"),
        (colbert, "runs", ""),
    )
    assert fresh[0] == 0 and len(fresh[1]) == len(set(fresh[1])) == 4 + 4, (
        "60 passages, 55 queries, shards of 16"
    )
    assert passage[0] == query[0] == signal.SIGKILL
    assert set(passage[1]) & set(query[1]) == {passage[1][-1]}, "the shard in which it died"
    assert last[0] == 0 and set(last[1]) & {*passage[1], *query[1]} == {query[1][-1]}
    assert {*passage[1], *query[1], *last[1]} == set(fresh[1])
    assert result(own, dense) == result(own, dense, "fresh")
    assert full[0] != 0 and full[2].startswith("! StageError") and "The disk is full" in full[2]
    assert room[0] == 0 and set(full[1]) & set(room[1]) == {full[1][-1]}
    assert result(own, dense, "small") == result(own, dense, "fresh")

    assert whole[0] == rest[0] == 0 and killed[0] == signal.SIGKILL
    passages = [[line for line in run[1] if line.startswith("passage")] for run in (whole, killed, rest)]
    assert len(passages[0]) == 4, "positives are not encoded again"
    assert passages[0] == passages[1][:2] + passages[2]
    assert result(own, colbert) == result(own, colbert, "fresh")
    shards = read_table(next((own / "runs" / "own" / "stages").glob(f"{colbert}-*")) / "candidates.arrow")
    once, _ = made(own, loaded, colbert, runs="once")
    scores = [
        {(r["query_id"], r["passage_id"]): r["score"] for r in table.to_pylist()} for table in (shards, once)
    ]
    common = scores[0].keys() & scores[1].keys()
    assert shards.num_rows == once.num_rows and len(common) > 0.99 * once.num_rows
    # neighbours in a batch differ, and with them the last digits
    assert all(scores[0][pair] == pytest.approx(scores[1][pair], abs=1e-3) for pair in common)


def test_colbert_measures_candidates_and_positives_alike(own: Path, encoders) -> None:
    """Of a miner's own list, a positive's score is the score in the list."""
    loaded = recipe_of(own, [{"kind": "colbert", "last": 60, "model": str(encoders.colbert)}])
    table, _ = made(own, loaded, "mine-colbert")
    _has_the_positives_scores(own, table)


def test_plaid_measures_candidates_and_positives_alike(own: Path, encoders) -> None:
    miner = {"kind": "colbert", "last": 5, "model": str(encoders.colbert), "index": "plaid"}
    table, _ = made(own, recipe_of(own, [miner]), "mine-colbert")
    _has_the_positives_scores(own, table)


def _has_the_positives_scores(own: Path, table: pa.Table) -> None:
    stages = own / "runs" / "own" / "stages"
    best = json.loads((next(stages.glob("mine-colbert-*")) / "positive_scores.json").read_text())
    positives = Collection.load(next(stages.glob("data-*")) / "train").positives()
    assert set(best) == set(positives)
    seen = 0
    for row in table.to_pylist():
        if row["passage_id"] in positives[row["query_id"]]:
            assert row["score"] == pytest.approx(best[row["query_id"]], rel=1e-5)
            seen += 1
    assert seen > 10


def test_a_passage_without_a_token_is_no_measure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Its MaxSim is no score, and not 0, from which every candidate would be too near."""

    class Empty:
        head, name = "colbert", "empty"

        def encode(self, texts, kind, **_):
            return [np.ones((0 if text == "。" else 2, 4), np.float32) for text in texts]

    monkeypatch.setattr("langret.modeling.load_model", lambda *_, **__: Empty())
    from langret.data.records import Judgement, Passage, Query
    from langret.recipe.schema import Miner, Recipe

    passages, queries = [Passage("empty", "。"), Passage("a", "文")], [Query("q", "問"), Query("r", "問い")]
    judged = [Judgement("q", "empty"), Judgement("r", "a"), Judgement("r", "empty")]
    data = Collection.from_records([*passages, *queries, *judged])
    ctx = Context(tmp_path, tmp_path, {}, tmp_path, {})
    recipe = Recipe.model_validate({"name": "r", "language": "ja", "data": {"train": [{"path": "x"}]}})
    miner = Miner(kind="colbert", model="m", index="exact")
    found, best = late.search_colbert(ctx, miner, recipe, data, queries, data.positives(), 5)
    assert best == {"r": 8.0}
    assert [(r["query_id"], r["passage_id"]) for r in found.to_pylist()] == [("q", "a"), ("r", "a")]


def test_scores_of_a_scorer_are_taken_pair_by_pair(own: Path, tmp_path: Path, monkeypatch) -> None:
    loaded = recipe_of(own, [{"kind": "bm25", "last": 9}])
    plan = plan_recipe(loaded, runs=own / "runs", measured=False)
    done = run_stages([plan.negatives], plan.store)
    data = Collection.load(done["data"].folder / "train")
    _, positives = mining.mined_queries(data)
    ctx = Context(tmp_path, tmp_path, {n: f.folder for n, f in done.items()}, tmp_path, {})
    pairs = mining._pairs_to_score(ctx, {"mine-bm25": loaded.recipe.negatives.miners[0]}, positives)
    known = {(q, p) for q, found in positives.items() for p in found}
    wanted = set(zip(pairs["query_id"].to_pylist(), pairs["passage_id"].to_pylist(), strict=True))
    assert known <= wanted and len(wanted) == pairs.num_rows == len(known) + 9 * len(known)
    # the scorer turns the miner's order around
    value = [1.0 if pair in known else int(pair[1][-2:], 16) / 300 for pair in sorted(wanted)]
    (tmp_path / "score").mkdir()
    write_table(
        pairs.append_column("score", pa.array(value, pa.float32())), tmp_path / "score" / "scores.arrow"
    )
    rules = loaded.recipe.negatives.model_copy(update={"scorer": "cross"})
    tables = []
    for size in (1000, 7):
        monkeypatch.setattr(mining, "_QUERIES_AT_ONCE", size)
        out = tmp_path / str(size)
        out.mkdir()
        inputs = {**ctx.inputs, "score": tmp_path / "score"}
        choosing.select(Context(out, out, inputs, out, {}), rules, {"mine-bm25": "bm25"}, seed=13)
        tables.append(read_table(out / "negatives.arrow"))
    assert rows_of(tables[0]) == rows_of(tables[1])
    scores = dict(zip(sorted(wanted), value, strict=True))
    for query in positives:
        rows = [r for r in tables[0].to_pylist() if r["query_id"] == query]
        eligible = [r for r in rows if r["reason"] in ("", "not_drawn")]
        best = sorted(eligible, key=lambda r: (-scores[query, r["passage_id"]], r["rank"]))[:2]
        assert {r["passage_id"] for r in rows if r["kept"]} == {r["passage_id"] for r in best}


# A set, written and read again.


def published(own: Path, loaded: LoadedRecipe, output: str = "set") -> dict[str, int]:
    plan = plan_recipe(loaded, runs=own / "runs", measured=False)
    assert plan.negatives is not None
    done = run_stages([plan.negatives], plan.store)
    return publish_set(plan, done, plan.negatives, own / output)


def test_a_set_gives_back_the_same_negatives(own: Path) -> None:
    loaded = recipe_of(own, [{"kind": "bm25", "last": 20}])
    first, summary = made(own, loaded)
    counts = published(own, loaded)
    assert counts == {
        "passages": 60, "queries": 55, "positives": 55, "relabelled": 0, "negatives": summary["kept"]
    }  # fmt: skip
    again, found = made(own, recipe_of(own, None, set="set"))
    assert kept(again) == kept(first)
    assert {r["source"] for r in again.to_pylist()} == {"given"}
    assert (found["short"], found["reasons"], found["relabelled"]) == (0, {}, 0)
    one, fewer = made(own, recipe_of(own, None, set="set", per_query=1))
    assert fewer["kept"] == 55 and fewer["reasons"] == {"not_drawn": 55} and kept(one) < kept(first)


def test_a_set_is_read_as_training_data_with_the_miner_given(own: Path) -> None:
    loaded = recipe_of(own, [{"kind": "bm25", "last": 20}])
    first, _ = made(own, loaded)
    published(own, loaded)
    source = f"data.train=[{{path: {own / 'set'}}}]"
    table, summary = made(
        own, recipe_of(own, [{"kind": "given"}], source, "data.holdout=0", "name=read"), runs="r"
    )
    assert kept(table) == kept(first) and summary["short"] == 0


def test_a_set_fits_data_whose_ids_are_others(own: Path) -> None:
    """Two sources put their number before ids; what stands in the set is found by its text."""
    loaded = recipe_of(own, [{"kind": "bm25", "last": 20}])
    first, summary = made(own, loaded)
    published(own, loaded)
    more = own / "more.jsonl"
    rows = [{"query": f"問い{i}とは", "positive": f"まったく別の文書{i}の本文である。"} for i in range(4)]
    more.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    both = f"data.train=[{{path: {more}}}, {{path: {own / 'pairs.jsonl'}}}]"
    table, found = made(own, recipe_of(own, None, both, "data.holdout=0", set="set"))
    assert kept(table) == {(f"1:{q}", f"1:{p}") for q, p in kept(first)}
    assert found["queries"] == 64 and found["short"] == 4 + 5, "new queries, and those that were held out"
    assert found["kept"] == summary["kept"]
    (own / "pairs.jsonl").unlink()
    alone = recipe_of(own, None, f"data.train=[{{path: {more}}}]", "data.holdout=0", set="set")
    with pytest.raises(DataError, match="No query of the set is a training query here"):
        made(own, alone)


def test_a_changed_set_is_read_again_and_nothing_else(own: Path) -> None:
    loaded = recipe_of(own, [{"kind": "bm25", "last": 20}])
    published(own, loaded)
    taken = recipe_of(own, None, set="set")
    made(own, taken)
    assert to_do(own, taken) == set()
    published(own, recipe_of(own, [{"kind": "bm25", "last": 20}], "negatives.per_query=1"))
    assert to_do(own, recipe_of(own, None, set="set")) == {"negatives"}


def test_what_a_set_calls_relevant_is_trained_on(own: Path) -> None:
    """A judge's new positive reaches training through the set, and is no negative of its query."""
    import pyarrow.parquet as pq

    from langret.data.merge import with_verdicts

    loaded = recipe_of(own, [{"kind": "bm25", "last": 20}])
    first, _ = made(own, loaded)
    published(own, loaded)
    query, passage = sorted(kept(first))[0]
    qrels = own / "set" / "qrels" / "train.parquet"
    rows = pq.read_table(qrels).to_pylist()
    for row in rows:
        if (row["query-id"], row["corpus-id"]) == (query, passage):
            row |= {"score": 1, "origin": "relabelled"}
    pq.write_table(pa.Table.from_pylist(rows), qrels)
    plan = plan_recipe(recipe_of(own, None, set="set"), runs=own / "runs", measured=False)
    done = run_stages([plan.negatives], plan.store)
    folder = done["negatives"].folder
    relabelled = read_table(folder / "relabelled.arrow")
    assert relabelled.to_pylist() == [{"query_id": query, "passage_id": passage}]
    assert (query, passage) not in kept(read_table(folder / "negatives.arrow"))
    data = Collection.load(done["data"].folder / "train")
    assert passage in with_verdicts(data, relabelled).positives()[query]
    assert done["negatives"].summary["short"] == 1
