"""Does a light set keep the order of systems? Kendall's tau between light sets and the full benchmark.

    python benchmarks/light.py jaquad MODEL... [--queries 1000]
    python benchmarks/light.py cranfield MODEL...

``jaquad`` is JaQuAD's development split, 1,431 passages, with some of its questions; ``cranfield`` the abstracts of
the Cranfield collection with their graded judgements. Systems are BM25, the bag of words, and the models, which are any
folders of that language. Each ranks all passages of the full benchmark once. What a model says of a passage does not
depend on the others, so its ranking on a light set is that ranking without the passages that are not in the set;
lexical systems, whose weights do depend on them, search every light set anew. A light set is pooled from BM25 alone, or
from BM25 and the first model. The last light set is searched by every system, too, to measure the time that it saves.

``tau`` is that of the light set, ``tau_same_queries`` that of its queries on all passages: the difference is what
pooling costs, the rest what fewer queries cost. The order of systems that are nearly alike is luck on any set, so pairs
are counted too: ``apart`` are those whose means differ on the full benchmark by p < 0.05 (paired randomisation, each
pair by itself), ``kept`` those of them that the light set puts in the same order.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from _machine import read_result, save

ROOT = Path(os.environ.get("LANGRET_DATA", "../shared/data"))
BENCHMARKS = ("cranfield", "jaquad")
METRIC = "nDCG@10"
SEED = 13
SETTINGS = ((25, 5), (50, 5), (100, 20), (200, 10), (100, 5))
"""Queries, and passages of each system of the pool for each."""


def cranfield() -> Any:
    """Abstracts, questions and grades; the publisher's 1 (best) to 4 become 4 to 1, and -1 is not relevant."""
    from langret.data.records import Collection, Judgement, Passage, Query

    folder = ROOT / "en" / "cranfield"

    def entries(name: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        key = ""
        for line in (folder / name).read_text(encoding="latin-1").splitlines():
            if line.startswith(".I"):
                found.append({})
            elif line[:1] == "." and line[1:2].isupper() and len(line.strip()) == 2:
                key = line[1]
                found[-1][key] = ""
            else:
                found[-1][key] += line.strip() + " "
        return found

    records: list[Any] = []
    for number, entry in enumerate(entries("cran.all.1400"), 1):
        title = entry.get("T", "").strip()
        records.append(Passage(str(number), entry.get("W", "").strip().removeprefix(title).strip(), title))
    # judgements number the questions one after the other, whatever their own numbers are
    records += [
        Query(f"q{number}", entry["W"].strip()) for number, entry in enumerate(entries("cran.qry"), 1)
    ]
    for line in (folder / "cranqrel").read_text().splitlines():
        if line.split():
            query, passage, grade = line.split()[:3]
            records.append(Judgement(f"q{query}", passage, 5 - int(grade) if 1 <= int(grade) <= 4 else 0))
    return Collection.from_records(records)


def full_benchmark(name: str, queries: int, language: Any) -> Any:
    """The benchmark, normalised."""
    from langret.data import clean, read_source
    from langret.recipe.schema import BenchmarkSource, Filters

    if name == "cranfield":
        raw = cranfield()
    else:
        source = BenchmarkSource(name=name, path=str(ROOT / "ja" / "jaquad" / "dev"), limit=queries)
        raw = read_source(source, base=Path(), language=language, seed=SEED)
    return clean(raw, language, Filters(), role="benchmark")


def tau(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Kendall's tau-b of two scorings of the same systems."""
    from scipy.stats import kendalltau

    return float(kendalltau([one[s] for s in one], [other[s] for s in one]).statistic)


def measure(name: str, models: Sequence[str], queries: int) -> dict[str, Any]:
    """Search the full benchmark and every light set with every system."""
    from langret.evaluation import compare, evaluate, pooled
    from langret.evaluation.light import sample_queries
    from langret.evaluation.metrics import qrels_of, score_qrels
    from langret.language import get_language
    from langret.modeling import load_model

    language = get_language("ja" if name == "jaquad" else "en")
    full = full_benchmark(name, queries, language)
    lexical = ["bm25", "bag_of_words"]
    retrievers = {label(model): load_model(model) for model in models}

    def searched(what: Any, systems: Sequence[str], k: int) -> tuple[dict[str, float], dict[str, Any], float]:
        models = {s: retrievers[s] for s in systems if s in retrievers}
        results, runs = evaluate(
            models,
            name,
            what,
            [METRIC],
            language=language,
            baselines=[s for s in systems if s in lexical],
            seed=SEED,
            k=k,
        )
        means = {r.member: r.value for r in results}
        print({system: round(value, 3) for system, value in means.items()}, flush=True)
        return means, runs, sum(r.seconds or 0.0 for r in results)

    systems = [*lexical, *retrievers]
    means, runs, seconds = searched(full, systems, full.passages.num_rows)
    qrels, _ = qrels_of(full)
    values = {system: score_qrels(run, qrels, [METRIC])[METRIC] for system, run in runs.items()}
    apart = [(a, b) for a, b in combinations(means, 2) if compare(values[a], values[b], SEED).p_value < 0.05]
    passages = sum(full.passages.column("kept").to_pylist())
    rows = []
    for pool in (["bm25"], ["bm25", *list(retrievers)[:1]]):
        for count, depth in SETTINGS:
            if count >= len(qrels):
                continue
            sample = sample_queries(full, count, SEED)
            light = pooled(sample, {s: runs[s] for s in pool}, depth=depth, others=50, seed=SEED)
            found, _, _ = searched(light, lexical, 100)
            there = {passage.id for passage in light.kept_passages()}
            mine, _ = qrels_of(light)
            for system in retrievers:
                run = {q: {p: s for p, s in runs[system][q].items() if p in there} for q in mine}
                scores = score_qrels(run, mine, [METRIC])[METRIC].values()
                found[system] = sum(scores) / len(mine)
            asked = [query.id for query in sample.kept_queries()]
            same = {s: sum(values[s][q] for q in asked) / len(asked) for s in values}
            kept = sum((means[a] > means[b]) == (found[a] > found[b]) for a, b in apart)
            rows.append(
                {
                    "pool": pool,
                    "queries": count,
                    "depth": depth,
                    "passages": light.passages.num_rows,
                    "size": round(light.passages.num_rows / passages, 3),
                    "tau": round(tau(means, found), 3),
                    "tau_same_queries": round(tau(means, same), 3),
                    "apart": len(apart),
                    "kept": kept,
                    "best_kept": max(means, key=lambda s: means[s]) == max(found, key=lambda s: found[s]),
                    "scores": {system: round(value, 4) for system, value in found.items()},
                }
            )
            print({k: v for k, v in rows[-1].items() if k != "scores"}, flush=True)
    again, _, light_seconds = searched(light, systems, 100)
    off = max(abs(again[system] - found[system]) for system in systems)
    return {
        "passages": passages,
        "queries": len(qrels),
        "systems": {system: round(value, 4) for system, value in means.items()},
        "seconds": round(seconds, 1),
        "seconds_of_last_light": round(light_seconds, 1),
        "time": round(light_seconds / seconds, 3),
        "largest_difference_when_searched": round(off, 5),
        "pairs": len(means) * (len(means) - 1) // 2,
        "light": rows,
    }


def label(model: str) -> str:
    """A folder as results call it: a stage by its name, anything else by its own and its parent's."""
    path = Path(model)
    if path.name == "model":
        return path.parent.name
    return f"{path.parent.name}/{path.name}"


def main() -> None:
    """Measure one benchmark and save it beside the other."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("benchmark", choices=BENCHMARKS)
    parser.add_argument(
        "models", nargs="*", help="Model folders; three at least, so that there are five systems."
    )
    parser.add_argument(
        "--queries", type=int, default=1000, help="Questions of JaQuAD that make its full benchmark."
    )
    parser.add_argument("--no-save", action="store_true")
    asked = parser.parse_args()
    if len(asked.models) < 3:
        parser.error(f"{len(asked.models)} models and two lexical systems are fewer than five systems")
    if len({label(m) for m in asked.models}) < len(asked.models):
        parser.error("two models have the same name in the table")
    found = measure(asked.benchmark, asked.models, asked.queries)
    if not asked.no_save:
        others = {name: part for name, part in read_result("light").items() if name in BENCHMARKS}
        save("light", {**others, asked.benchmark: found})


if __name__ == "__main__":
    main()
