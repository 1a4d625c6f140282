"""Verbs about languages: languages, language, new-language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from langret.cli.console import out, print_json
from langret.errors import LanguageError, MissingDependencyError
from langret.language import Language, get_language, known_languages

SHOWN = 20
"""Lost letters that are named; the rest is counted."""


def languages() -> None:
    """Print the installed plugins and what they have; one that cannot be imported, or lacks a library, says why."""
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in ("code", "name", "segmented", "sets", "benchmarks", "world", "rules"):
        table.add_column(name, no_wrap=name != "name")
    missing = []
    for code in known_languages():
        try:
            plugin = get_language(code)
            rules = plugin.version.split()[0]
        except LanguageError as error:
            missing.append(f"{code}: {error}")
            continue
        except MissingDependencyError as error:
            missing.append(f"{code}: {error}")
            rules = "-"
        table.add_row(code, plugin.name, *_holdings(plugin), rules)
    console = out()
    console.print(table)
    for line in missing:
        console.print(line, style="red", soft_wrap=True)


def _holdings(plugin: Language) -> tuple[str, str, str, str]:
    benchmarks = len(plugin.benchmarks())
    has_world = type(plugin).world is not Language.world
    return (
        "yes" if plugin.presegment else "no",
        str(len(plugin.catalogue) - benchmarks or "-"),
        str(benchmarks or "-"),
        "yes" if has_world else "-",
    )


def language(code: str, text: str | None, model: str | None, as_json: bool) -> None:
    """Print a text as it is normalised, segmented, analysed and, given a model, tokenised.

    Args:
        code: Language code.
        text: Any text; None for the plugin's examples.
        model: Folder or hub name of the model whose tokenizer is looked at.
        as_json: Print JSON.

    Raises:
        LanguageError: There is no such language.
        ModelError: There is no such model.
    """
    plugin = get_language(code)
    texts = [plugin.normalize(each) for each in (plugin.examples if text is None else (text,))]
    seen: dict[str, Any] = {
        "language": code,
        "version": plugin.version,
        "texts": [
            {"normalized": each, "words": plugin.segment(each), "terms": plugin.analyze(each)}
            for each in texts
        ],
    }
    if model is not None:
        seen["tokenizer"] = _tokenized(plugin, texts, model, seen["texts"])
    if as_json:
        print_json(seen)
    else:
        _print(seen)


def _tokenized(plugin: Language, texts: list[str], model: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    from langret.modeling import open_backbone
    from langret.tokenizer import tokenizer_fit

    backbone = open_backbone(model)
    tokenizer, segmented = backbone.tokenizer, backbone.language is not None
    for row, each in zip(rows, texts, strict=True):
        row["tokens"] = tokenizer.tokenize(plugin.segmented(each) if segmented else each)
    fit = tokenizer_fit(tokenizer, plugin, texts, segmented=segmented)
    return {
        "model": model,
        "words": fit.words,
        "tokens": fit.tokens,
        "fertility": round(fit.fertility, 2),
        "unknown_rate": round(fit.unknown_rate, 4),
        "lost": dict(fit.lost.most_common()),
    }


def _print(seen: dict[str, Any]) -> None:
    console = out()
    names = {"normalized": "text", "words": "words", "terms": "BM25 terms", "tokens": "tokens"}
    for row in seen["texts"]:
        for key, value in row.items():
            shown = value if isinstance(value, str) else " | ".join(value)
            console.print(f"{names[key]:<12}{shown}", soft_wrap=True)
        console.print()
    fit = seen.get("tokenizer")
    if fit is None:
        return
    console.print(
        f"{fit['fertility']:.2f} tokens a word ({fit['tokens']:,} for {fit['words']:,}), "
        f"{fit['unknown_rate']:.1%} unknown",
        soft_wrap=True,
    )
    lost = fit["lost"]
    if lost:
        named = " ".join(list(lost)[:SHOWN]) + (" …" if len(lost) > SHOWN else "")
        console.print(
            f"lost or changed: {sum(lost.values()):,} letters of {len(lost):,} kinds: {named}", soft_wrap=True
        )
    else:
        console.print("no letter is lost", soft_wrap=True)


def new_language(code: str, name: str | None, output: Path | None) -> None:
    """Write a plugin package and say what to do with it.

    Args:
        code: ISO 639 code.
        name: English name; None for the code.
        output: Where to put it; None for ``langret-<code>``.

    Raises:
        LanguageError: The code or the name cannot be used, or the folder exists.
    """
    from langret.language.scaffold import new_language

    folder = output or Path(f"langret-{code}")
    console = out()
    for path in new_language(code, name or code.capitalize(), folder):
        console.print(f"Wrote {path}", soft_wrap=True)
    console.print("Next:")
    for command, what in (
        (f"pip install -e {folder}", "register it"),
        (f"pytest {folder}/tests", "it passes as it stands; now fill it in"),
        (f'langret language {code} "..."', "see what it does to a text"),
    ):
        console.print(f"  {command:<{28 + len(str(folder))}}# {what}", soft_wrap=True)
