"""The systems find what evaluation finds, encode once, and say why."""

from __future__ import annotations

import numpy as np
import pytest

from langret.data.records import Passage, Query
from langret.evaluation.lexical import rank_bm25
from langret.evaluation.search import rank
from langret.language import get_language
from langret.mining import BM25Index
from langret.modeling import load_model
from langret.modeling.retriever import Retriever
from langret.report.highlight import Piece
from langret.serve import late, open_target, systems
from langret.serve.documents import open_documents
from langret.serve.marks import Marked, explain_bm25, explain_model, split_title
from langret.serve.systems import open_bm25, open_model
from tests.serve.conftest import untold

QUERIES = ["質問 3 は何ですか", "文書 5 の本文", "script document title"]


@pytest.fixture
def opened(run):
    target = open_target(run)
    return target, open_documents(target, None, untold)


def ids(documents, found) -> list[str]:
    return [documents.passage(place).id for place in found.places]


def encodings(monkeypatch) -> list[str]:
    """Kinds of text that models encode from now on."""
    kinds = []
    real = Retriever.encode

    def encode(self, texts, kind, **rest):
        kinds.append(kind)
        return real(self, texts, kind, **rest)

    monkeypatch.setattr(Retriever, "encode", encode)
    return kinds


def test_bm25_ranks_as_the_baseline_does(opened) -> None:
    target, documents = opened
    system = open_bm25(target.language, documents, untold)
    for query in QUERIES:
        found = system.search(query, 5)
        run = rank_bm25(target.language, [Query("q", query)], documents.collection.kept_passages(), 5)["q"]
        assert dict(zip(ids(documents, found), found.scores, strict=True)) == pytest.approx(run)
        assert ids(documents, found) == list(run)


@pytest.mark.parametrize("number", [0, 1])
def test_a_model_ranks_as_in_evaluation_and_encodes_once(opened, number, monkeypatch) -> None:
    target, documents = opened
    model = target.models[number]
    system = open_model(model, documents, untold)
    passages = list(documents.collection.kept_passages())
    for query in QUERIES:
        found = system.search(query, 5)
        run = rank(load_model(model.folder), [Query("q", query)], passages, 5)["q"]
        assert ids(documents, found) == list(run)
        assert found.scores == pytest.approx(list(run.values()), abs=1e-5)
        assert found.encode is not None and found.encode > 0 and found.search > 0
    read = encodings(monkeypatch)
    again = open_model(model, documents, untold)
    assert ids(documents, again.search(QUERIES[0], 5)) == ids(documents, system.search(QUERIES[0], 5))
    assert "passage" not in read and read


@pytest.mark.parametrize("number", [0, 1])
def test_a_killed_encoding_repeats_one_shard_at_most(opened, number, monkeypatch) -> None:
    target, documents = opened
    monkeypatch.setattr(systems, "SHARD", 4)
    real, read = Retriever.encode, []

    def killed(self, texts, kind, **rest):
        if kind == "passage" and len(read) == 2:
            raise KeyboardInterrupt
        read.append(len(texts))
        return real(self, texts, kind, **rest)

    monkeypatch.setattr(Retriever, "encode", killed)
    with pytest.raises(KeyboardInterrupt):
        open_model(target.models[number], documents, untold)
    assert read == [4, 4]
    monkeypatch.setattr(Retriever, "encode", real)
    calls = encodings(monkeypatch)
    again = open_model(target.models[number], documents, untold)
    assert calls.count("passage") == 1, "the third shard of twelve passages"
    passages = list(documents.collection.kept_passages())
    run = rank(load_model(target.models[number].folder), [Query("q", QUERIES[0])], passages, 5)
    assert ids(documents, again.search(QUERIES[0], 5)) == list(run["q"])


def test_other_weights_are_encoded_anew_and_the_old_vectors_go(opened) -> None:
    target, documents = opened
    model = target.models[0]
    open_model(model, documents, untold)
    (before,) = documents.folder.glob("dense-*")
    (model.folder / "config_sentence_transformers.json").touch()
    open_model(model, documents, untold)
    (after,) = documents.folder.glob("dense-*")
    assert after != before


