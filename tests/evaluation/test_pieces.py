"""Highlighting with PyLate's real ColBERT class over a tiny random encoder."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from langret.evaluation.spans import highlight, locate, pieces

WORDS = ["the", "river", "freeze", "##s", "in", "winter", ".", ",", "old"]


@pytest.fixture(scope="module")
def retriever(tmp_path_factory):
    from pylate.models import ColBERT
    from sentence_transformers.models import Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("encoder")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    BertModel(config).save_pretrained(folder)
    model = ColBERT(
        modules=[Transformer(str(folder), max_seq_length=32)],
        embedding_size=8,
        query_length=8,
        document_length=32,
        skiplist_words=[".", ","],
        device="cpu",
    )

    def encode(texts, kind, **_):
        return model.encode(
            list(texts), is_query=kind == "query", show_progress_bar=False, convert_to_numpy=True
        )

    return SimpleNamespace(head="colbert", model=model, encode=encode, language=None)


@pytest.mark.parametrize("text", ["The old river freezes, in winter.", "river 東京 winter", ".", "the " * 60])
def test_one_piece_a_vector(retriever, text):
    assert len(pieces(retriever, text, "passage")) == len(np.asarray(retriever.encode([text], "passage")[0]))


@pytest.mark.parametrize("expansion", [True, False])
def test_one_piece_a_vector_of_a_query(retriever, monkeypatch, expansion):
    monkeypatch.setattr(retriever.model, "do_query_expansion", expansion)
    text = "Old river, winter."
    found = pieces(retriever, text, "query")
    assert len(found) == len(np.asarray(retriever.encode([text], "query")[0]))
    assert [p for p in found if p] == ["old", "river", ",", "winter", "."], "nothing of a query is skipped"


def test_pieces_are_words_without_marks(retriever):
    text = "The old river freezes, in winter."
    found = pieces(retriever, text, "passage")
    assert [p for p in found if p] == ["the", "old", "river", "freeze", "s", "in", "winter"]
    assert [text[a:b] for a, b in filter(None, locate(found, text))] == [
        "The", "old", "river", "freeze", "s", "in", "winter",
    ]  # fmt: skip


def test_spans_lie_in_the_text(retriever):
    text = "The old river freezes, in winter."
    spans = highlight(retriever, "old river", text)
    assert spans and max(s.weight for s in spans) == 1.0
    assert all(0 <= s.start < s.end <= len(text) and 0 < s.weight <= 1 for s in spans)
