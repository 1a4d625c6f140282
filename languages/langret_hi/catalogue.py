"""Published Hindi retrieval data: facts to cite, each from the publisher's card or from a paper."""

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
        queries=350,
        passages=506_264,
        url="https://doi.org/10.1162/tacl_a_00595",
        note="Dev split, configuration hi; nDCG@10. Questions written by native speakers.",
    ),
    CatalogueEntry(
        name="miracl-train",
        role="train",
        hub="miracl/miracl",
        format=_TREC,
        licence="Apache-2.0 (Wikipedia text: CC-BY-SA)",
        queries=1_169,
        passages=506_264,
        url="https://doi.org/10.1162/tacl_a_00595",
        note="Judgements name passages that are not relevant too: hard negatives judged by people.",
    ),
    CatalogueEntry(
        name="mmarco",
        role="train",
        hub="unicamp-dl/mmarco",
        format="mmarco",
        licence="Apache-2.0 (translations); MS MARCO's own terms for the text: non-commercial research",
        passages=8_841_823,
        url="https://arxiv.org/abs/2108.13897",
        note="Configuration hindi: MS MARCO translated by machine. Passages as in MS MARCO.",
    ),
    CatalogueEntry(
        name="indic-marco",
        role="train",
        hub="saifulhaq9/indicmarco",
        format="query.train.tsv and collection.tsv for each of eleven Indian languages",
        licence="MIT, by its card; MS MARCO's own terms for the text",
        url="https://arxiv.org/abs/2312.09508",
        note="Folder hin_Deva: MS MARCO translated by machine for IndicIRSuite. Counts not confirmed.",
    ),
    CatalogueEntry(
        name="swim-ir",
        role="train",
        hub="nthakur/swim-ir-monolingual",
        format="datasets",
        licence="CC-BY-SA-4.0",
        url="https://arxiv.org/abs/2311.05800",
        note="Configuration hi: questions that a language model wrote to Wikipedia passages. Counts not confirmed.",
    ),
    CatalogueEntry(
        name="mlqa",
        role="benchmark",
        hub="facebook/mlqa",
        format="datasets",
        licence="CC-BY-SA-3.0",
        queries=4_918,
        url="https://arxiv.org/abs/1910.07475",
        note="Configuration mlqa.hi.hi, test split; 507 questions in its validation split. Wikipedia.",
    ),
    CatalogueEntry(
        name="mlqa-en",
        role="benchmark",
        hub="facebook/mlqa",
        format="datasets",
        licence="CC-BY-SA-3.0",
        url="https://arxiv.org/abs/1910.07475",
        note="Configuration mlqa.hi.en: Hindi passages, English questions. Same passages as mlqa.",
        slices=("cross-lingual:en",),
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
        note="Configuration xquad.hi: SQuAD passages translated by people. Too few passages to tell good models apart.",
    ),
    CatalogueEntry(
        name="hindi-beir-news",
        role="benchmark",
        hub="AIhnIndicRag/Hindi_cc_news",
        format="BEIR: corpus, queries and qrels as JSON lines",
        licence="cc, by its card",
        url="https://huggingface.co/collections/ArkaAcharya/datasets-667004c0dc348adcabc629be",
        note="News part of Hindi-BEIR; the collection has its translated parts too (FiQA, NQ, SciFact and more).",
        slices=("domain:news",),
    ),
)
