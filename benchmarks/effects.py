"""Whether the choices that published recipes are known for show on real text, at a size that two cores can answer.

    python benchmarks/effects.py [--only normalised averaged homogeneous weak consistent] [--runs runs] [--no-save]

Each effect is one run of a shipped recipe whose members differ in the one choice, or two runs where the data differs:

- normalised: a dense head that has trained contrastively learns a ColBERT member's scores; whose scores are stretched
  to run from 0 to 1 before the softmax (JaColBERTv2.5: both), and at which temperature. Beside it the head that trains
  contrastively for a second time (id/idk-mrc).
- averaged: the mean of the last sets of weights, or of the three best on held-out queries, against the last
  (JaColBERTv2.4), under a falling rate and a constant one, and schedule-free AdamW (id/idk-mrc).
- homogeneous: batches of one source against mixed ones (Linq), from Standard and Egyptian Arabic (ar/egyptian).
- weak: contrastive pretraining on spans of passages, 400 steps of it against none (E5; id/idk-mrc).
- consistent: phrases of one to three words cut out of passages as questions, all of them or those for which BM25 finds
  the passage in its top two (E5), which drops four in ten; trained on these alone, as many seen (th/iapp).

Elsewhere the recipes' pretraining on weak pairs is left out, so that two cores suffice. nDCG@10 with the 95 %
interval, and the paired difference to the first row of its table.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from _machine import chip, save

ROOT = Path(__file__).parent.parent
METRIC = "nDCG@10"


SECOND = 1.0e-4
"""Learning rate of the second phase."""


def distilled(name: str, **settings: Any) -> dict[str, Any]:
    """A dense member that has learned contrastively, and then learns from the ColBERT member."""
    settings = {"teacher": "colbert", "passages": 7, **settings}
    return {"head": "dense", "name": name, "training": {"then": [{"distill": settings, "lr": SECOND}]}}


NORMALISED = [
    *(distilled(f"kl-{side}", normalize=side) for side in ("none", "teacher", "student", "both")),
    distilled("kl-both-0.1", normalize="both", temperature=0.1),
    distilled("kl-both-0.1-contrastive", normalize="both", temperature=0.1, contrastive=1.0),
    {"head": "dense", "name": "contrastive-once"},
    {"head": "dense", "name": "contrastive-twice", "training": {"then": [{"lr": SECOND}]}},
    {"head": "colbert", "training": {"lr": 2.0e-4}},
]


def averaged(name: str, **settings: Any) -> dict[str, Any]:
    """A ColBERT member."""
    return {"head": "colbert", "name": name, "training": {"lr": 2.0e-4, **settings}}


AVERAGED = [
    averaged("last"),
    averaged("mean-of-3", average=3),
    averaged("best-3", average=3, average_by="best"),
    averaged("schedule-free", optimizer="schedule_free"),
    averaged("constant-last", schedule="constant"),
    averaged("constant-mean-of-5", schedule="constant", average=5),
]
HOMOGENEOUS = [
    {"head": "dense", "name": "mixed"},
    {"head": "dense", "name": "one-source", "training": {"one_source": True}},
    {"head": "dense", "name": "one-source-0.5", "training": {"one_source": True, "source_power": 0.5}},
]
WORDS = "synthesis.writers=[{kind: cloze, per_passage: 3, keep_span: 0, min_words: 1, max_words: 3}]"
SHORT = ["pretraining=[]", "training.epochs=1"]
WEAK = "pretraining=[{objective: weak_pairs, steps: 400, batch_size: 128, query_tokens: 32, passage_tokens: 128}]"
ALONE = [
    "pretraining=[]",
    "data.train=[{path: '${LANGRET_DATA}/th/iapp_wiki_qa/train.jsonl', queries: false}]",
    "members=[{head: dense}, {head: colbert, training: {lr: 2.0e-4}}]",
    WORDS,
]
EFFECTS: dict[str, list[tuple[str, str, list[str]]]] = {
    "normalised": [("", "id/idk-mrc", [*SHORT, f"members={json.dumps(NORMALISED)}"])],
    "averaged": [("", "id/idk-mrc", [*SHORT, f"members={json.dumps(AVERAGED)}", "training.checkpoints=10"])],
    "homogeneous": [("", "ar/egyptian", [f"members={json.dumps(HOMOGENEOUS)}"])],
    "weak": [
        ("without, ", "id/idk-mrc", SHORT),
        ("weak pairs, ", "id/idk-mrc", [WEAK, "training.epochs=1"]),
    ],
    "consistent": [
        ("all, ", "th/iapp", [*ALONE, "training.epochs=1", "synthesis.consistency=null"]),
        ("found, ", "th/iapp", [*ALONE, "training.epochs=1.68", "synthesis.consistency={top: 2}"]),
    ],
}


def measured(effect: str, runs: Path) -> list[dict[str, Any]]:
    """Rows of an effect, and each one's difference to the first of its kind on its benchmark."""
    from rich.console import Console

    from langret.data.records import Collection
    from langret.evaluation import compare, interval
    from langret.evaluation.metrics import score
    from langret.evaluation.runs import load_run
    from langret.pipeline.names import rank_name
    from langret.pipeline.plan import plan_recipe
    from langret.pipeline.runner import run_stages
    from langret.recipe import load_recipe

    values: dict[str, dict[str, dict[str, float]]] = {}
    questions: dict[str, int] = {}
    for label, recipe, changes in EFFECTS[effect]:
        loaded = load_recipe(recipe, [f"name=effect-{effect}", *changes])
        plan = plan_recipe(loaded, runs=runs)
        done = run_stages(plan.stages, plan.store, console=Console(stderr=True))
        funnel = done["data"].summary["funnel"]
        assert isinstance(funnel, dict)
        for name in plan.scores:
            data = Collection.load(done[f"benchmark-{name}"].folder)
            for system in [*plan.models, *plan.recipe.evaluation.baselines]:
                run = load_run(done[rank_name(name, system)].folder / "run.parquet")
                here = values.setdefault(name, {})
                row = system if system == "bm25" else f"{label}{system}"
                here[row] = score(run, data, [METRIC])[METRIC]
                questions[row] = funnel["queries"]["kept"]
    rows = []
    for benchmark, systems in values.items():
        for name, mine in systems.items():
            # of two runs, a head is compared with the same head
            first = next(n for n in systems if n.split(", ")[1:] == name.split(", ")[1:])
            low, high = interval(mine.values(), 13)
            row = {"benchmark": benchmark, "name": name, "value": sum(mine.values()) / len(mine)}
            row |= {"low": low, "high": high, "training questions": questions[name]}
            if name != first:
                found = compare(mine, systems[first], 13)
                row |= {"against": first, "difference": found.difference, "p_value": found.p_value}
                row |= {"difference_low": found.low, "difference_high": found.high}
            rows.append(row)
    return rows


