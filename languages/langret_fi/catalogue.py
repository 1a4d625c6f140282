"""Published Finnish retrieval data: facts to cite. Counts are given only where we are sure of them."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    published.miracl(
        queries=1_271,
        passages=1_883_509,
        note="Dev split, configuration fi; nDCG@10. Questions come from TyDi QA.",
        slices=("question:factoid",),
    ),
    published.miracl_train(
        queries=2_897,
        passages=1_883_509,
        note="Judgements by native speakers, relevant and not: the latter are negatives that people checked.",
    ),
    published.nomiracl(
        format="JSON lines of a query and about ten passages, in the subsets relevant and non_relevant",
        licence="Apache-2.0 (Wikipedia text: CC-BY-SA)",
        url="https://arxiv.org/abs/2312.11361",
        note="Which passage of `relevant` is the relevant one is not recorded. Counts not confirmed.",
    ),
    published.mrtydi(
        url=f"{_HUB}/castorini/mr-tydi",
        note="Configuration finnish; counts not confirmed. Overlaps with MIRACL: never train on one and test on"
        " the other without a leak check.",
    ),
    published.tydiqa(
        name="tydiqa",
        url="https://github.com/google-research-datasets/tydiqa",
        note="Rows of all languages together, the gold passage task in SQuAD's columns; keep those whose id begins"
        " with finnish. Counts not confirmed.",
    ),
    published.belebele(
        note="Configuration fin_Latn: reading comprehension; question to passage makes an easy retrieval task. The"
        " same 488 passages in 122 language variants, so that it shows cross-lingual search too.",
        slices=("cross-lingual:en",),
    ),
    published.mkqa(
        note="English Natural Questions translated by people: Finnish questions against English passages.",
    ),
)
