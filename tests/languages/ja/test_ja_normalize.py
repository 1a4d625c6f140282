import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langret_ja import Japanese

normalize = Japanese().normalize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "がぎぐげござパピプペポヴ",
            "がぎぐげござパピプペポヴ",
        ),  # dakuten stays (BERT's accent stripping loses it)
        ("か\u3099は\u309a", "がぱ"),
        ("か\u309bは\u309c", "がぱ"),  # spacing marks, which NFKC tears off with a space
        ("ｶﾞｷﾞﾊﾟｱｰ", "ガギパアー"),
        ("東京\u301c大阪", "東京~大阪"),
        ("東京\uff5e大阪", "東京~大阪"),
        ("10\u22125 10\uff0d5 10\u20105", "10-5 10-5 10-5"),
        ("駅\u2015\u2014", "駅\u2014\u2014"),
        ("ＡＢＣ１２３", "ABC123"),
        ("㈱①㌔", "(株)1キロ"),
        ("½", "1/2"),
        ("全角\u3000の\t空白\r\n です ", "全角 の 空白 です"),
        ("葛\U000e0100飾区", "葛飾区"),
        ("零\u200b幅\ufeff文\u00ad字\u0000だ\x07", "零幅文字だ"),
        ("対\ud800なし", "対なし"),
        ("ー々〆", "ー々〆"),
        ("iPhone", "iPhone"),
        ("", ""),
        (" \u3000\n", ""),
    ],
)
def test_known_traps(text: str, expected: str) -> None:
    assert normalize(text) == expected


@pytest.mark.parametrize("jis", [b"\x81\x60", b"\x81\x61", b"\x81\x7c", b"\x81\x5c"])
def test_code_page_twins_agree(jis: bytes) -> None:
    """The same two bytes as two code pages read them: wave dash, double bar, minus, long dash."""
    assert normalize(jis.decode("shift_jis")) == normalize(jis.decode("cp932"))


@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
    assert unicodedata.is_normalized("NFKC", once)
    assert once == once.strip() and "  " not in once
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in once)
    once.encode()


def test_every_character_alone_and_after_kana() -> None:
    for number in range(0, 0x30000):
        once = normalize(f"か{chr(number)}")
        assert normalize(once) == once, hex(number)
