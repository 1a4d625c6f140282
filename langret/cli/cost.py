"""The verb that says what retrieval costs beside what it finds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langret.cli.console import err, out, print_json, print_notes
from langret.cli.models import Benchmarks, find_benchmarks, language_for
from langret.errors import RecipeError

if TYPE_CHECKING:
    from langret.recipe.schema import BenchmarkSource


def searched(asked: Benchmarks) -> list[tuple[str, BenchmarkSource]]:
    """Benchmarks in which passages are searched.

    Raises:
        RecipeError: There is none.
    """
    from langret.data.tasks import SHAPES

    found = [(title, source) for title, source in asked.benchmarks if source.task not in SHAPES]
    if not found:
        raise RecipeError("In no benchmark are passages searched.", hint="Name one whose task is retrieval.")
    return found


def cost(
    models: Sequence[str],
    benchmark: str,
    code: str | None,
    searches: Sequence[str],
    weights: Sequence[str],
    queries: int,
    page: Path | None,
    as_json: bool,
) -> None:
    """Measure the ways to search a benchmark with each model; print tables or JSON, and write a page."""
    asked = find_benchmarks(models[0], benchmark, code)
    for model in models[1:]:
        language_for(model, code or asked.language.code)
    from langret.data.tasks import SHAPES
    from langret.evaluation import load_benchmark
    from langret.evaluation.cost import measure_costs, split_ways
    from langret.evaluation.weights import WeightsCost, measure_weights
    from langret.language import get_language
    from langret.modeling import load_model
    from langret.modeling.precision import must_be_possible
    from langret.text.workers import cores
    from langret.training.cost import device_name

    precisions = [name for part in weights for name in part.split(",") if name]
    for precision in precisions:
        must_be_possible(precision)
    retrievers = {name: load_model(model) for model, name in named(models).items()}
    wanted = [name for part in searches for name in part.split(",") if name]
    chosen = split_ways(wanted, retrievers)
    costs, encodings = [], {}
    smaller: dict[tuple[str, str], list[WeightsCost]] = {}
    console = err()
    print_notes(
        [
            f"{title} is left out: {s.task} searches nothing"
            for title, s in asked.benchmarks
            if s.task in SHAPES
        ]
    )
    with tempfile.TemporaryDirectory(prefix="langret-cost-") as folder:
        for number, (title, source) in enumerate(searched(asked)):
            passages, queries_in = (
                get_language(one) if one else asked.language
                for one in (source.passage_language, source.query_language)
            )
            place = Path(folder) / str(number)
            collection = load_benchmark(
                source, passages, asked.base, query_language=queries_in, seed=asked.seed, folder=place
            )
            for name, retriever in retrievers.items():
                given = (retriever, name, collection, title)
                settings: dict[str, Any] = {
                    "most_queries": queries,
                    "seed": asked.seed,
                    "tell": lambda what, name=name: console.print(f"{name}: {what}", style="dim"),
                }
                found, encodings[title, name] = measure_costs(
                    *given, chosen[name], cuts=retriever.cuts, **settings
                )
                costs += found
                if precisions:
                    smaller[title, name] = measure_weights(*given, precisions, **settings)
    machine = f"{device_name()}, {cores()} cores"
    if page is not None:
        from langret.report.page import write_page
        from langret.report.retrieval import cost_page

        write_page(cost_page(costs, encodings, machine, smaller), page)
        console.print(f"written: {page}")
    if as_json:
        print_json(
            {
                "schema": 1,
                "machine": machine,
                "encoding": [
                    {"benchmark": title, "model": name, **one._asdict()}
                    for (title, name), one in encodings.items()
                ],
                "costs": [one._asdict() for one in costs],
                "weights": [one._asdict() for rows in smaller.values() for one in rows],
            }
        )
        return
    from langret.report.retrieval import cost_table, weights_table

    console = out()
    for title, name in encodings:
        console.print(cost_table([one for one in costs if (one.benchmark, one.model) == (title, name)]))
        legend = {one.search: one.about for one in costs if (one.benchmark, one.model) == (title, name)}
        for search, about in legend.items():
            console.print(f"  {search:<8} {about}", soft_wrap=True)
        console.print()
        if smaller:
            console.print(weights_table(smaller[title, name]))
            console.print()


def named(models: Sequence[str]) -> dict[str, str]:
    """What results call each model: the name of its folder, or all of its path where two folders have one name."""
    short = {model: Path(model).name if Path(model).exists() else model for model in models}
    names = list(short.values())
    return {model: name if names.count(name) == 1 else model for model, name in short.items()}
