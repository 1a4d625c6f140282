"""Published German retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"
_MIRACL = "TREC topics and qrels, with a JSON-lines corpus in miracl/miracl-corpus"

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
    CatalogueEntry(
        name="miracl",
        role="benchmark",
        hub="miracl/miracl",
        format=_MIRACL,
        licence="Apache-2.0 (Wikipedia text: CC-BY-SA)",
        url="https://doi.org/10.1162/tacl_a_00595",
        note="Configuration de, a surprise language: dev and no training questions; counts not confirmed. nDCG@10.",
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
        note="Configuration xquad.de: part of SQuAD's dev split translated by people; the same in 12 languages.",
    ),
    CatalogueEntry(
        name="mlqa",
        role="benchmark",
        hub="facebook/mlqa",
        format="datasets",
        licence="CC-BY-SA-3.0",
        url="https://arxiv.org/abs/1910.07475",
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
    CatalogueEntry(
        name="mmarco",
        role="train",
        hub="unicamp-dl/mmarco",
        format="mmarco",
        licence="Apache-2.0 (translations); MS MARCO's own terms for the text: non-commercial research",
        passages=8_841_823,
        url="https://arxiv.org/abs/2108.13897",
        note="Configuration german: MS MARCO translated by Google Translate. Passages as in MS MARCO.",
    ),
)
