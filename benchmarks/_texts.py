"""Text of each language for benchmarks, and the library with which one would find its words by hand."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from langret.language import Language

ROOT = Path(os.environ.get("LANGRET_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
REAL = {
    "ja": "ja/jaquad/train",
    "ja-sudachi": "ja/jaquad/train",
    "zh": "zh/cmrc2018",
    "th": "th/iapp_wiki_qa",
    "ar": "ar",
    "id": "id/idk_mrc",
    "fi": "fi/nomiracl",
    "en": "en/scisumm",
}
_SHORTEST = 80
_WORLDS = 8


def passages(language: Language) -> tuple[list[str], str]:
    """Distinct passages of a language, as they are, and where they are from.

    Returns:
        The real text in LANGRET_DATA where there is some: paragraphs, and strings of JSON files, of 80 characters or
        more. Else the passages of eight generated worlds.
    """
    folder = ROOT / REAL[language.code] if language.code in REAL else None
    if folder is not None and folder.exists():
        found = dict.fromkeys(text for text in _strings(folder) if len(text) >= _SHORTEST)
        return list(found), REAL[language.code]
    from langret.synthesis import build_world

    worlds = (build_world(language, "test", seed=seed) for seed in range(_WORLDS))
    return list(dict.fromkeys(p.text for world in worlds for p in world.kept_passages())), "generated worlds"


def _strings(folder: Path) -> Iterator[str]:
    for file in sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".jsonl", ".md")):
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".md":
            yield from text.split("\n\n")
            continue
        for document in text.splitlines() if file.suffix == ".jsonl" else [text]:
            yield from _leaves(json.loads(document))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from _leaves(child)


def repeated(texts: list[str]) -> Iterator[str]:
    """The texts again and again without end, from the second time on with a number, so that none repeats."""
    yield from texts
    for number in count(1):
        yield from (f"{text} {number}" for text in texts)


def first(texts: list[str], characters: int) -> list[str]:
    """As many of the repeated texts as have that many characters."""
    found = []
    for text in repeated(texts):
        if characters <= 0:
            break
        found.append(text)
        characters -= len(text)
    return found


def library(code: str) -> tuple[str, Callable[[str], Any]]:
    """What one would call by hand to find words, loaded: its name and the function."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if code == "ja":
            import fugashi

            return "fugashi", fugashi.Tagger("-Owakati").parse
        if code == "ja-sudachi":
            import sudachipy

            words = sudachipy.Dictionary(dict="core").create(sudachipy.SplitMode.C).tokenize
            return "SudachiPy", lambda text: [word.surface() for word in words(text)]
        if code == "zh":
            import jieba

            jieba.setLogLevel("ERROR")
            jieba.initialize()
            return "jieba", lambda text: jieba.lcut(text, HMM=False)
        if code == "th":
            from pythainlp.tokenize import word_tokenize

            return "PyThaiNLP", lambda text: word_tokenize(text, engine="newmm")
    import regex

    return "regex", regex.compile(r"(?V1w)\b").split
