"""Published Korean retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    CatalogueEntry(
        name="korquad",
        role="benchmark",
        hub="KorQuAD/squad_kor_v1",
        format="datasets",
        licence="CC-BY-ND-2.0-KR",
        queries=5_774,
        passages=964,
        url="https://korquad.github.io/KorQuad%201.0/",
        note="Dev split of KorQuAD 1.0, Wikipedia; the publisher's own files are SQuAD JSON. No derivatives.",
        slices=("question:factoid",),
    ),
    CatalogueEntry(
        name="korquad-train",
        role="train",
        hub="KorQuAD/squad_kor_v1",
        format="datasets",
        licence="CC-BY-ND-2.0-KR",
        queries=60_407,
        passages=9_681,
        url="https://korquad.github.io/KorQuad%201.0/",
        note="Six questions a passage, so passages have many positives.",
    ),
    CatalogueEntry(
        name="klue-mrc",
        role="benchmark",
        hub="klue/klue",
        format="datasets",
        licence="CC-BY-SA-4.0",
        queries=5_841,
        url="https://arxiv.org/abs/2105.09680",
        note="Configuration mrc, validation split: Wikipedia and news; some questions have no answer (is_impossible).",
    ),
    CatalogueEntry(
        name="klue-mrc-train",
        role="train",
        hub="klue/klue",
        format="datasets",
        licence="CC-BY-SA-4.0",
        queries=17_554,
        url="https://arxiv.org/abs/2105.09680",
        note="Configuration mrc; leave out the rows with is_impossible.",
    ),
    published.miracl(
        queries=213,
        passages=1_486_752,
        note="Dev split, configuration ko; nDCG@10.",
    ),
    published.miracl_train(
        queries=868,
        passages=1_486_752,
        note="Judgements relevant and not: the latter are hard negatives that people confirmed.",
    ),
    published.mrtydi(
        queries=421,
        passages=1_496_126,
        url=f"{_HUB}/castorini/mr-tydi",
        note="Configuration korean, test split; MRR@100.",
    ),
    CatalogueEntry(
        name="ko-strategyqa",
        role="benchmark",
        hub="taeminlee/Ko-StrategyQA",
        format="beir",
        licence="not stated in MTEB's description",
        queries=592,
        passages=9_251,
        url=f"{_HUB}/taeminlee/Ko-StrategyQA",
        note="Dev split, as in MTEB: questions that need several passages, translated from StrategyQA; nDCG@10.",
    ),
    CatalogueEntry(
        name="autorag",
        role="benchmark",
        hub="yjoonjang/markers_bm",
        format="datasets",
        licence="MIT",
        url="https://arxiv.org/abs/2410.20878",
        note="Test split, as in MTEB (AutoRAGRetrieval), nDCG@10; small: counts not confirmed. "
        "Finance, public sector, medicine, law, commerce.",
        slices=("domain:finance", "domain:law", "domain:medicine"),
    ),
    published.mldr(
        queries=200,
        passages=6_176,
        note="Configuration ko, test split: long articles, questions by a language model; nDCG@10.",
        slices=("domain:long-documents",),
    ),
    published.belebele(
        note="Configuration kor_Hang: the same questions in 122 language variants, so it serves across languages too.",
        slices=("cross-lingual:en",),
    ),
    CatalogueEntry(
        name="ko-triplet",
        role="negatives",
        hub="nlpai-lab/ko-triplet-v1.0",
        format="datasets",
        licence="not confirmed: read its card",
        url=f"{_HUB}/nlpai-lab/ko-triplet-v1.0",
        note="Query, document and mined hard negative a row; KURE v1 was trained on it. Counts not confirmed.",
    ),
)
