"""Published Finnish retrieval data: facts to cite. Counts are given only where we are sure of them."""

from __future__ import annotations

from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"
_TREC = "TREC topics and qrels, with a JSON-lines corpus in miracl/miracl-corpus"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="miracl",
        role="benchmark",
        hub="miracl/miracl",
        format=_TREC,
        licence="Apache-2.0 (Wikipedia text: CC-BY-SA)",
        queries=1_271,
        passages=1_883_509,
        url="https://doi.org/10.1162/tacl_a_00595",
        note="Dev split, configuration fi; nDCG@10. Questions come from TyDi QA.",
        slices=("question:factoid",),
    ),
    CatalogueEntry(
        name="miracl-train",
        role="train",
        hub="miracl/miracl",
        format=_TREC,
        licence="Apache-2.0 (Wikipedia text: CC-BY-SA)",
        queries=2_897,
        passages=1_883_509,
        url="https://doi.org/10.1162/tacl_a_00595",
        note="Judgements by native speakers, relevant and not: the latter are negatives that people checked.",
    ),
    CatalogueEntry(
        name="nomiracl",
        role="benchmark",
        hub="miracl/nomiracl",
        format="JSON lines of a query and about ten passages, in the subsets relevant and non_relevant",
        licence="Apache-2.0 (Wikipedia text: CC-BY-SA)",
        url="https://arxiv.org/abs/2312.11361",
        note="Which passage of `relevant` is the relevant one is not recorded. Counts not confirmed.",
    ),
    CatalogueEntry(
        name="mrtydi",
        role="benchmark",
        hub="castorini/mr-tydi",
        format="JSON lines of query and positive passages; the corpus is castorini/mr-tydi-corpus",
        licence="Apache-2.0",
        url=f"{_HUB}/castorini/mr-tydi",
        note="Configuration finnish; counts not confirmed. Overlaps with MIRACL: never train on one and test on"
        " the other without a leak check.",
    ),
    CatalogueEntry(
        name="tydiqa",
        role="train",
        hub="google-research-datasets/tydiqa",
        format="datasets",
        licence="Apache-2.0",
        url="https://github.com/google-research-datasets/tydiqa",
        note="Rows of all languages together, the gold passage task in SQuAD's columns; keep those whose id begins"
        " with finnish. Counts not confirmed.",
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
        note="Configuration fin_Latn: reading comprehension; question to passage makes an easy retrieval task. The"
        " same 488 passages in 122 language variants, so that it shows cross-lingual search too.",
        slices=("cross-lingual:en",),
    ),
    CatalogueEntry(
        name="mkqa",
        role="benchmark",
        hub="apple/mkqa",
        format="JSON lines of questions and answers in 26 languages, without passages",
        licence="CC-BY-SA-3.0",
        queries=10_000,
        url="https://arxiv.org/abs/2007.15207",
        note="English Natural Questions translated by people: Finnish questions against English passages.",
        slices=("cross-lingual:en",),
    ),
)
