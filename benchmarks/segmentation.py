"""Japanese text to token ids: langret beside one process of bare fugashi and a fast tokenizer.

    python benchmarks/segmentation.py [--characters 8000000] [--rounds 3]

Text is JaQuAD (LANGRET_DATA), repeated to the length asked for; without it, the examples of the plugin. Both
sides segment the same normalised text and use the same vocabulary; ids are compared. The baseline is
what one writes by hand: ``Tagger("-Owakati").parse`` for each text, then the tokenizer in batches. Rounds
alternate, the best of each side counts. Target: ratio / cores of 0.9 or more.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

# The baseline is one process on one core.
os.environ.update(TOKENIZERS_PARALLELISM="false", RAYON_NUM_THREADS="1")

from _machine import cores, save
from langret_ja import Japanese

from langret.tokenizer import TokenStore, encode_texts, train_tokenizer


def passages() -> tuple[list[str], str]:
    root = Path(os.environ.get("LANGRET_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    files = sorted((root / "ja" / "jaquad" / "train").glob("*.json"))
    texts = [
        paragraph["context"]
        for file in files
        for article in json.loads(file.read_text(encoding="utf-8"))["data"]
        for paragraph in article["paragraphs"]
    ]
    return (texts, "JaQuAD train") if texts else (list(Japanese.examples), "examples of the plugin")


def repeated(texts: list[str], characters: int) -> Iterator[str]:
    for text in cycle(texts):
        if characters <= 0:
            return
        yield text
        characters -= len(text)


def bare(texts: list[str], folder: Path) -> tuple[float, list[int]]:
    import fugashi
    from transformers import AutoTokenizer

    tagger, tokenizer = fugashi.Tagger("-Owakati"), AutoTokenizer.from_pretrained(folder)
    tokenizer([tagger.parse(texts[0])], add_special_tokens=False)
    lengths: list[int] = []
    start = time.perf_counter()
    for first in range(0, len(texts), 1000):
        batch = [tagger.parse(text) for text in texts[first : first + 1000]]
        lengths += map(len, tokenizer(batch, add_special_tokens=False)["input_ids"])
    return time.perf_counter() - start, lengths


def ours(texts: list[str], folder: Path, out: Path) -> tuple[float, TokenStore]:
    start = time.perf_counter()
    store = encode_texts(texts, folder, out, language=Japanese())
    return time.perf_counter() - start, store


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--characters", type=int, default=8_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    language = Japanese()
    raw, source = passages()
    distinct = [language.normalize(text) for text in raw]
    texts = list(repeated(distinct, options.characters))
    characters = sum(map(len, texts))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "tokenizer"
        start = time.perf_counter()
        train_tokenizer(language, distinct, 16_000).save_pretrained(folder)
        training = time.perf_counter() - start
        baseline, langret = [], []
        for number in range(options.rounds):
            seconds, lengths = bare(texts, folder)
            baseline.append(characters / seconds)
            seconds, store = ours(texts, folder, Path(scratch) / "ids")
            langret.append(characters / seconds)
            same = [int(n) for n in store.offsets[1:] - store.offsets[:-1]] == lengths
            print(f"round {number + 1}: bare {baseline[-1]:,.0f}, langret {langret[-1]:,.0f} characters/s")
            if not same:
                raise SystemExit("the two sides give different ids")
    ratio = max(langret) / max(baseline)
    print(f"tokenizer of 16,000 pieces trained on {len(distinct):,} passages in {training:.1f} s")
    print(f"one process, bare fugashi and tokenizer: {max(baseline):,.0f} characters/s")
    print(f"langret on {cores()} cores: {max(langret):,.0f} characters/s = {ratio:.2f} x")
    print(f"ratio / cores: {ratio / cores():.2f} (target 0.90)")
    save(
        "segmentation",
        {
            "text": f"{source}, {characters:,} characters ({len(distinct):,} passages, repeated)",
            "bare_characters_per_second": [round(rate) for rate in baseline],
            "langret_characters_per_second": [round(rate) for rate in langret],
            "ratio": round(ratio, 3),
            "ratio_per_core": round(ratio / cores(), 3),
            "target_per_core": 0.9,
            "tokenizer_training_seconds": round(training, 1),
        },
    )


if __name__ == "__main__":
    main()
