"""Verbs about models: evaluate, search."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

from langret.cli.console import err, out, print_json, print_problems, print_results
from langret.errors import DataError, LanguageError, RecipeError, nearest
from langret.language import Language, get_language, known_languages
from langret.recipe.schema import LEXICAL

if TYPE_CHECKING:
    from rich.text import Text

    from langret.data.records import Collection
    from langret.data.tasks import TaskData
    from langret.evaluation import Hit, NotMeasured, Result, SuiteResult
    from langret.recipe.schema import BenchmarkSource, Suite

SEED = 13


def language_for(model: str, code: str | None) -> Language:
    """The language of a model's text.

    Args:
        model: Folder or hub name.
        code: What the user gave with ``--language``.

    Raises:
        LanguageError: The model does not say and the user did not either, or they say different things.
    """
    from langret.modeling.identity import language_of, read_identity

    facts = read_identity(model)
    if facts is None:
        if code is None:
            raise LanguageError(
                "The model was not made by langret and does not say which language its text is in.",
                where=model,
                hint=f"Give --language CODE (installed: {', '.join(known_languages()) or 'none'}).",
            )
        return get_language(code)
    if code is not None and code != facts["language"]:
        raise LanguageError(
            f'It was made for "{facts["language"]}", but --language is "{code}".', where=model
        )
    return language_of(facts, where=model)


class Benchmarks(NamedTuple):
    """What a model is measured on.

    Attributes:
        language: The language of benchmarks that do not say theirs.
        benchmarks: Name in the results, and where it is.
        base: Folder at which relative paths start.
        metrics: Names in ir-measures notation.
        seed: Seed of draws and resampling.
        suites: Sets of benchmarks with one mean.
    """

    language: Language
    benchmarks: list[tuple[str, BenchmarkSource]]
    base: Path
    metrics: list[str]
    seed: int
    suites: list[Suite]


class Measured(NamedTuple):
    """What came out: measurements, what was not measured and why, and means over suites."""

    results: list[Result]
    not_measured: list[NotMeasured]
    suites: list[SuiteResult]


def find_benchmarks(model: str, benchmark: str, code: str | None, task: str | None = None) -> Benchmarks:
    """Tell from what a user gave what is to be measured: one benchmark, or all those of a recipe.

    Raises:
        RecipeError: The recipe is wrong, or names no benchmark; or there is no such task.
        DataError: There is no such benchmark.
        LanguageError: Nobody says which language the text is in, or two say different things.
    """
    from langret.evaluation.benchmark import find_benchmark
    from langret.recipe import load_recipe
    from langret.recipe.lock import apply_lock, lock_path, read_lock
    from langret.recipe.schema import BenchmarkSource, Evaluation, Task
    from langret.recipe.shipped import shipped_paths

    if Path(benchmark).suffix not in (".yaml", ".yml") and benchmark not in shipped_paths():
        language = language_for(model, code)
        title = Path(benchmark).name if Path(benchmark).exists() else benchmark
        source = find_benchmark(benchmark, language)
        if task is not None:
            if task not in get_args(Task):
                raise RecipeError(f'There is no task "{task}".', hint=nearest(task, get_args(Task)))
            source = BenchmarkSource.model_validate({**source.model_dump(), "task": task})
        named = [(each.name if each.long else title, each) for each in source.by_length()]
        return Benchmarks(language, named, Path(), Evaluation().metrics, SEED, [])
    if task is not None:
        raise RecipeError("A recipe names the task of each of its benchmarks.", where=benchmark)
    loaded = load_recipe(benchmark)
    lock = read_lock(lock_path(loaded.path))
    recipe = apply_lock(loaded.recipe, lock, base=loaded.base) if lock else loaded.recipe
    if not recipe.evaluation.benchmarks:
        raise RecipeError("The recipe names no benchmark.", where=benchmark)
    if code is not None and code != recipe.language:
        raise LanguageError(
            f'The recipe is in "{recipe.language}", but --language is "{code}".', where=benchmark
        )
    named = [(source.name, source) for source in recipe.evaluation.benchmarks]
    language = get_language(recipe.language)
    evaluation = recipe.evaluation
    return Benchmarks(language, named, loaded.base, evaluation.metrics, recipe.seed, evaluation.suites)


def evaluate(
    model: str,
    benchmark: str,
    code: str | None,
    task: str | None,
    metrics: Sequence[str],
    baselines: Sequence[str],
    fusion: bool,
    as_json: bool,
) -> None:
    """Measure a model and print tables or JSON in the schema of ``results.json``."""
    given = [name for part in metrics for name in part.split(",") if name]
    from langret.evaluation import parse_metrics

    parse_metrics(given)
    asked = find_benchmarks(model, benchmark, code, task)
    baselines = [name for name in baselines if name != "none"]
    if fusion and "bm25" not in baselines:
        raise RecipeError(
            "--fusion fuses with BM25, which is not among the baselines.", hint="Add --baseline bm25."
        )
    with tempfile.TemporaryDirectory(prefix="langret-evaluate-") as folder:
        measured = _measure(asked, model, given or asked.metrics, baselines, fusion, Path(folder))
    if as_json:
        from langret import __version__
        from langret.evaluation.results import results_value

        about = {"langret": __version__, "model": model, "language": asked.language.version}
        print_json(results_value(*measured, about))
        return
    print_results(out(), *measured)


def _measure(
    asked: Benchmarks,
    model: str,
    metrics: Sequence[str],
    baselines: Sequence[str],
    fusion: bool,
    folder: Path,
) -> Measured:
    """Measure a model and its baselines on every benchmark; all text is read before any model is loaded."""
    from langret.data.tasks import SHAPES, TaskData
    from langret.evaluation import (
        benchmark_slices,
        correct_results,
        evaluate,
        evaluate_task,
        load_benchmark,
        load_task,
        suite_means,
    )
    from langret.evaluation.tasks.answers import SHOTS
    from langret.evaluation.tasks.kinds import metrics_of, task_of
    from langret.modeling import load_model
    from langret.pipeline.check import rows_aside

    read: list[tuple[str, BenchmarkSource, Collection | TaskData, Language, Language]] = []
    for number, (title, source) in enumerate(asked.benchmarks):
        codes = (source.passage_language, source.query_language)
        passages, queries = (get_language(code) if code else asked.language for code in codes)
        base, seed = asked.base, asked.seed
        data: Collection | TaskData
        if source.task in SHAPES:
            data = load_task(source, passages, base, query_language=queries, seed=seed)
        else:
            place = folder / str(number)
            data = load_benchmark(source, passages, base, query_language=queries, seed=seed, folder=place)
        print_problems(rows_aside(data, f"benchmark {title}"))
        read.append((title, source, data, passages, queries))
    called = Path(model).name if Path(model).exists() else model
    places = {called: model} | {name: name for name in baselines if name not in (*LEXICAL, called)}
    loaded = {
        reads: {name: load_model(place, passage_tokens=reads) for name, place in places.items()}
        for reads in dict.fromkeys(source.reads for _, source, *_ in read)
    }
    results: list[Result] = []
    absent: list[NotMeasured] = []
    for title, source, data, passages, queries in read:
        retrievers = loaded[source.reads]
        slices = benchmark_slices(source, asked.language)
        if isinstance(data, TaskData):
            found, refused = evaluate_task(
                retrievers,
                title,
                data,
                language=passages,
                slices=slices,
                baselines=baselines,
                seed=asked.seed,
                shots=source.shots or SHOTS,
                progress=err().is_terminal,
            )
            absent += refused
        else:
            task = task_of(source, asked.language.code)
            found, _ = evaluate(
                retrievers,
                title,
                data,
                metrics_of(task, metrics),
                language=passages,
                query_language=queries,
                slices=slices,
                baselines=baselines,
                fusion=fusion,
                seed=asked.seed,
                task=task,
                progress=err().is_terminal,
            )
        results += found
    results = correct_results(results)
    return Measured(results, absent, suite_means(results, asked.suites))


def mteb(model: str, tasks: Sequence[str], code: str | None, output: Path, as_json: bool) -> None:
    """List mteb's tasks of the model's language, or run some and print their main metric."""
    from rich.table import Table

    from langret.evaluation.mteb_tasks import find_tasks, mteb_tasks, run_mteb
    from langret.modeling.kinds import is_colbert

    language = language_for(model, code)
    head = "colbert" if is_colbert(model, None) else "dense"
    table = Table(box=None, pad_edge=False, header_style="bold")
    if not tasks:
        found = [task.metadata for task in mteb_tasks(language, head)]
        rows = [{"task": about.name, "type": about.type, "metric": about.main_score} for about in found]
    else:
        chosen = find_tasks(tasks, language, head)
        from langret.evaluation.mteb_models import load_mteb_model

        scores = run_mteb(load_mteb_model(model), chosen, output, progress=err().is_terminal)
        rows = [score._asdict() for score in scores]
    if as_json:
        print_json(rows)
        return
    for name in rows[0] if rows else ():
        table.add_column(name, justify="right" if name == "value" else "left")
    for row in rows:
        table.add_row(*(f"{value:.5f}" if isinstance(value, float) else value for value in row.values()))
    out().print(table)


def export(model: str, form: str, output: Path) -> None:
    """Write a model in another form and say what its text must pass."""
    from langret.modeling import export_model

    export_model(model, output, form)  # type: ignore[arg-type]  # a wrong one is refused there
    err().print(f"{output}: see docs, Using the models, for what its text must pass.", style="dim")


def search(model: str, query: str, documents: Path, k: int, code: str | None, as_json: bool) -> None:
    """Search documents and print ranked passages."""
    if not query.strip():
        raise DataError("The query is empty.", hint='Write it as the last argument: "質問".')
    language = language_for(model, code)
    from langret.data import read_source
    from langret.recipe.schema import Source

    source = Source(path=str(documents.absolute()), queries=False)
    collection = read_source(source, base=Path(), language=language, seed=SEED)
    passages = [passage for passage in collection.kept_passages() if passage.text.strip()]
    if not passages:
        raise DataError("There is no passage to search in.", where=str(documents))
    from langret.evaluation import search_texts
    from langret.modeling import load_model

    retriever = load_model(model)
    start = time.perf_counter()
    progress = err().is_terminal and len(passages) > 256
    hits = search_texts(retriever, [query], passages, k, progress=progress)[0]
    seconds = time.perf_counter() - start
    if as_json:
        print_json(
            {
                "query": query,
                "passages": len(passages),
                "seconds": round(seconds, 3),
                "hits": [{**hit._asdict(), "spans": [span._asdict() for span in hit.spans]} for hit in hits],
            }
        )
        return
    console = out()
    for hit in hits:
        console.print(hit_text(hit), soft_wrap=True)
    err().print(f"{len(hits)} of {len(passages):,} passages, {seconds:.1f} s", style="dim")


def hit_text(hit: Hit) -> Text:
    """A ranked passage with its matching parts in bold; the stronger ones underlined too."""
    from rich.text import Text

    text = Text(hit.text)
    for span in hit.spans:
        text.stylize("bold green underline" if span.weight >= 0.7 else "bold green", span.start, span.end)
    head = Text.assemble((f"{hit.rank:>3}. ", "bold"), (f"{hit.score:.4f}  {hit.id}\n", "cyan"))
    return Text.assemble(head, text, "\n")