def table(rows: list[dict[str, Any]]) -> str:
    """Rows as text."""
    lines = []
    for benchmark in dict.fromkeys(row["benchmark"] for row in rows):
        lines.append(f"{benchmark}, {METRIC}")
        for row in (r for r in rows if r["benchmark"] == benchmark):
            line = f"  {row['name']:<26}{row['value']:.3f} [{row['low']:.3f}, {row['high']:.3f}]"
            if "against" in row:
                ends = f"[{row['difference_low']:+.3f}, {row['difference_high']:+.3f}]"
                line += f"   {row['difference']:+.3f} {ends} p {row['p_value']:.4f} against {row['against']}"
            lines.append(line)
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=EFFECTS, default=list(EFFECTS))
    parser.add_argument("--runs", type=Path, default=ROOT / "runs")
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()
    known = ROOT / "benchmarks" / "results" / "effects.json"
    found: dict[str, Any] = json.loads(known.read_text())["effects"] if known.is_file() else {}
    for effect in given.only:
        found[effect] = measured(effect, given.runs)
        print(f"{effect}\n{table(found[effect])}\n", flush=True)
        if not given.no_save:
            save("effects", {"effects": found})
    if not given.no_save:
        parts = [f"{effect}\n\n{table(rows)}" for effect, rows in found.items()]
        text = "\n\n".join(["$ python benchmarks/effects.py", *parts, f"On {chip()}."])
        (ROOT / "docs" / "_results" / "effects.txt").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
