"""A new plugin as a package of its own that passes the conformance suite as it stands."""

from __future__ import annotations

import re
from pathlib import Path

from langret.errors import LanguageError
from langret.language.registry import known_languages

_PYPROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "langret-{code}"
version = "0.1.0"
description = "{name} for langret"
dependencies = ["langret"]

[project.entry-points."langret.languages"]
{code} = "{module}:{kind}"

[tool.hatch.build.targets.wheel]
packages = ["{module}"]
"""

_PLUGIN = '''\
"""{name} for langret."""

from __future__ import annotations

from typing import ClassVar

from langret_und import Undetermined

from langret.language import CatalogueEntry


class {kind}(Undetermined):
    """{name}. What is not written here comes from ``und``: the word boundaries of Unicode."""

    code: ClassVar[str] = "{code}"
    name: ClassVar[str] = "{name}"
    package: ClassVar[str] = "langret-{code}"

    # FILL IN: ISO 15924 code of the script, and the beginnings of the Unicode names of its letters, such as ("LATIN",).
    # A passage with a smaller share of such letters than `letters` is then set aside as wrong_language.
    script: ClassVar[str] = "Zyyy"
    scripts: ClassVar[tuple[str, ...]] = ()
    letters: ClassVar[float] = 0.3

    # FILL IN: True where words must be found before a tokenizer sees the text; False lets models load without langret.
    presegment: ClassVar[bool] = True

    # FILL IN: pretrained encoders on the hub that know the language, best first.
    backbones: ClassVar[tuple[str, ...]] = Undetermined.backbones

    # FILL IN: published training data, mined negatives and benchmarks, each with its licence.
    catalogue: ClassVar[tuple[CatalogueEntry, ...]] = ()

    # FILL IN: at least three ordinary sentences, with the letters and marks that a careless normaliser would spoil.
    examples: ClassVar[tuple[str, ...]] = (
        "Put an ordinary sentence here.",
        "And a second one, with a comma in it.",
        "Does the third one ask a question?",
    )

    @property
    def version(self) -> str:
        """Raise it with every change of what the methods return: models of another version are refused."""
        return f"{code}-1 {{super().version}}"

    # FILL IN where the language needs more than Unicode knows:
    #   normalize(text)  the one form of a text that models and BM25 see; twice must give the same as once
    #   segment(text)    words; joined they must be the text without its spaces
    #   analyze(text)    BM25 terms of normalised text: stems, folded letters, no stop words
'''

_TEST = '''\
"""{name} passes what every language has to pass."""

from __future__ import annotations

from {module} import {kind}

from langret.language.conformance import Conformance


class Test{kind}(Conformance):
    """All checks come from the suite."""

    code = "{code}"
    # letters that the normaliser folds on purpose
    folded = ""

    def plugin(self) -> {kind}:
        """The class itself, so that nothing has to be installed."""
        return {kind}()
'''

_README = """\
# langret-{code}

{name} as a language of langret.

    pip install -e .
    pytest tests                      # the conformance suite
    langret language {code} "..."     # what models and BM25 see of a text
    langret init {code} --data FOLDER

Look for FILL IN in `{module}/__init__.py`.
"""


def new_language(code: str, name: str, folder: Path) -> list[Path]:
    """Write a plugin package.

    Args:
        code: ISO 639 code, such as ``sw``.
        name: English name of the language.
        folder: Where to put it; made, and must not exist.

    Returns:
        The files written.

    Raises:
        LanguageError: The code or the name cannot be used, there is such a plugin already, or the folder exists.
    """
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise LanguageError(
            f'"{code}" is no ISO 639 code.', hint="Two or three small letters, such as sw or arz."
        )
    if code in known_languages():
        raise LanguageError(f'A plugin for "{code}" is installed already.', hint="See `langret languages`.")
    kind = "".join(part.capitalize() for part in re.findall(r"[A-Za-z0-9]+", name))
    if not kind or not kind[0].isalpha() or '"' in name or "\\" in name or "\n" in name:
        raise LanguageError(
            f"{name!r} cannot name a language.", hint="Give its English name, such as Swahili."
        )
    if folder.exists():
        raise LanguageError("There is something already.", where=str(folder), hint="Give another --output.")
    filled = {"code": code, "name": name, "kind": kind, "module": f"langret_{code}"}
    files = {
        "pyproject.toml": _PYPROJECT,
        "README.md": _README,
        f"langret_{code}/__init__.py": _PLUGIN,
        "tests/test_conformance.py": _TEST,
    }
    written = []
    for place, text in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.format(**filled), encoding="utf-8")
        written.append(path)
    return written
