from __future__ import annotations

import sys

import pytest

from langret.errors import MissingDependencyError
from langret.language import get_language
from langret.language.conformance import Conformance

pytest.importorskip("sudachipy", reason="the extra [ja-sudachi] is not installed")


class TestJapaneseSudachiConforms(Conformance):
    code = "ja-sudachi"


def test_compounds_stay_whole_where_fugashi_splits_them():
    text = "選挙管理委員会は東京都千代田区にあります。"
    words = get_language("ja-sudachi").segment(text)
    assert {"選挙管理委員会", "東京都千代田区"} <= set(words)
    assert len(words) < len(get_language("ja").segment(text))


def test_spellings_of_one_word_are_one_term():
    ja = get_language("ja-sudachi")
    assert ja.analyze("サーバー") == ja.analyze("サーバ")
    assert ja.analyze("打込む") == ja.analyze("打ち込む")


def test_a_missing_library_names_the_extra(monkeypatch):
    from langret_ja import sudachi

    monkeypatch.setitem(sys.modules, "sudachipy", None)
    sudachi._tokenizer.cache_clear()
    try:
        with pytest.raises(MissingDependencyError, match=r"pip install 'langret\[ja-sudachi\]'"):
            get_language("ja-sudachi").segment("本")
    finally:
        sudachi._tokenizer.cache_clear()
