"""The verb light: a small benchmark from a large one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from langret.cli.console import err, out, print_json
from langret.cli.models import SEED, language_for
from langret.errors import LanguageError
from langret.language import get_language, known_languages
from langret.recipe.schema import LEXICAL


def light(
    benchmark: str,
    output: Path,
    code: str | None,
    pool: Sequence[str],
    compare: Sequence[str],
    depth: int,
    queries: int,
    others: int,
    metric: str,
    seed: int | None,
    as_json: bool,
) -> None:
    """Make a light set, write it, and print how systems are ordered on both sets."""
    from langret.evaluation import load_benchmark, make_light, parse_metrics
    from langret.evaluation.benchmark import find_benchmark
    from langret.report.light_card import agreement_table, must_be_free, write_light

    parse_metrics([metric])
    must_be_free(output)
    models = [name for name in dict.fromkeys([*pool, *compare]) if name not in LEXICAL]
    if code is None and not models:
        raise LanguageError(
            "Nobody says which language the text is in.",
            hint=f"Give --language CODE (installed: {', '.join(known_languages()) or 'none'}).",
        )
    language = get_language(code) if code is not None else language_for(models[0], None)
    source = find_benchmark(benchmark, language)
    collection = load_benchmark(source, language)
    if models:
        from langret.modeling import load_model

    made = make_light(
        collection,
        source.name,
        language=language,
        pool=pool,
        compare=compare,
        retrievers={name: load_model(name) for name in models},
        depth=depth,
        queries=queries,
        others=others,
        metric=metric,
        seed=SEED if seed is None else seed,
        progress=err().is_terminal,
    )
    write_light(made, output, source, language)
    if as_json:
        orders = None
        if made.agreement is not None:
            orders = {**made.agreement._asdict(), "orders": [o._asdict() for o in made.agreement.orders]}
        print_json({**made.facts, "agreement": orders, "output": str(output)})
        return
    sizes = made.facts
    (full, kept), (asked, drawn) = sizes["passages"], sizes["queries"]
    out().print(f"{output}: {kept:,} of {full:,} passages, {drawn:,} of {asked:,} queries", soft_wrap=True)
    if made.agreement is not None:
        out().print(agreement_table(made.agreement))
