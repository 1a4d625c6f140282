"""Words and BM25 terms by jieba's dictionary, with OpenCC so that both scripts are known to it.

jieba's dictionary is of simplified Chinese. Text is looked up in simplified characters, and words are cut from the
text as it was written. The hidden Markov model that jieba guesses unknown words with stays off: it cuts the same
name differently from sentence to sentence (see ``analyze`` for what that costs).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any

from langret.language.tools import Packages

if TYPE_CHECKING:
    import regex

SEGMENTER = "words-1"
"""Name and version of the rules here. Raise it with every change of what ``segment`` or ``analyze``
returns."""

# jieba holds a list for each character of what it is given, so long texts are cut: at the end of the text, else
# after the last mark of punctuation in reach, else anywhere.
_PIECES = re.compile(r"[\s\S]{1,2048}\Z|[\s\S]{0,2047}[，。！？；：、,!?;:\s]|[\s\S]{1,512}")
# OpenCC takes UTF-8, which has no surrogates; NUL ends a C string.
_UNSAFE = re.compile("[\0\ud800-\udfff]")
_PLACEHOLDER = "\ufffd"
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U000323af]")
_HANS = re.compile(f"{_HAN.pattern}{{2,}}")
# Particles, pronouns, question words and the like, which say nothing of what a passage is about.
_LIGHT = """
的 地 得 了 着 过 吗 呢 吧 啊 呀 么 是 在 有 和 与 及 或 而 但 且 并 也 都 就 还 又 很 于 以 之 其 此 该 为 由
从 被 把 将 对 向 到 这 那 个 这个 那个 我 你 您 他 她 它 我们 你们 他们 什么 哪 哪个 哪些 哪里 哪儿 谁 怎么
怎样 如何 多少 几 请问 是否
"""
_STOP = frozenset(_LIGHT.split())


PACKAGES = Packages("Chinese words", ("jieba", "OpenCC"), extra="zh")


@cache
def converter(config: str) -> Callable[[str], str]:
    """OpenCC's function for a configuration such as ``t2s`` (traditional to simplified).

    Raises:
        MissingDependencyError: OpenCC is not installed.
    """
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise PACKAGES.missing(error) from error
    convert: Callable[[str], str] = OpenCC(config).convert
    return convert


@cache
def _tokenizer() -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba's own: pkg_resources, escapes in its patterns
            jieba = import_module("jieba")
    except ImportError as error:
        raise PACKAGES.missing(error) from error

    class Tokenizer(jieba.Tokenizer):  # type: ignore[name-defined]
        """jieba's, with its two inner loops in one: it would look up every word twice and take its logarithm anew."""

        def get_DAG(self, sentence: str) -> str:
            return sentence

        def calc(self, sentence: str, _: str, route: dict[int, tuple[float, int]]) -> None:
            """The best path, as jieba finds it: from the last character back, of equal paths the longer word."""
            frequency, weights, length = self.FREQ.get, self.weights, len(sentence)
            unknown = weights[1]
            scores = [0.0] * (length + 1)
            for start in range(length - 1, -1, -1):
                best, last = unknown + scores[start + 1], -1
                end = start + 1
                while end <= length and (count := frequency(sentence[start:end])) is not None:
                    if count:
                        score = weights[count] + scores[end]
                        if score >= best or last < 0:
                            best, last = score, end - 1
                    end += 1
                scores[start] = best
                route[start] = best, last if last >= 0 else start

    # A tokenizer of our own: words that others add to jieba's do not change ours. Its dictionary is read here,
    # because jieba would keep it in a file of the shared temporary folder, which any process may have written.
    tokenizer = Tokenizer()
    with (files(jieba) / "dict.txt").open("rb") as file:
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(file)
    tokenizer.weights = _Weights(tokenizer.total)
    tokenizer.initialized = True
    return tokenizer


class _Weights(dict[int, float]):
    """From how often a word occurs in jieba's corpus to the logarithm of its share."""

    def __init__(self, total: int) -> None:
        self._all = log(total)

    def __missing__(self, count: int) -> float:
        self[count] = weight = log(count) - self._all
        return weight


@cache
def _foreign() -> regex.Pattern[str]:
    import regex

    # jieba takes the letters of every alphabet but ASCII one by one, and cuts decimals at the point.
    return regex.compile(
        r"""(?xV1)
        ( (?<!\p{Nd}) \p{Nd}++ (?: [.,] \p{Nd}++ )++
        | (?<![a-zA-Z0-9]) [a-zA-Z0-9]*+ [[\p{L}\p{M}]--[a-zA-Z]--\p{Han}] [[\p{L}\p{M}\p{Nd}]--\p{Han}]* )
        """
    )


def _cut(text: str) -> list[str]:
    """Words of one piece of simplified text without white space."""
    cut = _tokenizer().cut
    words: list[str] = []
    for i, part in enumerate(_foreign().split(text)):
        if i % 2:
            words.append(part)
        elif part:
            words += cut(part, HMM=False)
    return words


def segment(text: str) -> list[str]:
    """Split a text, in either script, into words.

    Args:
        text: Any string; normalised text is what the dictionary knows best.

    Returns:
        Words which, joined, give the text without its white space. Nothing is lost or changed.

    Raises:
        MissingDependencyError: jieba or OpenCC is not installed.
    """
    simplify = converter("t2s")
    words: list[str] = []
    for run in text.split():
        for piece in _PIECES.findall(run):
            safe = _UNSAFE.sub(_PLACEHOLDER, piece)
            simple = simplify(safe)
            if simple == piece:
                words += _cut(piece)
                continue
            start = 0
            # Converting keeps the number of characters; should a new dictionary not, the text is cut as it is.
            for word in _cut(simple if len(simple) == len(piece) else safe):
                words.append(piece[start : start + len(word)])
                start += len(word)
    return words


def analyze(text: str) -> list[str]:
    """Return the BM25 terms of a normalised text: its content words, and every pair of neighbouring Han characters.

    All in simplified characters and lower case, so that either script finds the other. The pairs find names and
    new words that the dictionary cuts in two. Most words of Chinese are such a pair too and so count twice; words
    of other letters and numbers are given twice to be worth as much.

    Chosen on CMRC 2018 (bm25s defaults; dev: 3,219 questions, 848 passages; trial: 1,002 questions, 256 passages),
    R@1 / nDCG@10 on dev, then on trial: pairs of the text as it is .962 / .983, .972 / .984; jieba with its hidden
    Markov model .960 / .979, .962 / .978; without it .970 / .986, .969 / .985; its content words .973 / .988,
    .968 / .984; with the pairs .975 / .989, .972 / .986; as here .978 / .990, .974 / .987. With the questions
    turned into traditional characters the figures stay, while pairs of the text as it is fall to .765 / .818.

    Args:
        text: Normalised text.

    Returns:
        Words in text order, then words of other letters again, then pairs; each as often as it occurs.

    Raises:
        MissingDependencyError: jieba or OpenCC is not installed.
    """
    simple = converter("t2s")(_UNSAFE.sub(" ", text))
    words = [word for run in simple.split() for piece in _PIECES.findall(run) for word in _cut(piece)]
    # 12,000 and 12000 are one number
    terms = [w.lower().replace(",", "") for w in words if w not in _STOP and any(c.isalnum() for c in w)]
    terms += [term for term in terms if not _HAN.match(term)]
    for run in _HANS.findall(simple):
        terms += map("".join, pairwise(run))
    return terms
