"""Published Chinese retrieval data: facts to cite, each from the publisher's card, code or paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"
_MSMARCO = "Apache-2.0 (translations); MS MARCO's own terms for the text: non-commercial research"
_UNSTATED = "not stated in mteb's metadata; ask the publisher"


def _mteb(
    name: str, hub: str, counts: tuple[int, int], licence: str, note: str, url: str, *slices: str
) -> CatalogueEntry:
    """A retrieval task of C-MTEB, in the three tables (corpus, queries, judgements) that mteb reads."""
    return CatalogueEntry(
        name=name,
        role="benchmark",
        hub=f"mteb/{hub}",
        format="mteb's tables corpus, queries and default (judgements) of one repository",
        licence=licence,
        queries=counts[0],
        passages=counts[1],
        url=url,
        note=note,
        slices=slices,
    )


_CPR = "https://arxiv.org/abs/2203.03367"
_DRCD = "https://arxiv.org/abs/1806.00920"

TRADITIONAL: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="drcd",
        role="train",
        hub="voidful/DRCD",
        format="datasets",
        licence="CC-BY-3.0 by the hub's card (Wikipedia text: CC-BY-SA)",
        passages=10_014,
        url=_DRCD,
        note=(
            "Reading comprehension over 2,108 articles of Wikipedia; more than 30,000 questions in all splits, "
            "their exact number not confirmed. Search the paragraphs for the question's own."
        ),
        slices=("script:Hant",),
    ),
    published.miracl(
        name="miracl-hant",
        queries=393,
        passages=4_934_368,
        note="Configuration zh, dev split; nDCG@10. Its Wikipedia mixes both scripts, as its editors wrote.",
    ),
)

CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="cmrc2018",
        role="benchmark",
        hub="",
        format="squad",
        licence="CC-BY-SA-4.0",
        queries=3_219,
        passages=848,
        url="https://github.com/ymcui/cmrc2018",
        note=(
            "Dev split, counted here; trial has 1,002 questions on 256 passages. Questions repeat the words of "
            "their passage: BM25 finds 98 of 100 first, so it shows regressions, not gains."
        ),
    ),
    published.built(
        code="zh",
        name="cmrc2018-hn",
        licence="CC-BY-SA-4.0",
        queries=3_217,
        passages=847,
        url="https://github.com/ymcui/cmrc2018",
    ),
    published.miracl(
        queries=393,
        passages=4_934_368,
        note="Dev split, configuration zh; nDCG@10. Both scripts, as Wikipedia.",
    ),
    published.miracl_train(
        queries=1_312,
        passages=4_934_368,
        note="Train split, configuration zh; judgements relevant and not.",
    ),
    published.mmarco(
        note="Configuration chinese: MS MARCO in machine translation. Passages as in MS MARCO.",
    ),
    CatalogueEntry(
        name="t2ranking",
        role="train",
        hub="THUIR/T2Ranking",
        format="tab-separated collection, queries and graded judgements",
        licence="Apache-2.0",
        url="https://arxiv.org/abs/2304.03679",
        note=(
            "Web search queries with passages judged by people in four grades: more than 300,000 queries and "
            "2,000,000 passages by the paper. The benchmark t2retrieval is its dev split."
        ),
    ),
    CatalogueEntry(
        name="t2ranking-negatives",
        role="negatives",
        hub="THUIR/T2Ranking",
        format="tab-separated data/train.mined.tsv and data/train.bm25.tsv beside the set itself",
        licence="Apache-2.0",
        url=f"{_HUB}/THUIR/T2Ranking",
        note="Candidates of BM25 and of a dense model for the training queries; counts not confirmed.",
    ),
    CatalogueEntry(
        name="cmteb-negatives",
        role="negatives",
        hub="BeastyZ/cmteb_retrieval",
        format="datasets",
        licence="Apache-2.0 by its card; the terms of each source apply",
        url=f"{_HUB}/BeastyZ/cmteb_retrieval",
        note=(
            "Columns query, positive, negative; configurations cmedqa2 (100,000 rows), dureader (86,395), "
            "mmarco_merged (388,596), multi-cpr-ecom, -medical, -video and t2ranking. How the negatives were mined "
            "is not stated."
        ),
    ),
    _mteb(
        "t2retrieval",
        "T2Retrieval",
        (22_812, 118_605),
        "Apache-2.0",
        "Dev split of T2Ranking with a reduced corpus; nDCG@10.",
        "https://arxiv.org/abs/2304.03679",
    ),
    _mteb(
        "duretrieval",
        "DuRetrieval",
        (2_000, 100_001),
        _UNSTATED,
        "Dev split of DuReader-retrieval (Baidu queries) with a reduced corpus; nDCG@10.",
        "https://arxiv.org/abs/2203.10232",
    ),
    _mteb(
        "mmarco-retrieval",
        "MMarcoRetrieval",
        (6_980, 106_813),
        _MSMARCO,
        "MS MARCO's dev split in Chinese with a reduced corpus; nDCG@10.",
        "https://arxiv.org/abs/2309.07597",
    ),
    _mteb(
        "covid-retrieval",
        "CovidRetrieval",
        (949, 100_001),
        _UNSTATED,
        "Questions on COVID-19 to news articles, some very long; nDCG@10.",
        "https://arxiv.org/abs/2309.07597",
        "domain:news",
    ),
    _mteb(
        "cmedqa-retrieval",
        "CmedqaRetrieval",
        (3_999, 100_001),
        _UNSTATED,
        "Patients' questions to doctors' replies, from cMedQA2; nDCG@10.",
        "https://arxiv.org/abs/2309.07597",
        "domain:medicine",
    ),
    _mteb(
        "medical-retrieval",
        "MedicalRetrieval",
        (1_000, 100_999),
        _UNSTATED,
        "Medical questions to users' replies, from Multi-CPR; nDCG@10.",
        _CPR,
        "domain:medicine",
    ),
    _mteb(
        "ecom-retrieval",
        "EcomRetrieval",
        (1_000, 100_902),
        _UNSTATED,
        "Shop queries to product titles, from Multi-CPR; nDCG@10. One right product a query.",
        _CPR,
        "domain:commerce",
    ),
    _mteb(
        "video-retrieval",
        "VideoRetrieval",
        (1_000, 100_930),
        _UNSTATED,
        "Queries to video titles, from Multi-CPR; nDCG@10.",
        _CPR,
        "domain:video",
    ),
    CatalogueEntry(
        name="lecardv2",
        role="benchmark",
        hub="mteb/LeCaRDv2",
        format="mteb's tables corpus, queries and default (judgements) of one repository",
        licence="MIT",
        queries=159,
        passages=3_795,
        url="https://github.com/THUIR/LeCaRDv2",
        note=(
            "Case to similar case, documents of 7,000 characters on average. mteb's documentation of BM25 gives "
            "nDCG@10 .641 with jieba, .567 with characters."
        ),
        slices=("domain:law",),
    ),
)
"""Chinese at large; ``TRADITIONAL`` has what is in traditional characters."""
