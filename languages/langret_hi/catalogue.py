"""Published Hindi retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

CATALOGUE: tuple[CatalogueEntry, ...] = (
    published.miracl(
        queries=350,
        passages=506_264,
        note="Dev split, configuration hi; nDCG@10. Questions written by native speakers.",
    ),
    published.miracl_train(
        queries=1_169,
        passages=506_264,
        note="Judgements name passages that are not relevant too: hard negatives judged by people.",
    ),
    published.mmarco(
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
    published.swim_ir(
        note="Configuration hi: questions that a language model wrote to Wikipedia passages. Counts not confirmed.",
    ),
    published.mlqa(
        queries=4_918,
        note="Configuration mlqa.hi.hi, test split; 507 questions in its validation split. Wikipedia.",
    ),
    published.mlqa(
        name="mlqa-en",
        note="Configuration mlqa.hi.en: Hindi passages, English questions. Same passages as mlqa.",
        slices=("cross-lingual:en",),
    ),
    published.xquad(
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
