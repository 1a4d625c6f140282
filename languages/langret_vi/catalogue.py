"""Published Vietnamese retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"
_VIQUAD = "https://aclanthology.org/2020.coling-main.233"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="viquad",
        role="benchmark",
        hub="taidng/UIT-ViQuAD2.0",
        format="datasets",
        licence="MIT by MTEB's description (text: Wikipedia, CC-BY-SA)",
        url=_VIQUAD,
        note=(
            "Validation split; version 2 adds questions without an answer, to be left out: counts depend on it. MTEB's "
            "VieQuADRetrieval takes 2,048 of its questions and searches answers as well as passages."
        ),
        slices=("question:factoid",),
    ),
    CatalogueEntry(
        name="viquad-train",
        role="train",
        hub="taidng/UIT-ViQuAD2.0",
        format="datasets",
        licence="MIT by MTEB's description (text: Wikipedia, CC-BY-SA)",
        url=_VIQUAD,
        note=(
            "Version 1 had 23,074 questions on 5,109 passages of 174 articles in all its splits; version 2 adds "
            "questions without an answer, to be left out."
        ),
    ),
    CatalogueEntry(
        name="zalo-legal",
        role="benchmark",
        hub="GreenNode/zalo-ai-legal-text-retrieval-vn",
        format="datasets",
        licence="MIT",
        url="https://challenge.zalo.ai",
        note="Test split, as in MTEB (ZacLegalTextRetrieval), nDCG@10: articles of law. Counts not confirmed.",
        slices=("domain:law",),
    ),
    CatalogueEntry(
        name="greennode-tables",
        role="benchmark",
        hub="GreenNode/GreenNode-Table-Markdown-Retrieval-VN",
        format="datasets",
        licence="MIT",
        url=f"{_HUB}/GreenNode/GreenNode-Table-Markdown-Retrieval-VN",
        note="Test split, as in MTEB, nDCG@10: tables in Markdown. Counts not confirmed.",
        slices=("domain:finance",),
    ),
    CatalogueEntry(
        name="vn-mteb",
        role="benchmark",
        hub="",
        format="beir",
        licence="that of each set of BEIR that was translated",
        url="https://github.com/embeddings-benchmark/mteb/tree/main/mteb/tasks",
        note="BEIR translated by machine (NFCorpusVN, SciFactVN, FiQA2018VN, MSMARCOVN …), one task each in MTEB.",
    ),
    published.xquad(
        note="Configuration xquad.vi: SQuAD's questions and passages, translated by people.",
        slices=("cross-lingual:en",),
    ),
    published.mlqa(
        queries=5_495,
        note="Configuration mlqa.vi.vi, test split; the dev split has 511. mlqa.vi.en asks in the other language.",
        slices=("cross-lingual:en",),
    ),
    published.belebele(
        note="Configuration vie_Latn: the same questions in 122 language variants, so it serves across languages too.",
        slices=("cross-lingual:en",),
    ),
    published.mmarco(
        note="Configuration vietnamese: MS MARCO translated by Google Translate. Passages as in MS MARCO.",
    ),
)
