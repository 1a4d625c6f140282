"""Fills generated parts into pages while MkDocs builds, so that they are never older than the code.

A page asks for a part with a comment on a line of its own: ``<!-- recipe-reference -->`` and so on.
"""

from __future__ import annotations

import re
from typing import Any

_MARK = re.compile(r"^<!-- ([a-z-]+) -->$", re.M)


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Replace every mark on a page by the part that it names; an unknown mark stops the build."""
    return _MARK.sub(lambda match: _PARTS[match[1]](), markdown)


def _recipe_reference() -> str:
    from langret.recipe.jsonschema import recipe_reference

    return re.sub(r"^## ", "### ", recipe_reference(), flags=re.M)


def _results_reference() -> str:
    """The fields of one entry of ``results.json``."""
    from langret.evaluation.results import results_schema

    made = results_schema()["$defs"]
    parts = (
        f"A `{name}`, of `{key}`:\n\n{_fields(made[name])}"
        for name, key in (
            ("SliceResult", "parts"),
            ("NotMeasured", "not_measured"),
            ("SuiteResult", "suites"),
        )
    )
    return "\n\n".join([_fields(made["Result"]), *parts])


def _fields(model: dict[str, Any]) -> str:
    lines = ["| field | type | what it is |", "|---|---|---|"]
    for name, field in model["properties"].items():
        kinds = [field, *field.get("anyOf", [])]
        words = [_word(kind) for kind in kinds if "type" in kind or "enum" in kind]
        kind = " or ".join(dict.fromkeys(words))
        lines.append(f"| `{name}` | {kind} | {field.get('description', '')} |")
    return "\n".join(lines)


def _word(kind: dict[str, Any]) -> str:
    if kind.get("type") == "array":
        inner = kind["items"]
        return f"list of {_word(inner) if 'type' in inner else inner['$ref'].rpartition('/')[2]}"
    if "enum" in kind:
        return ", ".join(f"`{value}`" for value in kind["enum"])
    words = {"integer": "whole number", "string": "text", "boolean": "true or false", "object": "mapping"}
    return words.get(kind["type"], kind["type"])


def _catalogue() -> str:
    """Published data sets that the installed languages know."""
    from langret.language import get_language, known_languages

    lines = [
        "| language | name | role | slices | questions | passages | licence |",
        "|---|---|---|---|---:|---:|---|",
    ]
    for code in known_languages():
        for entry in get_language(code).catalogue:
            name = f"[{entry.name}]({entry.url})" if entry.url else entry.name
            counts = " | ".join(f"{n:,}" if n else "" for n in (entry.queries, entry.passages))
            slices = ", ".join(entry.slices)
            lines.append(f"| {code} | {name} | {entry.role} | {slices} | {counts} | {entry.licence} |")
    return "\n".join(lines)


_PARTS = {
    "recipe-reference": _recipe_reference,
    "results-reference": _results_reference,
    "catalogue": _catalogue,
}
