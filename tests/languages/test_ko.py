"""Korean: conformance, what normalising must keep, and what must match in BM25."""

from __future__ import annotations

import unicodedata

import pytest
from langret_ko import Korean
from langret_ko.world_words import final_consonant, shaped

from langret.language.conformance import Conformance


class TestKorean(Conformance):
    code = "ko"

    def plugin(self) -> Korean:
        return Korean()


KO = Korean()


def common(one: str, other: str) -> float:
    """Share of the terms of the first text that the second has."""
    a, b = set(KO.analyze(KO.normalize(one))), set(KO.analyze(KO.normalize(other)))
    return len(a & b) / len(a)


@pytest.mark.parametrize("text", ["한글 맞춤법", "값싼 옷", "닭갈비와 찰떡", "ㄱ부터 ㅎ까지"])
def test_decomposed_syllables_are_composed(text):
    assert KO.normalize(unicodedata.normalize("NFD", text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ㅋㅋㅋ 진짜 ㅠㅠ", "ㅋㅋㅋ 진짜 ㅠㅠ"),
        ("ㄱㅏ나다", "ㄱㅏ나다"),  # NFKC makes 가나다 of it
        (
            unicodedata.normalize("NFKC", "ㅋㅋㅋ 진짜 ㅠㅠ"),
            "ㅋㅋㅋ 진짜 ㅠㅠ",
        ),  # a corpus that NFKC went through
        ("서울ㆍ부산・대구･광주", "서울·부산·대구·광주"),
        ("\u1112\u119e\u11ab글", "\u1112\u119e\u11ab글"),  # 15th century spelling has no character of its own
        ("ＫＢＳ　９시", "KBS 9시"),
        ("樂園\uf914園", "樂園樂園"),  # the code page lists a character once for each of its readings
        ("가\u200b나\ufeff다", "가나다"),
        ("1∼3월, 4～6월", "1~3월, 4~6월"),
        ("㈜한국 ㎏", "(주)한국 kg"),
        ("가\u3164나", "가 나"),
    ],
)
def test_one_form(text, expected):
    assert KO.normalize(text) == expected


def test_half_width_hangul_is_composed_as_a_keyboard_does():
    assert KO.normalize("ﾾￂﾤﾡￚﾩ") == "한글"
    assert KO.normalize("ﾡￜﾵￂ") == "기사"
    assert KO.normalize("ﾻﾻﾻ") == "ㅋㅋㅋ"


def test_words_keep_their_particles():
    assert KO.segment("새 도서관은, 역에서 5분!") == ["새", "도서관은", ",", "역에서", "5분", "!"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("형태소분석기", "형태소 분석기"),
        ("김치 찌개를", "김치찌개는"),
        ("국립중앙박물관에서", "국립 중앙 박물관"),
        ("솔내강의 길이", "솔내 강은 길이가"),
    ],
)
def test_spacing_and_particles_do_not_matter(one, other):
    assert common(one, other) >= 0.6
    assert common(other, one) >= 0.6


def test_inflected_forms_share_a_term():
    assert common("길을 걸었다", "길에서 걷는 사람") == 1
    assert common("산이 아름다워서", "아름다운 산") == 1


def test_particles_and_endings_are_no_terms():
    assert KO.analyze("도서관에서는 책을 읽었습니다.") == ["도서", "서관", "책", "읽다"]


def test_latin_words_and_numbers_stay_whole():
    assert KO.analyze("KTX 열차는 2024년에") == ["ktx", "열차", "2024", "년"]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("산", "산은 산이 산을 산과 산으로"),
        ("나무", "나무는 나무가 나무를 나무와 나무로"),
        ("물", "물은 물이 물을 물과 물로"),
        ("52km", "52km는 52km가 52km를 52km와 52km로"),
        ("Solnae-gang", "Solnae-gang은 Solnae-gang이 Solnae-gang을 Solnae-gang과 Solnae-gang으로"),
    ],
)
def test_particles_follow_the_last_sound(word, said):
    shape = shaped(word)
    assert " ".join(shape[name] for name in ("은", "이", "을", "과", "로")) == said


def test_final_consonants():
    assert [final_consonant(text) for text in ("가", "각", "물", "1046m")] == [0, 1, 8, 0]
