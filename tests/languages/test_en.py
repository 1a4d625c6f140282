"""The English plugin: conformance, what must be kept, what must match in BM25, real text."""

from __future__ import annotations

import math
import re

import bm25s
import pytest
from langret_en import English

from langret.language.conformance import Conformance

en = English()


class TestEn(Conformance):
    code = "en"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s the dog‘s", "It's the dog's"),
        ("geht´s", "geht's"),
        ("“quoted” «quoted» „quoted“", '"quoted" "quoted" "quoted"'),
        ("eﬃcient ﬁnal ﬂow", "efficient final flow"),
        ("well\u2010known \u22125", "well-known -5"),
        ("a – b — c…", "a – b — c…"),
        ("soft\u00adware zero\u200bwidth\ufeff", "software zerowidth"),
        ("no\u00a0break", "no break"),
        ("ＡＢＣ１２", "ABC12"),
        ("cafe\u0301", "café"),
        ("m² ½ ™ €5 naïve US", "m² ½ ™ €5 naïve US"),  # NFKC and case folding would change them
        ("e\ufeff\u0301", "é"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_normalize(text, expected):
    assert en.normalize(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I don't know.", ["I", "don't", "know", "."]),
        ("a well-known $1,452.40", ["a", "well", "-", "known", "$", "1,452.40"]),
    ],
)
def test_words(text, words):
    assert en.segment(text) == words


@pytest.mark.parametrize(
    "texts",
    [
        ("the company's profits", "company profit", "COMPANIES' profits"),
        ("organisation", "organization", "organizations"),
        ("analysed colours", "analyzed color"),
        ("the theatre in the centre", "theater center"),
        ("favourite neighbours", "favorite neighbor"),
        ("cheques and tyres", "check, tire"),
        ("the café’s résumés", "cafe resume"),
        ("1,452.4", "1452.4"),
        ("O'Brien", "OBrien"),
        ("Acme™ m²", "acmetm m2"),
    ],
)
def test_terms_that_match(texts):
    first, *others = (en.analyze(en.normalize(text)) for text in texts)
    assert first and all(terms == first for terms in others)


@pytest.mark.parametrize(
    ("one", "other"), [("can", "canning"), ("1,452.4", "14524"), ("basis", "bass"), ("this paris", "pariz")]
)
def test_terms_that_do_not(one, other):
    assert not set(en.analyze(one)) & set(en.analyze(other))


def test_function_words_are_no_terms():
    assert en.analyze("What is it that they were?") == []
    assert en.analyze("It does not work") == ["not", "work"]


def _cranfield(folder):
    text = (folder / "cran.all.1400").read_text()
    passages = [part.split("\n.W\n")[1].strip() for part in re.split(r"^\.I \d+\n", text, flags=re.M)[1:]]
    text = (folder / "cran.qry").read_text()
    queries = [part.split(".W\n")[1] for part in re.split(r"^\.I \d+\n", text, flags=re.M)[1:]]
    gains: list[dict[int, int]] = [{} for _ in queries]
    for line in (folder / "cranqrel").read_text().splitlines():
        query, passage, grade = map(int, line.split())
        if grade > 0:
            gains[query - 1][passage - 1] = 5 - grade
    return passages, queries, gains


def _ndcg(analyze, passages, queries, gains):
    index = bm25s.BM25()
    index.index([analyze(text) for text in passages], show_progress=False)
    total = 0.0
    for query, gain in zip(queries, gains, strict=True):
        best, _ = index.retrieve([analyze(query)], k=10, show_progress=False)
        ideal = sorted(gain.values(), reverse=True)[:10]
        found = [gain.get(number, 0) for number in best[0]]
        total += sum(g / math.log2(i + 2) for i, g in enumerate(found)) / sum(
            g / math.log2(i + 2) for i, g in enumerate(ideal)
        )
    return total / len(queries)


def test_terms_beat_plain_words_on_real_text(langret_data):
    data = _cranfield(langret_data / "en" / "cranfield")
    ours = _ndcg(lambda text: en.analyze(en.normalize(text)), *data)
    plain = _ndcg(lambda text: bm25s.tokenize([text], return_ids=False, show_progress=False)[0], *data)
    assert ours > 0.36 > plain + 0.02
