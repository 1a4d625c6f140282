"""Text to words and to token ids in every language: langret beside the bare library in one process; and its memory.

    python benchmarks/segmentation.py [LANGUAGE ...] [--part words|ids|memory] [--seconds 10] [--rounds 3] [--no-save]

Words: raw text is normalised, and normalised text is cut into words, each by `map_texts` with one process a core, as
the pipeline does (words joined by spaces where tokenizers want that, lists of words elsewhere). Beside it stands what
one would call by hand: fugashi, SudachiPy, jieba (without its hidden Markov model, as the plugin), PyThaiNLP's newmm,
and for languages with spaces the boundaries of Unicode by `regex`. It is called text by text in one process, once
loaded; starting langret's workers counts. Target: ratio / cores of 0.9 or more. Two more figures say why one is
missed: the rate of as many processes of the bare library as there are cores, side by side with nothing shared (what
the cores give; langret's rate over that one does not suffer from programs beside it), and the share of the cores that
other programs had.

Ids: Japanese to token ids, beside one process of fugashi and a fast tokenizer; the ids are compared.

Memory: a gigabyte of Japanese, streamed, to token ids; the proportional set size of all processes together.

Text is real where LANGRET_DATA has some, else of generated worlds; repetitions carry a running number. Rounds
alternate, the best of each side counts.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

# The baseline is one process on one core.
os.environ.update(TOKENIZERS_PARALLELISM="false", RAYON_NUM_THREADS="1")

from _machine import busy_seconds, cores, save, wait_until_quiet
from _memory import memory_row
from _texts import first, library, passages

from langret.language import Language, get_language
from langret.text import map_texts

LANGUAGES = ["ja", "ja-sudachi", "zh", "th", "ar", "en", "fi", "id", "de", "fa", "hi", "ko", "sw", "tr", "vi"]
TARGET = 0.9


class Timing(NamedTuple):
    """What some work took.

    Attributes:
        seconds: On the clock.
        processor: Seconds of processor time of this process and of those that it started and ended.
        others: Share of all cores that other programs had meanwhile.
    """

    seconds: float
    processor: float
    others: float


def timed(work: Callable[[], object]) -> Timing:
    """Do some work, and say what it took."""

    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    start, before, busy = time.perf_counter(), used(), busy_seconds()
    work()
    seconds, processor = time.perf_counter() - start, used() - before
    others = (busy_seconds() - busy - processor) / seconds / cores()
    return Timing(seconds, processor, min(max(others, 0.0), 1.0))


def exhaust(results: Iterable[object]) -> None:
    for _ in results:
        pass


def _alone(code: str, texts: list[str], ready: Any) -> None:
    _, words = library(code)
    words(texts[0])
    ready.wait()
    exhaust(map(words, texts))


def side_by_side(code: str, texts: list[str]) -> float:
    """Seconds in which as many processes as there are cores find the words of all texts, over their number."""
    fork = multiprocessing.get_context("fork")
    ready = fork.Barrier(cores() + 1)
    processes = [fork.Process(target=_alone, args=(code, texts, ready)) for _ in range(cores())]
    for process in processes:
        process.start()
    ready.wait()
    start = time.perf_counter()
    for process in processes:
        process.join()
    return (time.perf_counter() - start) / cores()


def words_row(language: Language, seconds: float, rounds: int) -> dict[str, object]:
    distinct, source = passages(language)
    name, bare = library(language.code)
    method = "segmented" if language.presegment else "segment"
    sample = first(distinct, 200_000)
    exhaust(map(bare, sample))
    raw = first(distinct, round(200_000 * seconds / timed(lambda: exhaust(map(bare, sample))).seconds))
    characters = sum(map(len, raw))
    texts = first([language.normalize(text) for text in distinct], characters)
    sides = {
        "bare": lambda: exhaust(map(bare, texts)),
        "words": lambda: exhaust(map_texts(language, texts, method)),
        "normal": lambda: exhaust(map_texts(language, raw, "normalize")),
    }
    found: dict[str, list[Timing]] = {side: [] for side in sides}
    beside = []
    for _ in range(rounds):
        for side, work in sides.items():
            found[side].append(timed(work))
        beside.append(side_by_side(language.code, texts))
    best = {side: min(timings) for side, timings in found.items()}

    def langret(*sides: str) -> dict[str, float]:
        seconds = sum(best[side].seconds for side in sides)
        ratio = best["bare"].seconds / seconds
        return {
            "langret_characters_per_second": round(characters / seconds),
            "ratio": round(ratio, 2),
            "ratio_per_core": round(ratio / cores(), 2),
            "ratio_to_side_by_side": round(min(beside) / seconds, 2),
        }

    return {
        "text": f"{source}, {len(distinct):,} passages",
        "version": language.version,
        "library": name,
        "characters": characters,
        "bare_characters_per_second": round(characters / best["bare"].seconds),
        "bare_side_by_side": round(characters / min(beside)),
        **langret("words"),
        "with_normalising": langret("words", "normal"),
        "target_per_core": TARGET,
        "share_of_others": round(max(best["bare"].others, best["words"].others), 2),
    }


def words_table(codes: list[str], seconds: float, rounds: int, patience: float) -> dict[str, object]:
    print(
        "words, thousands of characters a second; ratios to one process of the bare library over cores, and to as"
    )
    print("many as there are cores side by side (target 0.90 of either)")
    print(f"{'':<11}{'':<11}{'bare':>7}{'side by side':>14}{'langret':>9}{'/ cores':>9}{'/ side':>8}", end="")
    print(f"{'normalised too':>17}{'/ cores':>9}{'/ side':>8}{'others':>8}")
    rows: dict[str, object] = {}
    for code in codes:
        wait_until_quiet(patience)
        row: Any = words_row(get_language(code), seconds, rounds)
        rows[code] = row
        print(f"{code:<11}{row['library']:<11}{row['bare_characters_per_second'] / 1e3:>7,.0f}", end="")
        print(f"{row['bare_side_by_side'] / 1e3:>14,.0f}", end="")
        for part, width in ((row, 9), (row["with_normalising"], 17)):
            print(f"{part['langret_characters_per_second'] / 1e3:>{width},.0f}", end="")
            print(f"{part['ratio_per_core']:>9.2f}{part['ratio_to_side_by_side']:>8.2f}", end="")
        print(f"{row['share_of_others']:>8.0%}", flush=True)
    return rows


def ids_row(seconds: float, rounds: int) -> dict[str, object]:
    """Japanese: ids of one process of the library and a fast tokenizer, and ours."""
    from transformers import AutoTokenizer

    from langret.tokenizer import encode_texts, train_tokenizer

    language = get_language("ja")
    distinct, source = passages(language)
    distinct = [language.normalize(text) for text in distinct]
    texts = first(distinct, round(500_000 * seconds))
    characters = sum(map(len, texts))
    _, words = library("ja")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "tokenizer"
        training = timed(lambda: train_tokenizer(language, distinct, 16_000).save_pretrained(folder)).seconds
        tokenizer = AutoTokenizer.from_pretrained(folder)

        def bare(texts: list[str]) -> list[int]:
            lengths: list[int] = []
            for start in range(0, len(texts), 1000):
                batch = [words(text) for text in texts[start : start + 1000]]
                lengths += map(len, tokenizer(batch, add_special_tokens=False)["input_ids"])
            return lengths

        expected = bare(texts)
        theirs, ours = [], []
        for _ in range(rounds):
            theirs.append(timed(lambda: bare(texts)).seconds)
            start = time.perf_counter()
            store = encode_texts(texts, folder, Path(scratch) / "ids", language=language)
            ours.append(time.perf_counter() - start)
            if (store.offsets[1:] - store.offsets[:-1]).tolist() != expected:
                raise SystemExit("the two sides give different ids")
    ratio = min(theirs) / min(ours)
    print(
        f"ids: ja, {characters / min(theirs) / 1e3:,.0f} thousand characters a second by fugashi and tokenizer in one ",
        end="",
    )
    print(
        f"process, {characters / min(ours) / 1e3:,.0f} by langret; ratio {ratio:.2f}, / cores {ratio / cores():.2f}"
    )
    return {
        "text": f"{source}, {len(distinct):,} passages",
        "characters": characters,
        "bare_characters_per_second": round(characters / min(theirs)),
        "langret_characters_per_second": round(characters / min(ours)),
        "ratio": round(ratio, 2),
        "ratio_per_core": round(ratio / cores(), 2),
        "target_per_core": TARGET,
        "tokenizer_training_seconds": round(training, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="whose words; default: all")
    parser.add_argument("--part", choices=("words", "ids", "memory"), help="default: all three")
    parser.add_argument(
        "--seconds", type=float, default=10, help="how long one process of the bare library works"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--patience", type=float, default=0, help="minutes to wait for quiet cores, each time"
    )
    parser.add_argument("--megabytes", type=int, default=1000, help="of text for the memory")
    parser.add_argument("--no-save", action="store_true")
    options = parser.parse_args()
    codes = options.languages or LANGUAGES
    parts: dict[str, Callable[[], dict[str, object]]] = {
        "words": lambda: words_table(codes, options.seconds, options.rounds, options.patience),
        "ids": lambda: ids_row(options.seconds, options.rounds),
        "memory": lambda: memory_row("ja", options.megabytes),
    }
    results = {part: work() for part, work in parts.items() if options.part in (None, part)}
    whole = options.part is None and not options.languages
    if whole and not options.no_save:
        save("segmentation", results)


if __name__ == "__main__":
    main()
