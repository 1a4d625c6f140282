"""Published Indonesian retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="idk-mrc",
        role="benchmark",
        hub="rifkiaputri/idk-mrc",
        format="squad",
        licence="CC-BY-SA-4.0",
        queries=382,
        passages=358,
        url="https://aclanthology.org/2022.emnlp-main.465/",
        note="Answerable questions of the valid split (764 with the others, which the reader sets aside). Wikipedia.",
        slices=("question:factoid",),
    ),
    CatalogueEntry(
        name="idk-mrc-train",
        role="train",
        hub="rifkiaputri/idk-mrc",
        format="squad",
        licence="CC-BY-SA-4.0",
        queries=5_042,
        passages=3_659,
        url="https://aclanthology.org/2022.emnlp-main.465/",
        note="Counts are of the answerable questions (9,332 with the unanswerable). Its base is TyDi QA.",
        slices=("question:factoid",),
    ),
    published.built(
        code="id",
        name="idk-mrc-hn",
        licence="CC-BY-SA-4.0",
        queries=5_042,
        passages=3_657,
        url="https://aclanthology.org/2022.emnlp-main.465/",
    ),
    published.miracl(
        queries=960,
        passages=1_446_315,
        note="Dev split, configuration id; nDCG@10.",
    ),
    published.miracl_train(
        queries=4_071,
        passages=1_446_315,
        note="Judgements are both relevant and not: the latter serve as hard negatives.",
    ),
    published.mrtydi(
        queries=829,
        passages=1_469_399,
        note="Configuration indonesian, test split. IDK-MRC, MIRACL and this set share TyDi QA's questions.",
    ),
    published.mrtydi_negatives(
        queries=4_902,
        passages=1_469_399,
        note="Configuration indonesian, train split. Negatives: BM25's first hits, false ones among them.",
    ),
    published.nomiracl(
        note="Configuration indonesian. Shows whether a system can tell that nothing answers; no corpus to search.",
    ),
    published.mmarco(
        note="Configuration indonesian: MS MARCO translated by machine. Passages as in MS MARCO.",
    ),
    published.swim_ir(
        note="Configuration id: questions written by a language model about Wikipedia passages; counts on its card.",
    ),
    published.belebele(
        format="multiple-choice rows: flores_passage, question, four answers; search the passages by the question",
        note="Configuration ind_Latn. Small and easy as retrieval; the same questions exist in 122 variants.",
    ),
)
