"""Verbs about models: evaluate, search."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from langret.cli.console import err, out, print_json
from langret.errors import DataError, LanguageError
from langret.language import Language, get_language, known_languages

if TYPE_CHECKING:
    from rich.text import Text

    from langret.evaluation import Hit

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


def evaluate(
    model: str,
    benchmark: str,
    code: str | None,
    metrics: Sequence[str],
    baselines: Sequence[str],
    as_json: bool,
) -> None:
    """Measure a model and print a table or JSON in the schema of ``results.json``."""
    language = language_for(model, code)
    from langret.recipe.schema import Evaluation

    names = [name for given in metrics for name in given.split(",") if name] or Evaluation().metrics
    from langret.evaluation import load_benchmark, parse_metrics

    parse_metrics(names)
    collection = load_benchmark(benchmark, language)
    from langret.evaluation import evaluate as measure
    from langret.modeling import load_model

    title = Path(benchmark).name if Path(benchmark).exists() else benchmark
    results, _ = measure(
        {Path(model).name if Path(model).exists() else model: load_model(model)},
        title,
        collection,
        names,
        language=language,
        baselines=[name for name in baselines if name != "none"],
        seed=SEED,
        progress=err().is_terminal,
    )
    if as_json:
        from langret import __version__
        from langret.evaluation.results import SCHEMA

        about = {"langret": __version__, "model": model, "language": language.version}
        print_json(
            {"schema": SCHEMA, "results": [r.model_dump(mode="json") for r in results], "about": about}
        )
        return
    from langret.report import results_table

    out().print(results_table(results))


def search(model: str, query: str, documents: Path, k: int, code: str | None, as_json: bool) -> None:
    """Search documents and print ranked passages."""
    if not query.strip():
        raise DataError("The query is empty.", hint='Write it as the last argument: "質問".')
    language = language_for(model, code)
    from langret.data import read_source
    from langret.recipe.schema import Source

    collection = read_source(
        Source(path=str(documents.absolute())), base=Path(), language=language, seed=SEED
    )
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
