"""``langret.json``: which language, normaliser and segmenter a backbone or model was made under."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from langret.data.records import dumps
from langret.errors import LanguageError, ModelError
from langret.language import Language, get_language
from langret.modeling.kinds import read_config

FILE = "langret.json"


def write_identity(folder: str | Path, facts: dict[str, Any]) -> None:
    """Write ``langret.json`` into a backbone or model folder."""
    (Path(folder) / FILE).write_text(dumps(facts) + "\n", encoding="utf-8")


def read_identity(model: str | Path, revision: str | None = None) -> dict[str, Any] | None:
    """Return the facts of a model, or None where langret did not make it.

    Args:
        model: Folder or hub name. Of a hub name that can neither be asked for nor is in the cache nothing is known, and
            loading it fails next.
        revision: Revision of a hub name.

    Raises:
        ModelError: The file is there and broken.
    """
    path = Path(model) / FILE
    try:
        facts = read_config(str(model), FILE, revision)
    except OSError:
        return None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ModelError(f"not valid JSON ({error})", where=str(path)) from error
    if facts is None:
        return None
    if not isinstance(facts, dict) or "language" not in facts or "version" not in facts:
        raise ModelError('expected an object with "language" and "version"', where=str(path))
    return facts


def language_of(facts: dict[str, Any], where: str) -> Language:
    """Return the plugin that a model was made with, refusing any other version of it.

    A model that saw text under one normaliser and segmenter silently loses quality under another, so a difference
    is an error and not a warning.

    Raises:
        LanguageError: The plugin is missing or has another version.
    """
    language = get_language(facts["language"])
    if language.version != facts["version"]:
        raise LanguageError(
            f'made under "{facts["version"]}", but installed is "{language.version}".',
            where=where,
            hint="Install the versions named first, or train the model again.",
        )
    return language
