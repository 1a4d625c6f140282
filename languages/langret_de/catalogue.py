"""Published German retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="germanquad",
        role="benchmark",
        hub="deepset/germanquad",
        format="datasets",
        licence="CC-BY-4.0",
        queries=2_204,
        passages=474,
        url="https://arxiv.org/abs/2104.12741",
        note=(
            "Test split; Wikipedia, questions written to stand alone. With 474 passages alone it is easy: search "
            "the passages of the training split too, and say so."
        ),
    ),
    CatalogueEntry(
        name="germanquad-train",
        role="train",
        hub="deepset/germanquad",
        format="datasets",
        licence="CC-BY-4.0",
        queries=11_518,
        passages=2_540,
        url="https://arxiv.org/abs/2104.12741",
        note="Several questions a passage, so passages have many positives.",
    ),
    CatalogueEntry(
        name="germandpr",
        role="negatives",
        hub="deepset/germandpr",
        format="JSON list as of DPR: question, positive_ctxs, hard_negative_ctxs",
        licence="CC-BY-4.0",
        queries=9_275,
        url=f"{_HUB}/deepset/germandpr",
        note="Training split (test: 1,025): one positive and three hard negatives from Wikipedia a question.",
    ),
    published.miracl(
        note="Configuration de, a surprise language: dev and no training questions; counts not confirmed. nDCG@10.",
    ),
    published.xquad(
        note="Configuration xquad.de: part of SQuAD's dev split translated by people; the same in 12 languages.",
    ),
    published.mlqa(
        note="Configuration mlqa.de.en and the like ask in one language about text of another; counts not confirmed.",
        slices=("cross-lingual:en",),
    ),
    CatalogueEntry(
        name="gerdalir",
        role="benchmark",
        hub="mteb/GerDaLIR",
        format="datasets",
        licence="not stated on the hub; see the publisher's repository",
        url="https://github.com/lavis-nlp/GerDaLIR",
        note="Passages of court decisions that cite another decision; counts differ between versions on the hub.",
        slices=("domain:legal",),
    ),
    CatalogueEntry(
        name="webfaq",
        role="train",
        hub="PaDaS-Lab/webfaq-retrieval",
        format="datasets",
        licence="see the card; texts belong to the web sites they come from",
        url=f"{_HUB}/PaDaS-Lab/webfaq-retrieval",
        note="Configurations deu-corpus, deu-queries and deu-qrels: questions and answers of web sites. Test: 10,000.",
        slices=("question:faq",),
    ),
    published.mmarco(
        note="Configuration german: MS MARCO translated by Google Translate. Passages as in MS MARCO.",
    ),
)
