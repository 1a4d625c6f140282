from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.readers.markdown import plain, sections
from langret.errors import DataError

PAGE = """---
title: 入門の手引き
ms.date: 13/45/2022
---
# <a name="start"></a>入門

[!include [banner](../includes/banner.md)]

はじめに **読む** [ページ](other.md) です。

## <a name="setup"></a>設定

> [!NOTE]
> 注意する *こと*。

1. `コマンド` を打つ
2. 次へ

```
# これは見出しではない
<b>そのまま</b>
```

## 空の見出し

### 細部

| 列 | 値 |
|---|---|
| 甲 | 1 |

<table><tr><td>乙</td><td>2</td></tr></table>

## 設定

二つ目の設定。
"""


def by_id(collection) -> dict[str, str]:
    return dict(
        zip(collection.passages["id"].to_pylist(), collection.passages["text"].to_pylist(), strict=True)
    )


def pairs(collection) -> dict[str, list[str]]:
    words = dict(
        zip(collection.queries["id"].to_pylist(), collection.queries["text"].to_pylist(), strict=True)
    )
    return {words[q]: p for q, p in collection.positives().items()}


def test_sections_become_passages_and_headings_queries(write, read):
    write("docs/page.md", PAGE)
    write("docs/.hidden/x.md", "# no")
    write("docs/LICENSE", "not a document")
    got = read("docs")
    found = by_id(got)
    assert list(found) == ["page.md", "page.md#setup", "page.md#細部", "page.md#設定"]
    assert found["page.md"] == "はじめに 読む ページ です。"
    assert found["page.md#setup"] == (
        "注意する こと。\n\n1. コマンド を打つ\n2. 次へ\n\n# これは見出しではない\n<b>そのまま</b>"
    )
    assert found["page.md#細部"].split() == ["列", "値", "甲", "1", "乙", "2"]
    assert pairs(got) == {
        "入門の手引き": ["page.md", "page.md#setup", "page.md#細部", "page.md#設定"],
        "設定": ["page.md#setup", "page.md#設定"],
        "細部": ["page.md#細部"],
    }
    titles = dict(zip(got.passages["id"].to_pylist(), got.passages["title"].to_pylist(), strict=True))
    assert titles["page.md"] == "" and titles["page.md#setup"] == "入門の手引き"
    assert not got.rejected.num_rows, "a broken date in the front matter costs nothing"


def test_plain_text_and_nested_folders(write, read):
    write("a/b.txt", "題名の行\n\n本文の段落。\n\n次の段落。\n")
    write("a/c.txt", "題名のない一段落だけの文書。")
    got = read(".")
    assert by_id(got) == {"a/b.txt": "本文の段落。\n\n次の段落。", "a/c.txt": "題名のない一段落だけの文書。"}
    assert pairs(got) == {"題名の行": ["a/b.txt"]}


def test_long_sections_are_cut_between_paragraphs(write, read):
    paragraphs = [f"{n} " + "あ" * 900 for n in range(5)]
    write("a.md", "# 題\n\n" + "\n\n".join(paragraphs))
    got = read("a.md")
    assert list(by_id(got)) == ["a.md", "a.md~2", "a.md~3"]
    assert "\n\n".join(by_id(got).values()) == "\n\n".join(paragraphs)
    assert pairs(got) == {"題": ["a.md", "a.md~2", "a.md~3"]}


def test_bad_documents(write, read):
    path = write("bad.md", "一行目\n".encode() + "日本".encode("cp932"))
    write("matter.md", "---\ntitle: [unclosed\n---\n# 見出し\n\n本文。")
    got = read(".")
    rejected = {r["where"]: r["reason"] for r in got.rejected.to_pylist()}
    assert rejected[f"{path}:2"] == "invalid_utf8"
    assert "bad_front_matter" in rejected.values()
    assert pairs(got) == {"見出し": ["matter.md"]}
    write("empty/x.bin", b"\0")
    with pytest.raises(DataError, match=r"No file in the folder is of a known format.*x.bin"):
        read("empty")
    with pytest.raises(DataError, match="no Markdown or text file"):
        read("empty", format="folder")


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("![図 [一]](a.png) と [![絵](b.png)](c.md)", "図 [一] と 絵"),
        ("**太字** __太字__ *斜体* _斜体_ ~~取消~~", "太字 太字 斜体 斜体 取消"),
        ("snake_case_name と 2 * 3 * 4", "snake_case_name と 2 * 3 * 4"),
        ("`a*b*` と \\*星\\* &amp; &lt;", "a*b* と *星* & <"),
        ("<https://example.org/x> <!-- 隠す\n二行 --> 見える", "https://example.org/x 見える"),
        ("- 一\n* 二\n+ [x] 三", "一\n二\n三"),
        ("[参照][ref] 文\n\n[ref]: http://example.org", "参照 文"),
        ("1 < 2 かつ 3 > 2", "1 < 2 かつ 3 > 2"),
        (":::row:::\n中身\n:::row-end:::", "中身"),
        ("[!VIDEO https://example.org/v] 後", "後"),
    ],
)
def test_markup_goes_and_words_stay(markdown, expected):
    assert plain(markdown) == expected


def test_setext_headings_fences_and_slugs():
    text = "大\n===\n\n本文\n\n小\n---\n\n~~~\nx\n```\n~~~\n\n## A & B!\n\n"
    text += "## {#own} y\n\n## y {#own}\nz\n\n- 表\n---\n"
    got = [(s.level, s.heading, s.slug) for s in sections(text)]
    assert got == [
        (0, "", ""), (1, "大", "大"), (2, "小", "小"), (2, "A & B!", "a-b"),
        (2, "{#own} y", "own-y"), (2, "y", "own"),
    ]  # fmt: skip
    assert next(s for s in sections(text) if s.heading == "小").blocks == ["x\n```"]


def test_the_same_anchor_twice_stays_two_sections():
    text = "".join(f'## <a name="{a}"></a>h\n\nt{n}\n' for n, a in enumerate(["x", "x-1", "x", "x"]))
    slugs = [s.slug for s in sections(text)][1:]
    assert len(set(slugs)) == 4


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab あ#*_`[]()!<>|-=\n~:{}\\&;\"' /"), max_size=120))
def test_any_text_is_split_without_an_error(text):
    slugs = [s.slug for s in sections(text)]
    assert len(set(slugs)) == len(slugs)


@pytest.mark.parametrize("unit", ["[", "<!--", "**a ", "[a][", "<script>", " \n", "\t", "`a ", "| - ", "![["])
def test_repeated_markup_takes_no_quadratic_time(unit):
    import time

    def seconds(size: int) -> float:
        start = time.perf_counter()
        list(sections(unit * (size // len(unit))))
        return time.perf_counter() - start

    small = min(seconds(10_000) for _ in range(3))
    assert seconds(80_000) < 30 * small + 0.2, "8 times the text may take 8 times as long, not 64 times"


def test_real_documentation(langret_data, read):
    got = read(str(langret_data / "ja" / "d365_docs" / "finance" / "accounts-payable"))
    found = by_id(got)
    assert "set-up-positive-pay-ER.md#recall-a-positive-pay-file" in found
    assert not any("](" in t or "[!" in t or "<a " in t for t in found.values())
    assert got.rejected.num_rows == 0
    assert len(pairs(got)) > 200
