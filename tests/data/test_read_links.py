"""Links of documents as queries."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data.readers.links import links
from langret.errors import RecipeError
from langret.recipe.schema import Source


def found(text: str) -> list[tuple[int, str, str]]:
    return [(link.line, link.text, link.target) for link in links(text)]


def pairs(collection) -> dict[str, list[str]]:
    words = dict(
        zip(collection.queries["id"].to_pylist(), collection.queries["text"].to_pylist(), strict=True)
    )
    return {words[q]: p for q, p in collection.positives().items()}


def rejected(collection) -> dict[str, str]:
    return {row["found"]: row["reason"] for row in collection.rejected.to_pylist()}


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ('前\n[**太い** 字](../a.md#節 "題")', [(2, "太い 字", "../a.md#節")]),
        ("[a `b`](<c.md>) ![絵](d.png) [![絵](d.png)](e.md)", [(1, "a b", "c.md"), (1, "絵", "e.md")]),
        ("[一][R] [r][] [無][無い]\n\n[r]: a.md\n[R]: b.md", [(1, "一", "a.md"), (1, "r", "a.md")]),
        ("<a class=x href='a.md'>見る</a> <a name=\"n\"></a>", [(1, "見る", "a.md")]),
        ("`[x](a.md)`\n\n```\n[y](b.md)\n```\n[z](c_(d).md)", [(6, "z", "c_(d).md")]),
        ("[!include [banner](../b.md)] <!-- [x](a.md)\n --> \\[no](a.md) [y](c.md)", [(2, "y", "c.md")]),
    ],
)
def test_links_are_found_where_they_are(markdown, expected):
    assert found(markdown) == expected


def test_links_become_queries_of_what_they_lead_to(write, read):
    opening = "序。[二の設定](../b/Two.md#own) と [二](../b/two)、[次の節](#下)、[消えた](gone.md)。"
    write("a/one.md", f"# 一\n\n{opening}\n\n## 下\n\n底。")
    anchors = '<a name="own"></a><a id="old"></a>'
    outside = "[外](https://x.org) [画](x.png)"
    write("b/Two.md", f"# 二\n\n本文。\n\n## {anchors}設定\n\n表。[古い名](#OLD)\n\n{outside}")
    got = read(".", links=True)
    assert pairs(got) == {
        "一": ["a/one.md", "a/one.md#下"],
        "下": ["a/one.md#下"],
        "二": ["b/Two.md", "b/Two.md#own"],
        "設定": ["b/Two.md#own"],
        "二の設定": ["b/Two.md#own"],
        "次の節": ["a/one.md#下"],
        "古い名": ["b/Two.md#own"],
    }
    written = [name for name in got.queries["id"].to_pylist() if name.startswith("links:")]
    assert len(written) == 3, "a link whose words are a title is that title's query"
    assert rejected(got) == {"a/gone.md (links: 1)": "dead_link"}
    assert got.rejected["where"].to_pylist()[0].endswith("one.md:3")
    without = read(".")
    assert pairs(without).keys() == {"一", "下", "二", "設定"} and not without.rejected.num_rows


def test_words_that_lead_anywhere_are_no_query(write, read):
    for n in range(3):
        write(f"{n}.md", f"# 題{n}\n\n[こちら]({(n + 1) % 3}.md) [{n}]({n}.md) [二所]({n % 2}.md)")
    got = read(".", links=True)
    assert set(pairs(got)) == {"題0", "題1", "題2", "二所"}
    assert rejected(got) == {"こちら (places: 3)": "vague_link"} | {
        f"{n} (places: 1)": "vague_link" for n in range(3)
    }


def test_dead_links_are_counted_once_a_target(write, read):
    write("a.md", "# 題\n\n本文 [x](b.md) [y](b.md#z) [w](./b.md) [v](/site/path) [u](a.md#none)")
    got = read(".", links=True)
    assert rejected(got) == {
        "b.md (links: 2)": "dead_link",
        "b.md#z (links: 1)": "dead_link",
        "a.md#none (links: 1)": "dead_link",
    }


def test_links_belong_to_folders_of_markdown(write, read):
    with pytest.raises(ValueError, match="belongs to a folder of Markdown"):
        Source(hub="a/b", links=True)
    write("faq.jsonl", '{"query": "問", "positive": "答え"}\n')
    with pytest.raises(RecipeError, match="belongs to a folder of Markdown, and this is read as jsonl"):
        read("faq.jsonl", links=True)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab あ#*_`[]()!<>=\n~:\\&;\"' /.md"), max_size=120))
def test_any_text_is_searched_without_an_error(text):
    assert all(1 <= link.line <= text.count("\n") + 1 for link in links(text))


@pytest.mark.parametrize("unit", ["[", "<!--", "[a][", "<a href=", "`a ", "![[", "[a](", "``x`[](a)` "])
def test_repeated_markup_takes_no_quadratic_time(unit):
    def seconds(size: int) -> float:
        start = time.perf_counter()
        list(links(unit * (size // len(unit))))
        return time.perf_counter() - start

    small = min(seconds(10_000) for _ in range(3))
    assert seconds(80_000) < 30 * small + 0.2, "8 times the text may take 8 times as long, not 64 times"


@pytest.mark.parametrize(("code", "least"), [("ja", 60), ("ar", 60)])
def test_real_documentation(code, least, langret_data, read):
    folder = str(langret_data / code / "d365_docs" / "finance" / "general-ledger")
    got, without = read(folder, links=True), read(folder)
    written = [name for name in got.queries["id"].to_pylist() if name.startswith("links:")]
    assert len(written) >= least and got.queries.num_rows == without.queries.num_rows + len(written)
    assert got.passages.equals(without.passages)
    assert set(got.rejected["reason"].to_pylist()) == {"dead_link"}
    assert got.judgements.filter(got.judgements["kept"]).num_rows == got.judgements.num_rows
