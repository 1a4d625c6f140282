"""Published Vietnamese retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

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
    CatalogueEntry(
        name="xquad",
        role="benchmark",
        hub="google/xquad",
        format="datasets",
        licence="CC-BY-SA-4.0",
        queries=1_190,
        passages=240,
        url="https://arxiv.org/abs/1910.11856",
        note="Configuration xquad.vi: SQuAD's questions and passages, translated by people.",
        slices=("cross-lingual:en",),
    ),
    CatalogueEntry(
        name="mlqa",
        role="benchmark",
        hub="facebook/mlqa",
        format="datasets",
        licence="CC-BY-SA-3.0",
        queries=5_495,
        url="https://arxiv.org/abs/1910.07475",
        note="Configuration mlqa.vi.vi, test split; the dev split has 511. mlqa.vi.en asks in the other language.",
        slices=("cross-lingual:en",),
    ),
    CatalogueEntry(
        name="belebele",
        role="benchmark",
        hub="facebook/belebele",
        format="datasets",
        licence="CC-BY-SA-4.0",
        queries=900,
        passages=488,
        url="https://arxiv.org/abs/2308.16884",
        note="Configuration vie_Latn: the same questions in 122 language variants, so it serves across languages too.",
        slices=("cross-lingual:en",),
    ),
    CatalogueEntry(
        name="mmarco",
        role="train",
        hub="unicamp-dl/mmarco",
        format="mmarco",
        licence="Apache-2.0 (translations); MS MARCO's own terms for the text: non-commercial research",
        passages=8_841_823,
        url="https://arxiv.org/abs/2108.13897",
        note="Configuration vietnamese: MS MARCO translated by Google Translate. Passages as in MS MARCO.",
    ),
)
