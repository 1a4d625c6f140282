"""Parallel text: lines and documents that say the same in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.data import clean, read_source
from langret.errors import DataError, RecipeError
from langret.language import get_language
from langret.recipe.schema import BenchmarkSource, Filters, Source

SIDES = {"queries": "ask", "passages": "tell"}


def texts(table) -> dict[str, str]:
    return dict(zip(table["id"].to_pylist(), table["text"].to_pylist(), strict=True))


def pairs(collection) -> dict[str, list[str]]:
    """Query text -> texts of the passages that answer it."""
    asked, told = texts(collection.queries), texts(collection.passages)
    return {asked[q]: sorted(told[p] for p in ids) for q, ids in collection.positives().items()}


def rejected(collection) -> list[tuple[str, str]]:
    return [(Path(row["where"]).name, row["reason"]) for row in collection.rejected.to_pylist()]


def test_line_i_asks_for_line_i_and_equal_lines_are_one(write, read):
    write("ask", "One.\nTwo.\nTwo.\n\nThree.\nOne.\n")
    write("tell", "一。\n二。\n両方。\n\n両方。\n一。\n")
    got = read(format="parallel", files=SIDES)
    assert pairs(got) == {"One.": ["一。"], "Two.": ["両方。", "二。"], "Three.": ["両方。"]}
    assert len(texts(got.queries)) == len(texts(got.passages)) == 3
    assert not got.rejected.num_rows, "a blank line on both sides is no pair"


def test_a_line_without_its_translation_is_counted(write, read):
    write("ask", "One.\n\nThree.\nbroken\nFive.\n")
    write("tell", "一。\n二。\n \n".encode() + "四".encode("cp932") + "\n五。\n".encode())
    got = read(format="parallel", files=SIDES)
    assert pairs(got) == {"One.": ["一。"], "Five.": ["五。"]}
    assert rejected(got) == [
        ("ask:2", "empty_query"),
        ("tell:3", "empty_passage"),
        ("tell:4", "invalid_utf8"),
    ]
    assert "二。" in got.rejected["found"][0].as_py()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=4)] * 2),
        min_size=1,
        max_size=12,
    )
)
def test_every_line_is_a_pair_or_a_reason(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("lines")
    for side, name in enumerate(SIDES.values()):
        (folder / name).write_text("".join(f"{line[side]}\n" for line in lines), encoding="utf-8")
    source = Source(path=str(folder), format="parallel", files=SIDES)
    bare = [tuple(side.strip() for side in line) for line in lines]
    whole = [(a, b) for a, b in bare if a and b]
    if not whole:
        with pytest.raises(DataError):
            read_source(source, base=folder, language=get_language("und"), seed=1)
        return
    got = read_source(source, base=folder, language=get_language("und"), seed=1)
    expected: dict[str, set[str]] = {}
    for a, b in whole:
        expected.setdefault(a, set()).add(b)
    assert pairs(got) == {a: sorted(b) for a, b in expected.items()}
    assert got.rejected.num_rows == sum(bool(a) != bool(b) for a, b in bare)


PAGE = '# <a name="top"></a>{0}\n\n{1}\n\n## <a name="use"></a>{2}\n\n{3}\n'


def test_documents_are_joined_by_path_and_anchor(write, read):
    write("ask/a.md", PAGE.format("Printer", "About it.", "Use", "Press the button."))
    write("tell/a.md", PAGE.format("プリンター", "これについて。", "使い方", "ボタンを押す。"))
    write("ask/sub/b.md", "# Only here\n\nNothing.\n")
    write("tell/c.md", "# ここだけ\n\n誰も聞かない。\n")
    got = read(format="parallel", files=SIDES)
    assert texts(got.passages) == {
        "a.md": "これについて。",
        "a.md#use": "ボタンを押す。",
        "c.md": "誰も聞かない。",
    }
    assert pairs(got) == {"Printer": ["これについて。", "ボタンを押す。"], "Use": ["ボタンを押す。"]}
    # what stands on one side alone is set aside and counted
    funnel = got.funnel()
    assert funnel["queries"] == {"in": 3, "kept": 2, "no_positive": 1}
    assert funnel["judgements"]["unknown_passage"] == 1
    assert got.passages["title"].to_pylist() == ["", "プリンター", ""]


def test_parts_of_a_long_section_are_joined_with_the_whole(write, read):
    long = "\n\n".join(f"{n} " + "x" * 1500 for n in range(3))
    write("ask/a.md", f"# Long\n\n{long}\n")
    write("tell/a.md", "# 短い\n\n一つだけ。\n")
    assert pairs(read(format="parallel", files=SIDES)) == {"Long": ["一つだけ。"]}
    back = read(format="parallel", files={"queries": "tell", "passages": "ask"})
    assert [len(found) for found in pairs(back).values()] == [3]
    assert set(texts(back.passages)) == {"a.md", "a.md~2", "a.md~3"}


def test_plain_text_documents_have_titles_too(write, read):
    write("ask/a.txt", "The title\n\nText.\n")
    write("tell/a.txt", "題名\n\n本文。\n")
    assert pairs(read(format="parallel", files=SIDES)) == {"The title": ["本文。"]}


def test_what_cannot_be_joined_is_an_error_that_says_why(write, read):
    write("ask", "1\n2\n3\n")
    write("tell", "1\n2\n")
    with pytest.raises(DataError, match="ask has 3 lines and tell 2"):
        read(format="parallel", files=SIDES)
    write("empty", "")
    with pytest.raises(DataError, match="empty: The file is empty"):
        read(format="parallel", files={"queries": "ask", "passages": "empty"})
    with pytest.raises(DataError, match=r'no \'tel\'.*Did you mean "tell"'):
        read(format="parallel", files={"queries": "ask", "passages": "tel"})
    write("blank", "\n \n")
    write("blank2", "\n\n")
    with pytest.raises(DataError, match="Not one passage"):
        read(format="parallel", files={"queries": "blank", "passages": "blank2"})
    write("docs/a.md", "# a\n\nx\n")
    with pytest.raises(DataError, match="docs is a folder and tell a file"):
        read(format="parallel", files={"queries": "docs", "passages": "tell"})
    write("others/b.md", "# b\n\ny\n")
    with pytest.raises(DataError, match=r'Not one section of docs stands in others.*"a.md" and "b.md"'):
        read(format="parallel", files={"queries": "docs", "passages": "others"})
    write("none/x.bin", b"\0")
    with pytest.raises(DataError, match="no Markdown or text file"):
        read(format="parallel", files={"queries": "docs", "passages": "none"})
    for files in ({}, {"queries": "ask"}, {**SIDES, "qrels": "tell"}):
        with pytest.raises(RecipeError, match="needs two files or two folders"):
            read(format="parallel", files=files)


def test_real_sentence_pairs(langret_data):
    source = BenchmarkSource(
        name="t",
        path=str(langret_data / "multi/tatoeba"),
        format="parallel",
        files={"queries": "tatoeba.jpn-eng.jpn", "passages": "tatoeba.jpn-eng.eng"},
    )
    got = read_source(source, base=Path(), language=get_language("en"), seed=1)
    got = clean(got, get_language("en"), Filters(), role="benchmark", query_language=get_language("ja"))
    assert len(got.positives()) == 1000 and not got.rejected.num_rows
    assert all(len(found) == 1 for found in got.positives().values())
    assert pairs(got)["彼は手紙を書く。"] == ["He writes a letter."]


def test_real_documentation_in_two_languages(langret_data):
    source = BenchmarkSource(
        name="d",
        path=str(langret_data),
        format="parallel",
        files={"queries": "ja/d365_docs", "passages": "ar/d365_docs"},
    )
    got = read_source(source, base=Path(), language=get_language("ar"), seed=1)
    funnel = got.funnel()
    assert funnel["passages"]["kept"] > 3500 and funnel["queries"]["kept"] > 2500
    # most of what the Arabic side lacks are the 121 documents that were never translated
    assert funnel["queries"]["no_positive"] < 0.2 * funnel["queries"]["in"]
    first = "finance/asset-leasing/asset-leasing-quick-start.md"
    query = next(q for q, text in texts(got.queries).items() if text == "資産リースの要素")
    # a section too long for one passage, in Arabic more than in Japanese
    assert got.positives()[query] == [f"{first}#asset-leasing-elements", f"{first}#asset-leasing-elements~2"]
    assert get_language("ar").in_script(texts(got.passages)[f"{first}#asset-leasing-elements"]) > 0.8
