"""A run folder as a run leaves it, written by hand: no model is trained."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from langret.data.records import (
    CANDIDATES,
    Collection,
    Judgement,
    Passage,
    Query,
    Rejected,
    passage_table,
)
from langret.evaluation import evaluate_runs
from langret.evaluation.measure import Ranking
from langret.evaluation.results import write_results
from langret.evaluation.runs import save_run
from langret.recipe.load import resolved_yaml
from langret.recipe.schema import Recipe
from langret.report.record import (
    BenchmarkRecord,
    MemberRecord,
    RunRecord,
    SourceRecord,
    StageRecord,
    write_record,
)

EVIL = '<script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'
METRICS = ["nDCG@10", "R@10"]
STAGES = {
    "read-0": "Reading pairs.jsonl",
    "benchmark-test": "Reading benchmark test",
    "data": "Cleaning, leakage, held-out queries",
    "negatives": "Choosing hard negatives",
    "pretrain-0": "Masked-language-model pretraining",
    "train-dense": "Training dense (dense)",
    "train-colbert": "Training colbert (colbert)",
    "rank-test-dense": "Searching test with dense",
    "rank-test-colbert": "Searching test with colbert",
    "rank-test-bm25": "Searching test with bm25",
    "score-test": "Scores on test",
}


def benchmark(extra: str = "") -> Collection:
    """Twelve queries over twelve passages; the first passage holds what a browser would run."""
    return Collection.from_records(
        [
            *(
                Passage(f"d{i}", f"文書 {i} の本文。{EVIL if i == 0 else ''}{extra}", f"題 {i}")
                for i in range(12)
            ),
            *(Query(f"q{i}", f"質問 {i} は何ですか {EVIL if i == 0 else ''}") for i in range(12)),
            *(Judgement(f"q{i}", f"d{i}") for i in range(12)),
        ]
    )


def make_run(
    root: Path,
    *,
    name: str = "own",
    missing: Sequence[str] = (),
    lead: int = 8,
    text: str = "",
    language: str = "ja",
    lr: float = 5e-4,
) -> Path:
    """Write a run folder.

    Args:
        root: Where.
        name: Name of the recipe.
        missing: Stages that the run has not reached.
        lead: Of so many of the twelve queries ColBERT ranks the relevant passage first; BM25 of six.
        text: Added to every passage of the benchmark.
        language: Code of the language.
        lr: Learning rate of the recipe.
    """
    root.mkdir(parents=True)
    recipe = Recipe.model_validate(
        {
            "name": name,
            "about": f"For tests & {EVIL}",
            "language": language,
            "data": {"train": [{"path": "pairs.jsonl"}]},
            "training": {"lr": lr},
            "evaluation": {"benchmarks": [{"name": "test", "path": "bench"}], "metrics": METRICS},
        }
    )
    mark = "abd" if text else "abc"  # a stage over another text has another fingerprint
    for stage in STAGES:
        if stage not in missing:
            folder = root / "stages" / f"{stage}-{mark}"
            folder.mkdir(parents=True)
            summary = _fill(stage, folder, benchmark(text), lead)
            facts = {
                "seconds": 61.5,
                "finished": "2026-01-02T03:04:05+00:00",
                "summary": summary,
                "log": ["a line"],
                "versions": {"langret": "0.1.0"},
            }
            (folder / "stage.json").write_text(json.dumps(facts), encoding="utf-8")
    systems = ("dense", "colbert", "bm25")
    record = RunRecord(
        langret="0.1.0",
        name=name,
        about=recipe.about,
        seed=7,
        language=language,
        language_name="Japanese",
        plugin="ja-1",
        recipe=resolved_yaml(recipe),
        sources=[SourceRecord(name="pairs.jsonl", licence="CC0", url="javascript:alert(1)")],
        members=[MemberRecord(name=m, head=m, stage=f"train-{m}") for m in systems[:2]],  # type: ignore[arg-type]
        benchmarks=[
            BenchmarkRecord(
                name="test",
                place="benchmark-test",
                stage="score-test",
                ranked={system: f"rank-test-{system}" for system in systems},
            )
        ],
        baselines=["bm25"],
        stages=[StageRecord(name=s, title=t, key=f"{s}-{mark}") for s, t in STAGES.items()],
    )
    write_record(record, root)
    return root


def _runs(lead: int) -> dict[str, dict[str, dict[str, float]]]:
    """Rankings in which so many of the queries have their passage first, and the others have it second."""
    firsts = {"dense": 3, "colbert": lead, "bm25": 6}
    return {
        system: {f"q{i}": {f"d{i}": 2.0 if i < first else 1.0, f"d{(i + 1) % 12}": 1.5} for i in range(12)}
        for system, first in firsts.items()
    }


def _fill(stage: str, folder: Path, data: Collection, lead: int) -> dict[str, Any]:
    if stage == "benchmark-test":
        data.save(folder)
        return {"funnel": data.funnel()}
    if stage in ("data", "read-0"):
        rejected = Collection.from_records([Rejected("pairs.jsonl:3", "not_json", f"{{{EVIL}")]).rejected
        passages = pa.concat_tables(
            [data.passages, passage_table([Passage("dup", f"捨てた {EVIL}")]).set_column(
                3, "kept", pa.array([False])
            ).set_column(4, "reason", pa.array(["exact_duplicate"]))]
        )  # fmt: skip
        mine = data.replace(passages=passages, rejected=rejected)
        if stage == "data":
            mine.save(folder / "train")
            data.save(folder / "held-out")
            return {"funnel": mine.funnel(), "held_out": 12, "leakage": {"test": {"queries_shared": 1}}}
        return {"funnel": mine.funnel()}
    if stage == "negatives":
        rows = [
            {"query_id": f"q{i}", "passage_id": f"d{(i + k) % 12}", "rank": k, "score": 1.0 / k, "source": "bm25",
             "kept": k == 1, "reason": "" if k == 1 else "above_positive"}
            for i in range(12) for k in (1, 2)
        ]  # fmt: skip
        with (
            pa.OSFile(str(folder / "negatives.arrow"), "wb") as sink,
            pa.ipc.new_file(sink, CANDIDATES) as out,
        ):
            out.write_table(pa.Table.from_pylist(rows, schema=CANDIDATES))
        return {
            "in": 24,
            "kept": 12,
            "reasons": {"above_positive": 12},
            "queries": 12,
            "short": 1,
            "missing": 1,
        }
    if stage.startswith(("pretrain-", "train-")):
        lines: list[dict[str, float]] = [
            {"step": s, "loss": 5.0 / s, "learning_rate": 1e-3 / s} for s in range(1, 21)
        ]
        if stage.startswith("train-"):
            lines += [{"step": s, "eval_ndcg@10": 0.1 + s / 50} for s in (10, 20)]
        (folder / "log.jsonl").write_text(
            "".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8"
        )
        return {"loss": 0.25, "peak_memory_mb": 1234, "tokens": {"seen": 987654}}
    runs = _runs(lead)
    if stage.startswith("rank-"):
        save_run(runs[stage.rsplit("-", 1)[1]], folder / "run.parquet", [f"q{i}" for i in range(12)])
        return {"queries": 12}
    context = {system: Ranking("exact", 1.5, system == "bm25") for system in runs}
    parts = {"question:what": ["q0", "q1", "q2"], "question:other": [f"q{i}" for i in range(3, 12)]}
    results = evaluate_runs(
        runs, "test", data, METRICS, "bm25", 7, context=context, parts=parts, leaked={"q11": "near_passage"}
    )
    write_results(results, folder / "results.json")
    return {}
