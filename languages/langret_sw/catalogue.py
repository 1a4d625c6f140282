"""Published Swahili retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    published.miracl(
        queries=482,
        passages=131_924,
        note="Dev split, configuration sw; nDCG@10. The Swahili Wikipedia is small: the index fits a laptop.",
    ),
    published.miracl_train(
        queries=1_901,
        passages=131_924,
        note="Judgements are both relevant and not: the latter serve as hard negatives.",
    ),
    published.mrtydi(
        queries=670,
        passages=136_689,
        note="Configuration swahili, test split. Shares TyDi QA's questions with MIRACL: train on one only.",
    ),
    published.mrtydi_negatives(
        queries=2_072,
        passages=136_689,
        note="Configuration swahili, train split. Negatives: BM25's first hits, false ones among them.",
    ),
    published.tydiqa(
        queries=2_755,
        note="Configuration secondary_task, rows whose id begins with swahili; 499 more in its validation split.",
        slices=("question:factoid",),
    ),
    CatalogueEntry(
        name="kenswquad",
        role="train",
        hub="",
        format="the publisher's own tables of question, answer and story text",
        licence="stated by the publisher with the download; check it there",
        queries=7_526,
        passages=1_445,
        url="https://doi.org/10.1145/3578553",
        note="Questions about school stories and news of the Kencorpus project, written by people in Kenya.",
    ),
    published.nomiracl(
        note="Configuration swahili. Shows whether a system can tell that nothing answers; no corpus to search.",
    ),
    CatalogueEntry(
        name="ciral",
        role="benchmark",
        hub="CIRAL/ciral",
        format="TSV topics and TREC qrels under ciral-swahili, with the corpus in CIRAL/ciral-corpus",
        licence="Apache-2.0",
        url=f"{_HUB}/CIRAL/ciral",
        note="English questions, Swahili news passages; a dev and two test sets. Counts not confirmed.",
        slices=("cross-lingual:en", "domain:news"),
    ),
    CatalogueEntry(
        name="afriqa",
        role="benchmark",
        hub="masakhane/afriqa",
        format="JSON lines of question, its English translation and answers",
        licence="CC-BY-SA-4.0 by its card, CC-BY-4.0 by its repository",
        url="https://arxiv.org/abs/2305.06897",
        note="Swahili questions, English passages (masakhane/afriqa-gold-passages). Counts not confirmed.",
        slices=("cross-lingual:en",),
    ),
    published.belebele(
        format="multiple-choice rows: flores_passage, question, four answers; search the passages by the question",
        note="Configuration swh_Latn. Small and easy as retrieval; the same questions exist in 122 variants.",
    ),
)