def test_plaid_finds_what_exact_search_finds(tmp_path, monkeypatch) -> None:
    draw = np.random.default_rng(5)
    vectors = [draw.standard_normal((n, 16)).astype(np.float32) for n in draw.integers(1, 9, 60)]
    vectors = [v / np.linalg.norm(v, axis=1, keepdims=True) for v in vectors]
    vectors[7] = np.zeros((0, 16), np.float32)
    texts = [str(i) for i in range(60)]

    def encode(part):
        return [vectors[int(text)] for text in part]

    arguments = (texts, encode, 16, 20, lambda done: None, untold)
    (tmp_path / "exact").mkdir()
    exact = late.open_late(tmp_path / "exact", *arguments)
    monkeypatch.setattr(late, "FULL", 50)
    monkeypatch.setattr(late, "LONGEST_WAIT", 0.0)
    (tmp_path / "plaid").mkdir()
    plaid = late.open_late(tmp_path / "plaid", *arguments)
    assert sorted(p.name for p in (tmp_path / "plaid").iterdir()) == ["plaid"], "the raw vectors are gone"
    assert not list((tmp_path / "plaid").rglob("*.pkl"))
    asked = vectors[30]
    for index in (exact, plaid, late.open_late(tmp_path / "plaid", texts, None, *arguments[2:])):
        found = index.search(asked, 60 if index is exact else 10)
        assert found[0][0] == 30 and 7 not in [place for place, _ in found]
        assert [s for _, s in found] == sorted((s for _, s in found), reverse=True)
    assert np.array_equal(exact.vectors(30), asked) and plaid.vectors(30) is None


def test_a_colbert_member_shows_its_tokens_without_encoding_passages_again(opened, monkeypatch) -> None:
    target, documents = opened
    system = open_model(target.models[1], documents, untold)
    passages = [documents.passage(place) for place in (3, 5)]
    fresh = explain_model(load_model(target.models[1].folder), QUERIES[0], passages)
    calls = encodings(monkeypatch)
    explained = system.explain(QUERIES[0], passages)
    assert calls == ["query"]
    assert explained == fresh
    assert "".join(piece.text for piece in explained.query) == QUERIES[0]
    for passage in passages:
        marked = explained.passages[passage.id]
        assert "".join(p.text for p in marked.title) == passage.title
        assert "".join(p.text for p in marked.text) == passage.text
        assert max(p.weight for p in (*marked.title, *marked.text)) == 1.0


def test_a_dense_member_marks_a_sentence(opened) -> None:
    target, documents = opened
    system = open_model(target.models[0], documents, untold)
    passage = documents.passage(4)
    marked = system.explain("文書 4", [passage]).passages[passage.id]
    assert (
        sum(p.weight for p in (*marked.title, *marked.text)) >= 1
        and "".join(p.text for p in marked.text) == passage.text
    )


def numbered(pieces) -> list[tuple[str, list[int]]]:
    return [(piece.text, piece.numbers) for piece in pieces if piece.numbers]


def test_bm25_marks_words_by_what_they_add() -> None:
    passages = [
        Passage("a", "The old boat. A red boat, and no other.", "Boats of the lake"),
        Passage("b", "Nothing of it."),
        *(Passage(f"c{i}", "the hill and the house") for i in range(5)),
    ]
    index = BM25Index.build(get_language("und"), passages)
    explained = explain_bm25(index, "the red boat boat?", passages[:2])
    assert numbered(explained.query) == [("the", [1]), ("red", [2]), ("boat", [3]), ("boat", [3])]
    marked = explained.passages["a"]
    assert numbered(marked.title) == [("the", [1])]
    weights = {p.text: p.weight for p in marked.text if p.numbers}
    assert list(weights) == ["The", "boat", "red"]
    assert weights["boat"] == 1.0 > weights["red"] > weights["The"] > 0  # said twice, rare, everywhere
    assert explained.passages["b"] == Marked([], [Piece("Nothing of it.", [], 0.0)])


def test_a_mark_over_the_end_of_the_title_is_cut() -> None:
    pieces = [Piece("On ", [], 0.0), Piece("boats They", [1], 1.0), Piece(" float.", [], 0.0)]
    assert split_title(pieces, Passage("a", "They float.", "On boats")) == Marked(
        [Piece("On ", [], 0.0), Piece("boats", [1], 1.0)],
        [Piece("They", [1], 1.0), Piece(" float.", [], 0.0)],
    )


@pytest.mark.parametrize("code", ["ja", "zh", "ar"])
def test_every_kind_of_script_is_marked_where_it_matches(code) -> None:
    from langret.errors import MissingDependencyError

    language = get_language(code)
    text = language.normalize(language.examples[0])
    try:
        index = BM25Index.build(
            language, [Passage("a", text), Passage("b", language.normalize(language.examples[1]))]
        )
        explained = explain_bm25(index, text, [Passage("a", text)])
    except MissingDependencyError as error:
        pytest.skip(str(error))
    pieces = explained.passages["a"].text
    assert "".join(p.text for p in pieces) == text
    assert sum(len(p.text) for p in pieces if p.weight > 0) > len(text) / 4
