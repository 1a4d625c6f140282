"""What plugins share."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from langret.errors import MissingDependencyError
from langret.language import tools
from langret.language.tools import Packages, uax29_sentences, uax29_words


@given(st.text())
def test_words_joined_are_the_text_without_its_spaces(text):
    assert "".join(uax29_words(text)) == "".join(text.split())


def test_words_are_those_of_unicode():
    assert uax29_words("Don't stop at 3.14, l'été!") == ["Don't", "stop", "at", "3.14", ",", "l'été", "!"]


@given(st.text(st.sampled_from('aBあ1.?!。,;:)"「」 \n\r\t\u00ad\u0301ก؟،…\u2028-')))
def test_sentences_joined_are_the_text(text):
    sentences = uax29_sentences(text)
    assert "".join(sentences) == text
    assert all(sentences)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It costs 3.5 million. U.S. law says so.", ["It costs 3.5 million. ", "U.S. law says so."]),
        ("Tea, milk etc. are sold. What?! Yes.", ["Tea, milk etc. are sold. ", "What?! ", "Yes."]),
        ("(So it was.) Then... nothing; no.", ["(So it was.) ", "Then... nothing; no."]),
        (
            "文です。「本当ですか？」と聞いた。はい！",
            ["文です。", "「本当ですか？」", "と聞いた。", "はい！"],
        ),
        ("هل هذا سؤال؟ نعم. تم.", ["هل هذا سؤال؟ ", "نعم. ", "تم."]),
        ("यह वाक्य है। दूसरा।", ["यह वाक्य है। ", "दूसरा।"]),
        ("ไม่มีจุด มีแต่ช่องว่าง\r\nบรรทัดใหม่", ["ไม่มีจุด มีแต่ช่องว่าง\r\n", "บรรทัดใหม่"]),
    ],
)
def test_sentences_are_those_of_unicode(text, sentences):
    assert uax29_sentences(text) == sentences


# Every word break class, and white space of several of them: what may join across a space is the question.
_tricky = st.text(
    "ab1'\".:,_- \t\n\r\x0b\x85\xa0\u2028\u202f\u3000\u0301\u200d\u200c\xad\ufe0fアﾞא文ไ\U0001f1e9😀🏽",
    max_size=12,
)


@given(st.one_of(_tricky, st.text(st.characters(exclude_categories=()), max_size=40)))
@example('oli \u0301"synnin')
@example("a \u200db")
def test_tokens_that_are_looked_up_change_nothing(text):
    pieces = regex.split(r"(?V1w)\b", text)
    assert uax29_words(text) == [word for piece in pieces for word in piece.split()]


def test_what_is_remembered_is_computed_once_and_bounded(monkeypatch):
    monkeypatch.setattr(tools, "_REMEMBERED", 10)
    asked = []
    lengths = tools.Remembered(lambda text: asked.append(text) or len(text))
    assert [lengths[text] for text in ("ab", "ab", "x" * 1000, "ab")] == [2, 2, 1000, 2]
    assert asked == ["ab", "x" * 1000]
    assert [lengths[f"word{number}"] for number in range(95)] == [5] * 10 + [6] * 85
    assert len(lengths) <= 10 and "x" * 1000 not in lengths


def test_packages_that_are_there():
    packages = Packages("Tests", ("pytest", "hypothesis"), extra="dev")
    assert (
        packages.installed()
        == f"pytest-{pytest.__version__} hypothesis-" + packages.installed().split("-")[-1]
    )
    assert packages.load("pytest") is pytest


@pytest.mark.parametrize("ask", [Packages.installed, lambda packages: packages.load("no_such_module")])
def test_packages_that_are_missing_say_what_to_install(ask):
    with pytest.raises(MissingDependencyError, match="Tibetan words") as caught:
        ask(Packages("Tibetan words", ("no-such-package",), extra="bo"))
    assert caught.value.hint == "Run: pip install 'langret[bo]'"
